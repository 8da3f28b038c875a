"""What is tried before a release: in a browser, or on a machine where nothing was ever started."""
