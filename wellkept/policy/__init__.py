"""Operators, clauses, practices, controls, and the words everyone speaks.

Serves B-01, B-08, U-09, U-13.
"""
