"""Backups: taken whole under a role of their own, encrypted as written, restored with what has happened since.

Serves B-04, P-24.
"""
