"""N3, N4 and PER in a claim file or a remittance: details of whoever was named last."""

from typing import Final, Protocol

from wellkept.exchange.x12 import parties
from wellkept.exchange.x12.parties import Draft
from wellkept.exchange.x12.sheet import Handler
from wellkept.exchange.x12.tokens import Segment


class Naming(Protocol):
    """A reading that knows whom the file named last."""

    party: Draft | None


def street(state: Naming, segment: Segment) -> None:
    """N3."""
    if state.party is not None:
        parties.street(state.party, segment)


def place(state: Naming, segment: Segment) -> None:
    """N4."""
    if state.party is not None:
        parties.place(state.party, segment)


def contact(state: Naming, segment: Segment) -> None:
    """PER."""
    if state.party is not None:
        parties.contact(state.party, segment)


HANDLERS: Final[dict[str, Handler]] = {"N3": street, "N4": place, "PER": contact}
