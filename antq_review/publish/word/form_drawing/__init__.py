"""Form drawing."""
