"""My family: who is covered with me, what I may open of each and why not the rest, and my other records (R-17, R-20).

A name is opened like anything else: whoever it is of reads that it was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wellkept.access import family as kin
from wellkept.access import queries as access
from wellkept.access.family import Kin
from wellkept.consent import words
from wellkept.consent.words import Given
from wellkept.ledger import sentences
from wellkept.ledger.sentences import Piece, Told
from wellkept.people import joins
from wellkept.people.queries import Identity, identities
from wellkept.policy import states
from wellkept.policy.minors import age_reached
from wellkept.policy.words import Category, Purpose, Role
from wellkept.web.member.door import at, opened, page, secret
from wellkept.web.shell import serving
from wellkept.web.shell.naming import written
from wellkept.web.shell.templatetags.shell import day

SUBSCRIBER: Final = "18"
ADULT: Final = 18
CLAIMS: Final = frozenset({Category.CLAIMS, Category.SENSITIVE_CLAIMS})


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the family on the page. ``state`` is None, and ``places`` empty, where nothing of theirs is open."""

    person: UUID
    name: str
    role: str
    state: bool | None
    places: tuple[tuple[str, str], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening of somebody's record in a sentence."""

    at: object
    pieces: tuple[Piece, ...]


def family(request: HttpRequest) -> HttpResponse:
    """Everybody who is covered with the reader or let them see something, with what opens and why the rest does not."""
    with opened(request) as (key, who):
        found, lent = kin.family(key), words.given(key)
    known = named(request, found)
    mine = who.relationship if who else ""
    people = [member(one, known.get(one.person), lent, reader=mine) for one in sorted(found, key=first)]
    others = [at(one.other, "claims/") for one in joins.mine(secret(request))]
    return page(request, "family", {"people": people, "others": others})


def openings(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who opened what the reader may open of somebody: an opening is as sensitive as what it opened."""
    with opened(request, Category.COVERAGE, Category.CLAIMS, Category.SENSITIVE_CLAIMS, subject=person) as (key, who):
        seen = [Opening(one.at, told(one, name(who))) for one in kin.openings(key)]
    return page(request, "family_openings", {"seen": seen, "name": name(who)})


def first(one: Kin) -> tuple[int, int]:
    """The subscriber and their partner come first, then whoever opens most."""
    couple = (SUBSCRIBER, *serving.pack().family.partners)
    return couple.index(one.code) if one.code in couple else len(couple), -len(one.opens)


def named(request: HttpRequest, found: Sequence[Kin]) -> dict[UUID, Identity]:
    """Who they are: in one opening those whose coverage opens too, in another those of whom only the name does."""
    whole = [one.person for one in found if {Category.IDENTITY, Category.COVERAGE} <= one.opens]
    rest = [one.person for one in found if Category.IDENTITY in one.opens and one.person not in whole]
    known: dict[UUID, Identity] = {}
    for people, categories in ((whole, (Category.IDENTITY, Category.COVERAGE)), (rest, (Category.IDENTITY,))):
        if people:
            with access.enter(
                secret(request), purpose=Purpose.PATIENT_REQUEST, categories=categories, subjects=people
            ) as key:
                known |= identities(key)
    return known


def member(one: Kin, who: Identity | None, lent: Sequence[Given], *, reader: str) -> Member:
    """One of the family as the page shows them."""
    word = next((given for given in lent if given.person == one.person), None)
    return Member(
        person=one.person,
        name=name(who),
        role=role(one, who),
        state=one.covered if Category.COVERAGE in one.opens else None,
        places=tuple(places(one)),
        why=why(one, who, word, reader=reader),
    )


def name(who: Identity | None) -> str:
    """The first name of somebody."""
    return (written(who.first) or written(who.greeting)) if who else _("Somebody whose name is not on file")


def role(one: Kin, who: Identity | None) -> str:
    """What somebody is on the plan, in a word or two."""
    if one.code == SUBSCRIBER:
        return _("Subscriber")
    if one.code in serving.pack().family.partners:
        return _("Husband, wife or partner")
    return _("Child") if who and not adult(who) else _("Adult dependent")


def places(one: Kin) -> Iterator[tuple[str, str]]:
    """The pages of somebody's record that the reader may open."""
    if Category.COVERAGE in one.opens:
        yield _("Coverage"), at(one.person, "coverage/")
    if CLAIMS & one.opens:
        yield _("Claims"), at(one.person, "claims/")
    if one.opens - {Category.IDENTITY}:
        yield _("Who opened it"), at(one.person, "openings/")


def why(one: Kin, who: Identity | None, word: Given | None, *, reader: str) -> str:
    """Why what opens does, and why the rest does not."""
    if word:
        return _("%(name)s lets you see this until %(day)s, and can take it back before.") % {
            "name": name(who),
            "day": day((word.expires - timedelta(seconds=1)).astimezone(ZoneInfo(serving.pack().time_zone)).date()),
        }
    if "parent" in one.ties:
        return _("You are a parent. Care to which %(name)s can consent alone is not shown.") % {"name": name(who)}
    return closed(one, who, reader=reader) if who else _("This record is not open to you.")


def closed(one: Kin, who: Identity, *, reader: str) -> str:
    """Why nothing of somebody's record opens: it is theirs, by age or by law, or nothing says that it is a child's."""
    said = {"name": name(who), "years": states.law(serving.pack(), who.state).own_care}
    if adult(who) or who.birth_date is None:
        return _("%(name)s is an adult. The record is %(name)s's own.") % said
    if one.code not in serving.pack().family.parents.get(reader, ()):
        return _("No file tells us that you are a parent of %(name)s. Please call us.") % said
    if not who.state:
        return _("We do not know where %(name)s lives, so the record is %(name)s's own from age %(years)d.") % said
    return _("Where %(name)s lives, a record is one's own from age %(years)d.") % said


def adult(who: Identity) -> bool:
    """Whether somebody is of age today, where the operator works."""
    return who.birth_date is not None and age_reached(who.birth_date, ADULT) <= today()


def today() -> date:
    """The day it is where the operator works."""
    return serving.today(serving.pack())


def told(one: kin.Seen, called: str) -> tuple[Piece, ...]:
    """The sentence of an opening of somebody else's record."""
    what = sentences.listed(str(sentences.CATEGORIES[c]) for c in sentences.CATEGORIES if c in one.categories)
    said = {"who": _("You") if one.mine else by(one), "name": called, "what": what}
    if one.role == Role.INTAKE:
        return (Piece(_("%(who)s brought %(name)s's %(what)s.") % said, strong=False),)
    if one.kind == "changed":
        return (Piece(_("%(who)s changed %(name)s's %(what)s.") % said, strong=False),)
    return (Piece(_("%(who)s opened %(name)s's %(what)s.") % said, strong=False),)


def by(one: kin.Seen) -> str:
    """Who opened it, as the person's own list would say."""
    if one.role == Role.INTAKE:
        return _("A file from %(label)s") % {"label": written(one.label)} if one.label else _("A file")
    return sentences.who(Told(kind=one.kind, role=one.role, own=False, actor=one.actor, label=one.label))
