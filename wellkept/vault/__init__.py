"""Keys: one for each subject and retention class, wrapped, replaceable, destroyable.

Serves U-32, P-24, B-04.
"""
