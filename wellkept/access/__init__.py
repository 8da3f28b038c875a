"""Decides who may open whose record, which categories, for which purpose; hands out the key or a reasoned refusal.

Serves U-03, U-12, U-31, P-01, B-02, B-09.
"""
