"""Copies of documents with a note at each finding; the originals stay untouched."""
