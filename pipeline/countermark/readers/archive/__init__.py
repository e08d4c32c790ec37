"""Archives: every file in them is a document of its own. Read in memory; a name is never used as a path."""
