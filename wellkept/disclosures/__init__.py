"""What left the house: to whom, under what, for what.

Serves U-18, P-06, P-08, R-03.
"""
