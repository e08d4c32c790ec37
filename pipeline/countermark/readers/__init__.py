"""Bytes to a Document: one package a format."""
