"""Assessments, programmes, diaries, maternity enrolment, the personal record.

Serves U-16, U-38.
"""
