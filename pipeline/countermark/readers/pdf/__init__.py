"""PDF (ISO 32000-1): text and geometry through PDFium, structure through pypdf."""
