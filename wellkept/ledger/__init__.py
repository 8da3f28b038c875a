"""Entries that say who opened what and why, and the proofs that none is missing.

Serves U-31, B-02, B-03.
"""
