"""The web server's own log, without what a visitor sent: gunicorn names address or path of a request that fails."""

import sys

from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # (gunicorn ships no types)


class Quiet(Logger):  # type: ignore[misc]  # (as above)
    """Says that a request could not be handled, and not which one or whose."""

    def warning(self, msg: object, *args: object, **kwargs: object) -> None:
        """Leave out the address that gunicorn names in 'Invalid request from ip=...'."""
        if "Invalid request" in str(msg):
            super().warning("A request was not valid HTTP.")
        else:
            super().warning(msg, *args, **kwargs)

    def exception(self, msg: object, *args: object, **kwargs: object) -> None:
        """Leave out path and traceback of a request; keep those of a worker that cannot start."""
        if "request" in str(msg) or "HTTP/2" in str(msg):
            kind = sys.exc_info()[0]
            super().error("A request could not be handled (%s).", kind.__name__ if kind else "unknown")
        else:
            super().exception(msg, *args, **kwargs)
