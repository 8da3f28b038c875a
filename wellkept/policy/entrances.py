"""The addresses that the entrance alone answers, where it is a process of its own: only they need its secret.

Serves R-10, U-30. A proxy sends these to the entrance and all others to the pages (docs/operations.md).
"""

from typing import Final

PREFIXES: Final = (
    "/register/", "/sign-in/", "/sign-out/", "/account/", "/contact/write/", "/contact/papers/", "/contact/sent/",
)  # fmt: skip

WITH: Final = "with"
APART: Final = "apart"
ALONE: Final = "alone"
KINDS: Final = (WITH, APART, ALONE)
"""What a process of pages is: one that answers everything; one without the entrance; the entrance and nothing else."""


def belongs(path: str) -> bool:
    """Whether an address, without its language, is the entrance's."""
    return path.startswith(PREFIXES)


def led(path: str, languages: tuple[str, ...]) -> bool:
    """The same of an address that may say its language."""
    return any(belongs(path.removeprefix(f"/{one}")) for one in ("", *languages))
