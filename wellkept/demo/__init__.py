"""Believable people, built through the same actions everyone uses.

Serves B-08.
"""
