"""Sheets: Excel files (.xlsx, .xlsm, .xltx, .xltm)."""
