"""The evidence register: each row of evidence with its code and the criteria it serves."""
