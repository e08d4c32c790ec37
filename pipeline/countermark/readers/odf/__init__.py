"""OpenDocument (ODF 1.3): texts, spreadsheets, presentations, drawings."""
