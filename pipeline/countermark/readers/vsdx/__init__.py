"""Drawings: Visio files (.vsdx, .vsdm, .vstx, .vstm)."""
