"""What a letter bears in its window, so that one that comes back is known: "R-7KQ2M0XD". It says nothing of anybody."""

import re
from typing import Final

_MEANT: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_FORM: Final = re.compile(r"R[0-9A-HJKMNP-TV-Z]{8}")


def canonical(typed: str) -> str | None:
    """What somebody typed, as it was printed; None for what can be no reference.

    Spaces and dashes may be left out; O is read as 0, I and L as 1 (Crockford's base 32).
    """
    bare = "".join(one for one in typed.upper() if one.isalnum()).translate(_MEANT)
    return f"R-{bare[1:]}" if _FORM.fullmatch(bare) else None
