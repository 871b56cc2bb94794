"""The row models: one class per table, one field per column."""
