"""What runs found, kept in one file (SQLite): results, runs and the register of checks. No document text."""
