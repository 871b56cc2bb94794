"""What helps most: candidate steps, each tried on a copy of the evidence, ranked by effect."""
