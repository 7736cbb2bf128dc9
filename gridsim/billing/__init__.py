"""Bills: what metered energy costs under a contract, line by line."""
