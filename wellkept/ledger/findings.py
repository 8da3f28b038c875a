"""What a reading of the whole ledger finds wrong, in sentences that name entry and time."""

from dataclasses import dataclass
from datetime import datetime

from wellkept.ledger.commitment import instant


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed. ``kind`` is one word; leaf, entry and time where they are known."""

    kind: str
    what: str
    leaf: int | None = None
    entry: int | None = None
    at: datetime | None = None

    @property
    def sentence(self) -> str:
        """The finding as an operator reads it."""
        where = [
            f"entry {self.entry}" if self.entry is not None else "",
            f"leaf {self.leaf}" if self.leaf is not None else "",
            f"at {instant(self.at)}" if self.at is not None else "",
        ]
        named = ", ".join(one for one in where if one)
        return f"{self.kind.capitalize()}: {f'{named}: ' if named else ''}{self.what}."


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row of ``ledger_leaf``."""

    idx: int
    entry: int
    at: datetime
    xact: int
    commitment: bytes

    def finding(self, kind: str, what: str) -> Finding:
        """A finding about this leaf."""
        return Finding(kind, what, self.idx, self.entry, self.at)
