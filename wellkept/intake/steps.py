"""What some statements will write: for whom, in which categories, which rows it uses up, who is found afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from wellkept.policy.words import Category, Purpose


@dataclass(frozen=True, slots=True)
class Step:
    """One opening and one transaction. ``write`` writes while its people are open."""

    people: Sequence[UUID]
    purpose: Purpose
    categories: Sequence[Category]
    rows: Sequence[int]
    write: Callable[[], None]
    finders: Sequence[bytes] = ()


@dataclass(slots=True)
class Prepared:
    """What became of some statements: the steps that write them, the rows kept apart, and those that must go."""

    steps: list[Step] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
