"""Who lives here and what they own, and what their days look like."""
