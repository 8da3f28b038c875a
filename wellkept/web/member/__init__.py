"""What a member sees of their own benefits and record."""
