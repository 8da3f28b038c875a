"""Deadlines in business days and in the law's days.

Serves U-33, R-01, R-15.
"""
