"""The evidence register: each piece of evidence with its code and the criteria that rest on it."""
