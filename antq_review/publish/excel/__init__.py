"""Workbooks that the tool writes: sheets with a style, the annex, the marked copies, the list of problems."""
