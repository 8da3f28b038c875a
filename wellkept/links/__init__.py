"""The register of other people's pages, who reviewed them, and until when.

Serves U-35, U-36, P-03, P-04.
"""
