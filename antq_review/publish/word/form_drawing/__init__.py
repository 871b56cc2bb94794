"""Draws the shipped Word forms from their text; used by tools/draw_templates.py alone."""
