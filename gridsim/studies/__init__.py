"""Comparing arms: paired effects with intervals."""
