"""Arrays in, numbers out: what is measured of a load, a bill or an effect."""
