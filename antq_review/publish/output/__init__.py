"""Jobs that make a set of results and put it in its folder: review, check, comparison."""
