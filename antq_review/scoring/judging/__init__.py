"""From measurements to findings: criteria of a text, goals of the plan, deductions, and the school’s own scores."""
