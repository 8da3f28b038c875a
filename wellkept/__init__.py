"""Wellkept: a health-benefit portal that keeps the privacy policy it publishes."""
