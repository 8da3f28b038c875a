"""The words the member's pages share: the state of a claim, and what was opened this month."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wellkept.benefits.values import ClaimLine, Status
from wellkept.ledger import sentences
from wellkept.ledger.queries import OpeningLine
from wellkept.policy.words import Role
from wellkept.web.shell.naming import written
from wellkept.web.shell.templatetags.shell import money

STATUS: Final[Mapping[Status, tuple[str | Promise, str]]] = {
    Status.FILED: (gettext_lazy("Filed"), "info"),
    Status.WITHDRAWN: (gettext_lazy("Withdrawn"), "old"),
    Status.PAID: (gettext_lazy("Paid"), "good"),
    Status.NOTHING_PAID: (gettext_lazy("Decided"), "old"),
    Status.DENIED: (gettext_lazy("Denied"), "bad"),
    Status.REVERSED: (gettext_lazy("Taken back"), "warn"),
}
"""Each state of a claim with its word and its tone."""
KINDS: Final[Mapping[str, str | Promise]] = {
    "professional": gettext_lazy("Doctor or clinic"),
    "institutional": gettext_lazy("Hospital or facility"),
    "pharmacy": gettext_lazy("Pharmacy"),
    "dental": gettext_lazy("Dentist"),
}
"""Each kind of claim in words."""


def status(claim: ClaimLine) -> tuple[str, str]:
    """The word and the tone of a claim's state."""
    word, tone = STATUS[claim.status]
    return str(word), tone


def provider(claim: ClaimLine) -> str:
    """Who gave care, or that no file said so."""
    return written(claim.provider) or _("Provider not named")


def owed(claim: ClaimLine) -> str:
    """What the person may owe; of a claim that was withdrawn nothing, which no file states as an amount."""
    return _("nothing, withdrawn") if claim.status is Status.WITHDRAWN else money(claim.owed)


def care(claim: ClaimLine) -> str:
    """What kind of bill it is, in words."""
    return str(KINDS.get(claim.kind) or _("Known from its payment alone"))


def month(lines: Iterable[OpeningLine]) -> str:
    """Who opened the record, in one breath: staff with how often and why, searches, refusals, files.

    Without the person themselves.
    """
    others = [line for line in lines if not (line.told.own and line.told.role == Role.MEMBER)]
    said = " ".join(parts(others))
    return said or _("Nobody but you.")


def parts(lines: list[OpeningLine]) -> Iterator[str]:
    """A sentence each for staff by role and reason, and one each for the rest."""
    staff = Counter(
        (str(sentences.ROLES.get(line.told.role, line.told.role)), sentences.why(line.told))
        for line in lines
        if line.told.kind == "opened" and line.told.role not in (Role.INTAKE, Role.JOBS, Role.MEMBER)
    )
    for (role, why), count in staff.items():
        yield f"{role[:1].upper()}{role[1:]}, {times(count)}{sentences.led_by(', ', why)}."
    if count := sum(line.told.kind == "opened" and line.told.role == Role.MEMBER for line in lines):
        yield _("Your family, %(times)s.") % {"times": times(count)}
    if count := sum(line.told.kind == "searched" for line in lines):
        yield _("Your name came up in a search, %(times)s.") % {"times": times(count)}
    if count := sum(line.told.kind == "refused" for line in lines):
        yield ngettext("%(n)d try was refused.", "%(n)d tries were refused.", count) % {"n": count}
    if count := sum(line.told.role == Role.JOBS for line in lines):
        yield _("A program of ours, %(times)s.") % {"times": times(count)}
    if count := sum(line.told.role == Role.INTAKE for line in lines):
        yield ngettext("%(n)d file brought news of you.", "%(n)d files brought news of you.", count) % {"n": count}


def times(count: int) -> str:
    """How often, in words."""
    words = {1: _("once"), 2: _("twice")}
    return words.get(count) or _("%(n)d times") % {"n": count}
