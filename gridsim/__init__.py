"""gridsim."""
