"""Where a visit came from: origin and path of another site, never a query, and nothing that is no plain address.

Serves U-02, P-22. Whether a name is ever written is decided by ``counters``: five times in an hour.
"""

import re
from typing import Final

from wellkept.statistics.dimensions import OTHER

LONGEST: Final = 72
"""How long origin and path may be together; of a longer address the origin alone is counted."""

NONE: Final = "none"
OURS: Final = "ours"
# A host as RFC 1123 writes it, or a bracketed address; no user before it. Path: RFC 3986, section 3.3.
_ADDRESS: Final = re.compile(
    r"(https?)://([a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(:[0-9]{1,5})?(/[!-\"$->@-~]*)?(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
MOST: Final = 2_000


def named(referrer: str, own: str) -> str:
    """The name a referrer is counted by: "none", "ours" where its host is ``own``, an address, or "other"."""
    return parted(referrer, own)[0]


def parted(referrer: str, own: str) -> tuple[str, str]:
    """The name a referrer is counted by, and its path where it is one of ours ("" else)."""
    if not referrer or referrer == "-":
        return NONE, ""
    found = _ADDRESS.fullmatch(referrer) if len(referrer) <= MOST else None
    if found is None:
        return OTHER, ""
    scheme, host, port, path = found.groups()
    place = f"{host}{port or ''}".lower()
    if place == own:
        return OURS, path or "/"
    origin = f"{scheme.lower()}://{place}"
    whole = f"{origin}{path or '/'}"
    return (whole if len(whole) <= LONGEST else f"{origin}/" if len(origin) < LONGEST else OTHER), ""
