"""Things with bytes: stored, typed, scanned, never opened in line.

Serves U-32.
"""
