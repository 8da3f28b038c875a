"""What a member sees of their own benefits and record.

Serves U-29, U-30, U-31, U-33, P-01, B-02, B-03, R-15, R-17.
"""
