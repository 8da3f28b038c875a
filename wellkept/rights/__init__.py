"""Privacy requests and the clock each runs on.

Serves U-33, U-34, R-01, R-02.
"""
