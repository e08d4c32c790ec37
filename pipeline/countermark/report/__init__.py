"""A report to text, JSON and other forms; renders, computes nothing."""
