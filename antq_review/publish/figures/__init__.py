"""The figures of the report and of the comparison, drawn by matplotlib."""
