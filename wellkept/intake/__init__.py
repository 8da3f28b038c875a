"""Files that came in, what they said, what was set aside.

Serves U-17, U-43.
"""
