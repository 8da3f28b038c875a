"""Counts of visits with nobody in them.

Serves U-02, U-21 to U-25, P-22, B-05.
"""
