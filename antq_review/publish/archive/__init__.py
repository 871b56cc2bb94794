"""The archive of a school year: a BagIt bag, written and verified."""
