"""Outgoing messages that cannot carry personal data by type, and letters for those that must.

Serves U-15, U-27, P-17.
"""
