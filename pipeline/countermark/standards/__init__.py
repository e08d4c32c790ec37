"""What is known of marking: the standards, the Agreement, nations and vocabulary, loaded and validated."""
