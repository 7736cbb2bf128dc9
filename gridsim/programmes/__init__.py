"""What the utility calls: appeals in words, and what it tells machines to do."""
