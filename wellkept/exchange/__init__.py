"""Other machines: X12, tables, mail, FHIR, SMART.

Serves U-29, U-43.
"""
