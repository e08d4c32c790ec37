"""Flowing text: documents whose pages nobody has laid out yet. A section's page kinds are its pages."""
