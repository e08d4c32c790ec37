"""Configuration, path settings, baseline and rule packs to one validated Policy."""
