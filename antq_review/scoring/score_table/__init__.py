"""A school’s own score table: its rows read, checked and turned into a rulebook."""
