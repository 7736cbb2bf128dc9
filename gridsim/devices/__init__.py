"""Physics: what a request, the weather and its own state make a device do; never a price."""
