"""The file, decoded, resolved and frozen: the only place that knows all parts."""
