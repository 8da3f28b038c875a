"""Registration, sign-in, recovery, sessions.

Serves U-30, P-09, P-13, P-15, P-20, P-21, R-10.
"""
