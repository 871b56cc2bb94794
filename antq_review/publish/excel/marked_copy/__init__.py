"""Marked copy."""
