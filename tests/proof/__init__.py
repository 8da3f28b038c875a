"""Every probe tried, and then tried again with its control taken away."""
