"""HTML: what a page shows, and what it carries unseen."""
