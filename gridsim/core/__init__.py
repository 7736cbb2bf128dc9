"""The ground floor: arrays, clock, chance, kernels and errors, known to every room."""
