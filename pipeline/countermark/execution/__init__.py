"""Many documents: guarded worker processes, results in order."""
