"""One's own account: how one signs in, what happened with it, where we reach its holder, closing it."""
