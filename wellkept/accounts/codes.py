"""Access codes: random, easy to read aloud, and kept as a keyed hash alone (U-30)."""

import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH: Final = 12
MEANT: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new() -> str:
    """A code of 60 random bits, in three groups: "7KQ2-M0XD-9RTA"."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def canonical(typed: str) -> str:
    """What somebody typed, as it was printed: without spaces and dashes, and with O read as 0, I and L as 1."""
    return "".join(one for one in typed.upper() if one.isalnum()).translate(MEANT)
