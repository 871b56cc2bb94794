"""The numeric tables PL1–PL10: every count with its cells."""
