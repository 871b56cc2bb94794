"""Advice: candidate steps, each tried on a copy of the evidence and ranked by its effect."""
