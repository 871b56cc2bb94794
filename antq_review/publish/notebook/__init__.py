"""The notebooks: run with papermill, turned into HTML with nbconvert; and the functions that their cells call."""
