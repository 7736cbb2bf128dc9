"""What a run leaves behind: arrays with their axes, and where they came from."""
