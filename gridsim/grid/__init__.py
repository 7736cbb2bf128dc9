"""Wires as pure functions."""
