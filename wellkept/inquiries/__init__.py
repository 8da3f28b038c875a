"""The desk for questions by form or mail: routed, answered, then discarded or archived.

Serves P-16, P-26 to P-29.
"""
