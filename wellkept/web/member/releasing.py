"""Sending part of my record to whom I authorised: composed by my own opening, posted with its conditions (U-19, P-06).

Nobody here reads it on the way. It is in English, as its conditions are: it goes to somebody outside.
"""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wellkept.benefits import queries as benefits
from wellkept.benefits.values import ClaimLine, CoverageLine
from wellkept.consent import outside
from wellkept.consent.outside import OFFERED, Signed
from wellkept.disclosures import actions as disclosures
from wellkept.disclosures.actions import Leaving
from wellkept.disclosures.conditions import conditions
from wellkept.files.letterhead import letterhead
from wellkept.people.queries import Identity
from wellkept.policy import packs
from wellkept.policy.words import Category, Key
from wellkept.web.member import wording
from wellkept.web.member.choices import what
from wellkept.web.member.door import opened
from wellkept.web.shell import naming, serving
from wellkept.web.shell.templatetags.shell import day, money

MOST: Final = 1000
CARE: Final = frozenset({Category.CLAIMS, Category.SENSITIVE_CLAIMS})


def send(request: HttpRequest, number: UUID) -> str:
    """Send what an authorization covers; returns "sent", or why not. Raises ``Http404`` where it is not the reader's.

    It is read first, so that what is opened to be sent is what it covers and nothing more.
    """
    with opened(request, Category.REQUESTS) as (key, _who):
        signed = outside.one(key, number)
    if signed is None:
        raise Http404
    if not signed.holds(timezone.now()):
        return "no basis"
    asked = [one for one in OFFERED if one in signed.opens]
    with opened(request, *asked) as (key, who), translation.override("en"):
        return disclosures.release(
            key, leaving(key, who, signed), collected_under=packs.now_in_force(serving.pack()).version
        )


def leaving(key: Key, who: Identity | None, signed: Signed) -> Leaving:
    """What leaves, with its paper."""
    pack, opens = serving.pack(), [one for one in OFFERED if one in signed.opens]
    said = conditions(pack, purpose=signed.purpose, sensitive=Category.SENSITIVE_CLAIMS in signed.opens)
    paper = {
        "from": letterhead(pack),
        "lang": "en",
        "made_on": serving.today(pack).isoformat(),
        "title": _("Part of a record, at its person's request"),
        "foot": _("Questions? Call %(phone)s (TTY %(tty)s).") % {"phone": pack.phone, "tty": pack.tty},
        "recipient": [signed.recipient, *signed.address],
        "lead": [_("What follows is confidential. It comes to you on these conditions.")],
        "clauses": [[heading, list(words)] for heading, words in parts(key, who, opens, said)],
    }
    return Leaving(
        basis="authorization", basis_id=signed.id, purpose=signed.purpose, opens=opens, described=what(signed.opens),
        conditions=said, template="policy", paper=paper,
    )  # fmt: skip


def parts(
    key: Key, who: Identity | None, opens: Sequence[Category], said: Sequence[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    """The conditions, whose record it is, then each kind of data. What nobody stated is left out."""
    yield _("Conditions"), said
    name = naming.written(who.full) if who else ""
    yield _("Whose record"), [name or _("A member whose name is not on file")]
    if Category.COVERAGE in opens:
        yield _("Coverage"), [covered(one) for one in benefits.coverage(key)] or [_("None is on file.")]
    if CARE & set(opens):
        found = benefits.claims(key, size=MOST)
        yield _("Claims"), [claimed(one) for one in found.lines] or [_("None is on file.")]


def covered(line: CoverageLine) -> str:
    """One line of coverage in words."""
    parts_ = [line.kind, line.sponsor, line.group_number]
    if line.begins_on:
        parts_.append(_("from %(day)s") % {"day": day(line.begins_on)})
    if line.ends_on:
        parts_.append(_("until %(day)s") % {"day": day(line.ends_on)})
    return " · ".join(part for part in parts_ if part)


def claimed(line: ClaimLine) -> str:
    """One claim in words."""
    parts_ = [wording.provider(line), naming.served(line) if line.served_from else "", wording.status(line)[0]]
    sums = ((_("Billed"), line.billed), (_("The plan paid"), line.paid), (_("The member may owe"), line.owed))
    parts_ += [f"{label} {money(amount)}" for label, amount in sums if amount is not None]
    return " · ".join(str(part) for part in parts_ if part)
