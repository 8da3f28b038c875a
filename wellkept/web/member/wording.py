"""The words the member's pages share: the state of a claim, and what was opened this month."""

import re
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
KEPT: Final = frozenset(
    {"MRI", "USA", "UMR", "ENT", "II", "III", "IV", "PA", "PLLC", "PPO", "HMO", "EPO", "POS", "HSA", "HRA", "FSA"}
)
FORMS: Final = frozenset({"ER", "IR", "XR", "XL", "SR", "DR", "CR", "LA", "HCL", "HCT", "EC", "ODT", "HFA"})
"""What stays in capitals in the name of a medicine: how it is released, which salt it is."""


def status(claim: ClaimLine) -> tuple[str, str]:
    """The word and the tone of a claim's state."""
    word, tone = STATUS[claim.status]
    return str(word), tone


def provider(claim: ClaimLine) -> str:
    """Who gave care, or that no file said so."""
    return written(claim.provider) or _("Provider not named")


def written(name: str) -> str:
    """A name as people write it: files often shout in capitals.

    Whatever holds a small letter stays as it is, and so do short words without a vowel, such as LLC.
    """
    if name != name.upper():
        return name
    return re.sub(r"[^\W\d_]+('S\b)?", lambda word: _cased(word[0]), name)


def service(name: str) -> str:
    """A service or medicine as people write it: "LISINOPRIL 10 MG TABLET" becomes "Lisinopril 10 mg tablet"."""
    if name != name.upper():
        return name
    said = re.sub(r"[^\W\d_]+", lambda word: word[0] if word[0] in FORMS else word[0].lower(), name)
    return said[:1].upper() + said[1:]


def phone(number: str) -> str:
    """A telephone number of ten figures as people write it; any other stays as it is."""
    found = re.fullmatch(r"(\d{3})(\d{3})(\d{4})", number)
    return "-".join(found.groups()) if found else number


def _cased(word: str) -> str:
    if word in KEPT or (len(word) <= 4 and not set(word) & set("AEIOUY")):
        return word
    if word.startswith("MC") and len(word) > 4:
        return f"Mc{word[2:].capitalize()}"
    return word.capitalize()


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
