"""The operator's own sign-on, asked who somebody is: OpenID Connect, code flow with PKCE, for people who work here.

Serves U-30, U-31, P-01. It says who somebody is and never what they may: accounts and roles are ours alone.
"""
