"""Secure conversations.

Serves U-27, U-38.
"""
