"""Document, markings and policy to findings."""
