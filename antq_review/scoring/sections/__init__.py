"""The parts of a review beside criteria and plan: overview, deadlines, progress, warnings, what a final version still lacks."""
