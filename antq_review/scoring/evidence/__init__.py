"""The evidence of one school seen through a period: which rows count, which forms are declared complete."""
