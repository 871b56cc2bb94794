"""Annex."""
