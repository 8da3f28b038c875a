"""What an operator can say at a terminal.

Serves B-08, B-09.
"""
