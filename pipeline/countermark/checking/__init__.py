"""One document's way from bytes to its report, and what documents of one run say of each other."""
