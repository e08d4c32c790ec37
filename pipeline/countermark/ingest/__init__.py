"""Bytes to a Document: PDF, Word, metadata labels; each in a guarded worker."""
