"""Persons and households; how two files become one person, and how that is undone.

Serves U-10, R-17.
"""
