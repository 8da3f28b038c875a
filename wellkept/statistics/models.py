"""The counters as the database holds them."""
