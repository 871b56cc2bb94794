"""The evidence of one school within a period: the rows that count, and the forms that are declared complete."""
