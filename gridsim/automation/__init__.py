"""What machines do for people: storage, charging, hot water, thermostats."""
