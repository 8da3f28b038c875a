"""What a person has authorised, refused, restricted, revoked or acknowledged, and who may act for them.

Serves U-19, U-41, P-25, R-04, R-05.
"""
