"""What an agent sees of the groups appointed to it."""
