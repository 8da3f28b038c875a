"""Settings, root URLs, WSGI; nobody imports it.

Serves P-24.
"""
