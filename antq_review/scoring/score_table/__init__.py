"""Score table."""
