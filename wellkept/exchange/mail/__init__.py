"""Mail in and out over a socket."""
