"""Pages, one door for each audience, on one shell.

Serves U-29, R-12.
"""
