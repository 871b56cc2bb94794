"""The parts of a review beside criteria and plan: overview, deadlines, progress, consistency, warnings, written parts."""
