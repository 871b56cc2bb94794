"""Measurements → findings: criteria of a text, goals of the plan, deductions, the school’s own scores beside them."""
