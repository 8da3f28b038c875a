"""The privacy officer's work."""
