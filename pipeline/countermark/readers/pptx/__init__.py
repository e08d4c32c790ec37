"""Slides: PowerPoint files (.pptx, .pptm, .potx, .potm, .ppsx, .ppsm)."""
