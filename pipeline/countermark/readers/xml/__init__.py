"""XML of no format that is known."""
