"""One opening a page: whose session it is decides whose record; the page names the categories it shows, and no others.

Every page greets by name, so every page names ``identity`` too. A page of another person's record is two openings: the
reader's own name to greet with, then what is shown of the other person, so that each reads exactly what was opened of
them. What the page shows says whose it is.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.consent import appointments
from wellkept.people import joins
from wellkept.people.queries import Identity, identity
from wellkept.policy.words import Category, Key, Purpose, Refused, Role
from wellkept.web.member import places
from wellkept.web.shell.naming import written


@dataclass(frozen=True, slots=True)
class Whose:
    """Another's record, or the reader's own on another plan (``joined``), and the names. ``acting``: as what, or ""."""

    person: UUID
    first: str
    name: str
    joined: bool
    acting: str = ""

    @property
    def at(self) -> str:
        """The address beneath which their pages lie."""
        return at(self.person)


@contextmanager
def opened(
    request: HttpRequest, *categories: Category, subject: UUID | None = None
) -> Iterator[tuple[Key, Identity | None]]:
    """One person, open for the length of the block at the reader's request, and who that person is.

    ``subject`` None is the session's own person. Anybody else is open in those of the categories that the gate allows,
    which are ``key.categories``; the page then says whose record it is (``request.whose``). Raises ``Refused``, with
    nothing open, where it allows none. The ledger has the entry before the block begins, whatever becomes of the page.
    """
    vars(request)["nav"] = places.navigation()
    asked = (Category.IDENTITY, *categories)
    if subject is None:
        with access.enter(secret(request), purpose=Purpose.PATIENT_REQUEST, categories=asked) as key:
            yield key, greeted(request, key)
        return
    with access.enter(secret(request), purpose=Purpose.PATIENT_REQUEST, categories=(Category.IDENTITY,)) as own:
        greeted(request, own)
    allowed = access.may(secret(request), subject, *asked)
    if allowed - {Category.IDENTITY} or not categories:
        asked = tuple(one for one in asked if one in allowed) or asked
    with access.enter(secret(request), purpose=Purpose.PATIENT_REQUEST, categories=asked, subjects=(subject,)) as key:
        who = identity(key)
        if (subject,) != own.subjects:
            joined = any(one.other == subject for one in joins.mine(secret(request)))
            acting = next((one.kind for one in appointments.acting_for(secret(request)) if one.person == subject), "")
            vars(request)["whose"] = replace(named(subject, who, joined=joined), acting=acting)
        yield key, who


def framed(request: HttpRequest) -> Mapping[str, object]:
    """Frame a page about a member's own account: their name is opened to greet them, and nothing else."""
    with opened(request):
        return places.frame(request.path)


def greeted(request: HttpRequest, key: Key) -> Identity | None:
    """Greet the reader, whose own record is open, on the page; returns who they are."""
    who = identity(key)
    known = written(who.greeting) if who and who.greeting else ""
    if not known and (known := called(request)):
        vars(request)["nav"] = places.helping()
    vars(request)["signed_in_as"] = known or _("a member")
    return who


def called(request: HttpRequest) -> str:
    """The name under which somebody acts who has no record here: a helper or a representative. "" for all others."""
    found = access.who(secret(request))
    return (found.actor or "") if found and found.role == Role.MEMBER else ""


def named(person: UUID, who: Identity | None, *, joined: bool) -> Whose:
    """How a page calls the other person."""
    if who is None or not who.greeting:
        return Whose(person, _("this person"), _("this person"), joined)
    return Whose(person, written(who.first) or written(who.greeting), written(who.greeting), joined)


def at(person: UUID | None, rest: str = "") -> str:
    """The address of a page of the member's door: of one's own record, or of that person's."""
    return f"/member/family/{person}/{rest}" if person else f"/member/{rest}"


def secret(request: HttpRequest) -> bytes:
    """The hash of the session's secret; raises ``Refused`` where the browser brought none."""
    found = getattr(request, "session_secret_hash", None)
    if not isinstance(found, bytes):
        raise Refused(_("You are signed out. Please sign in."), clause="U-30", reason="no session")
    return found


def page(request: HttpRequest, template: str, given: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """A page of the member's door, in the part it belongs to."""
    return render(request, f"member/{template}.html", {**places.frame(request.path), **given}, status=status)


def page_number(request: HttpRequest) -> int:
    """Which page of a list is asked for; a list has at most ten thousand. Raises ``Http404`` for what is no page."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= 10_000):
        raise Http404
    return int(asked)
