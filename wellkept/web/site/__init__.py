"""Public pages: welcome, policy, clauses and their evidence."""
