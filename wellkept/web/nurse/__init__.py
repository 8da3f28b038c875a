"""Nurses: their threads and their programme members."""
