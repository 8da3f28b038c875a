"""Customer service: find the caller, answer, record."""
