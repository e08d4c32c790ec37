"""Reports to text, HTML, JSON and other formats; renders, computes nothing."""
