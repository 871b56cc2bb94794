"""The numeric tables PL1–PL10: every line declared once, every count with its cells."""
