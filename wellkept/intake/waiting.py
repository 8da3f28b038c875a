"""One staged statement, unsealed, and what a step makes of several."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Waiting:
    """A statement that waits. ``digest`` names its content: the same content has the same digest in every file."""

    id: int
    kind: str
    set_number: str
    finder: bytes
    naming: dict[str, str]
    content: dict[str, Any]
    digest: bytes


@dataclass(slots=True)
class Step:
    """What a step will write: for whom, which rows it uses up, which are kept apart, and who can be found afterwards."""

    people: list[UUID] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)
    finders: list[bytes] = field(default_factory=list)
    told: list[Any] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
