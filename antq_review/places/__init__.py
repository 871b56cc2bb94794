"""Where results lie, and how they get there: the layout of the output folder, its lock, the mover, what a killed run leaves."""
