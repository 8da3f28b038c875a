"""What somebody did with the papers of an organisation, as its administrators read it.

Serves U-42, B-03.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellkept.ledger.sentences import REASONS, ROLES
from wellkept.organisations.paper_trail import PaperOpening

DID: Final[Mapping[str, Promise]] = {
    "opened": gettext_lazy("%(who)s opened your papers."),
    "changed": gettext_lazy("%(who)s sent a paper."),
    "papers ended": gettext_lazy("%(who)s removed papers. The time we keep them is over."),
    "case taken": gettext_lazy("%(who)s took up a case about your papers."),
    "refused": gettext_lazy("%(who)s asked for your papers. They were not shown."),
}
OURS: Final = gettext_lazy("%(who)s sent you an answer or a paper.")
LISTED: Final = gettext_lazy("%(who)s looked at this list.")
OTHER: Final = gettext_lazy("%(who)s made an entry about your papers.")


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the list: what happened, why it was refused, when last, and how many entries it holds."""

    sentence: str
    note: str
    at: datetime
    entries: int
    refused: bool


def said(line: PaperOpening) -> Said:
    """One line in words."""
    words = DID.get(line.kind, OTHER)
    if line.kind == "opened" and line.of_list:
        words = LISTED
    if line.kind == "changed" and line.whose == "ours":
        words = OURS
    sentence = words % {"who": who(line)}
    return Said(str(sentence), note(line), line.last_at, line.entries, line.kind == "refused")


def who(line: PaperOpening) -> str:
    """Who it was: one of theirs, one of ours, their agent, or somebody whose name is not told."""
    role = str(ROLES.get(line.role, line.role))
    if line.whose == "own":
        return _("%(name)s, of your organisation,") % {"name": line.actor}
    if line.whose == "ours":
        return (
            _("%(name)s, %(role)s,") % {"name": line.actor, "role": role} if line.actor else role[:1].upper() + role[1:]
        )
    if line.whose:
        return _("%(name)s of %(office)s, your agent,") % {"name": line.actor, "office": line.whose}
    return _("Somebody of another organisation")


def note(line: PaperOpening) -> str:
    """Why it was refused, or what it was for; empty where there is nothing more to say."""
    if line.kind == "refused" and line.reason.startswith("needs "):
        return _("What we ask everyone to accept first had not been accepted.")
    if line.kind == "refused":
        told = str(REASONS.get(line.reason, ""))
        return f"{told[:1].upper()}{told[1:]}." if told else ""
    return _("For a case about your papers.") if line.label and line.kind != "case taken" else ""
