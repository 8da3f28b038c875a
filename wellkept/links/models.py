"""Links, their reviews and their re-checks."""
