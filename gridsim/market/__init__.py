"""How neighbours trade: markets as pure functions."""
