"""A provider that others wrote (oidc-provider-mock), on this machine, in a thread."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

with warnings.catch_warnings():
    # It still imports authlib.jose, which says that it will move.
    import authlib.deprecate  # noqa: F401  (it switches its warnings on)

    warnings.simplefilter("ignore")
    from oidc_provider_mock import User, run_server_in_thread

__all__ = ["User", "mocked"]


@contextmanager
def mocked(users: Sequence[User]) -> Iterator[str]:
    """It, with these users; gives its issuer. Its own warnings are its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with run_server_in_thread(user_claims=users, require_nonce=True) as server:
            yield f"http://localhost:{server.server_port}"
