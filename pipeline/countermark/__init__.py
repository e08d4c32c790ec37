"""Countermark: checks the classification markings of documents that the United Kingdom and Japan exchange."""

__version__ = "0.1.0"
