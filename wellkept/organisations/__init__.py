"""Employers and their plans, providers, agents, partners, affiliates; who belongs to them; their agreements.

Serves U-11, U-42, P-14.
"""
