"""The notebooks: run by papermill, turned into HTML by nbconvert; the functions that their cells call."""
