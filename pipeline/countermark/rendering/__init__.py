"""Pictures of pages, with what was read of them drawn over."""
