"""Coverage, claims, explanations of benefits, totals, ID cards, enrolment.

Serves U-29, U-39, R-17.
"""
