"""Calls, cases and who works on them.

Serves U-33, P-19, B-10.
"""
