"""Figures: each measured side by side in one run, with the machine named. Nothing here is part of the package."""
