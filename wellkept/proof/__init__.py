"""Tries to break every promise, keeps what happened; touches the house only from outside.

Serves B-01, B-11.
"""
