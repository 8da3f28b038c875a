"""What a form says of itself: its version, its reason, and where each of its answers is kept.

Serves U-04, U-08, U-17, P-12. A form names the column of each answer; from there come its kind, who sees it and how
long it stays, so that the notice on the form and the page of all we hold cannot differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wellkept.policy.held import BY_ID, KEPT
from wellkept.policy.holding import Area, Kept, Serves
from wellkept.policy.kinds import Words

ONCE: Final = ""
"""An answer that is used for this one page and kept nowhere."""


@dataclass(frozen=True, slots=True)
class Asks:
    """A form in one version. ``keeps`` gives for each field "table.column", or ``ONCE``.

    ``why`` is said where the reason of the form is not that of its service. ``labels`` and ``needed`` tell of a form
    that is no class of its own. ``beside`` names what a page sends with it that nobody types: which button it was.
    """

    form: str
    version: str
    area: str
    keeps: Mapping[str, str]
    why: Words = ""
    serves: Serves | None = None
    beside: tuple[str, ...] = ()
    labels: Mapping[str, Words] = field(default_factory=dict)
    needed: tuple[str, ...] = ()

    @property
    def service(self) -> Area:
        """The service the form belongs to."""
        return BY_ID[self.area]

    @property
    def reason(self) -> Serves:
        """Which of the three reasons it serves."""
        return self.serves or self.service.serves

    def kept(self, name: str) -> Kept | None:
        """What keeps the answer to ``name``; None for one that is not kept. ``KeyError`` for one it does not name."""
        column = self.keeps[name]
        return KEPT[column.partition(".")[0]] if column else None
