"""Layout check."""
