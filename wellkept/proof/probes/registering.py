"""Tries against the paths of registration: what each asks, what a page could find out, who reads what was typed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from wellkept.proof.family import GROUP, canary
from wellkept.proof.ground import Answer, Ground, Try
from wellkept.proof.walk import Page

BORN: Final = ("birth_date_month", "birth_date_day", "birth_date_year")
MAIL: Final = ("email", "publications")
"""An address for mail, and the box beside it: both may be left out."""

OFFICE: Final = (*BORN, "name", "organisation", "street", "city", "state", "zip_code", "tax_number", *MAIL)
PATHS: Final[Mapping[str, tuple[str, ...]]] = {
    "member": (*BORN, "first_name", "last_name", "member_number", "group_number", *MAIL),
    "provider": (*OFFICE, "npi"),
    "employer": (*OFFICE, "group_number"),
    "agent": (*OFFICE, "producer_number", "group_numbers"),
    "partner": (*OFFICE, "agreement_number"),
}
"""What each path declares: who one is, for whom one works, and only the numbers that find it on our list."""
SHAPES: Final[Mapping[str, str]] = {
    "state": "WI", "zip_code": "54403", "tax_number": "12-3456789", "npi": "1234567893", "group_number": GROUP,
    "group_numbers": GROUP, "producer_number": GROUP, "agreement_number": GROUP,
}  # fmt: skip
"""Numbers of the right shape that are nobody's here: beside a made-up name they find nobody."""
LOOKING: Final = (
    "select * from wellkept.people_finder limit 1",
    "select * from wellkept.organisations_finder limit 1",
    "select * from wellkept.organisations_organisation limit 1",
    "select wellkept.organisations_found(array['\\x00'::bytea])",
    "select wellkept.people_found('roster', '\\x00')",
)
READING: Final = (
    "select told from wellkept.accounts_registration limit 1",
    "select * from wellkept.accounts_told(%(id)s)",
    "select * from wellkept.accounts_registration limit 1",
)


def offered(ground: Ground) -> tuple[str, ...]:
    """The kinds of account that the operator has."""
    names = ground.pack.practices["audiences"]
    return names if isinstance(names, tuple) else ()


def born(day: str) -> dict[str, str]:
    """A birth date (CCYY-MM-DD) as the form takes it."""
    year, month, number = day.split("-")
    return {"birth_date_month": month, "birth_date_day": number, "birth_date_year": year}


def typed(path: str, *, day: str) -> dict[str, str]:
    """What somebody made up types on a path: canaries, and numbers of the right shape. No e-mail, no groups."""
    left = (*BORN, *MAIL, "group_numbers")
    return born(day) | {name: SHAPES.get(name, canary()) for name in PATHS[path] if name not in left}


def pages(ground: Ground, *, day: str = "1970-03-04") -> dict[str, Answer]:
    """Each page of registration as a grown-up meets it, by its address."""
    kinds, found = offered(ground), {"/register/": ground.ask("/register/")}
    if len(kinds) > 1:
        found["/register/which/"] = ground.ask("/register/", form=born(day))
    for kind in kinds:
        chosen = ground.ask("/register/which/", form=born(day) | {"audience": kind})
        found[f"/register/{kind}/"] = chosen if len(kinds) > 1 else ground.ask("/register/", form=born(day))
    return found | {"/register/code/": ground.ask("/register/code/")}


def declared(path: str) -> tuple[str, ...]:
    """The fields that a page of registration declares."""
    named = {
        "/register/": BORN,
        "/register/which/": (*BORN, "audience"),
        "/register/code/": ("code", *BORN, "login", "password"),
    }
    return named.get(path) or PATHS[path.split("/")[2]]


def names(answer: Answer) -> set[str]:
    """The names of the fields of a page."""
    return {one.get("name", "") for one in Page(answer.text).fields()}


@contextmanager
def cleared(ground: Ground) -> Iterator[list[int]]:
    """Remove what the tries of the block queued, and say at its end how many rows they were.

    A row is ours where it came meanwhile and bears the guest's own birth date, which every try of the block gives.
    """
    counted: list[int] = []
    guest = ground.members["guest"]
    ours = (
        "select r.id from wellkept.accounts_registration r where not r.id = any (%s::uuid[]) and r.birth_date in"
        " (select c.birth_date from wellkept.accounts_accesscode c where c.person_id = %s)"
    )
    with ground.connect("jobs") as jobs:
        # An access code of the guest tells how their birth date is hashed; where none is left one more is made.
        code = jobs.execute("select 1 from wellkept.accounts_accesscode where person_id = %s", [UUID(guest.person)])
        if code.fetchone() is None:
            ground.issue_codes(guest, 1, 60)
        before = [row[0] for row in jobs.execute("select id from wellkept.accounts_registration").fetchall()]
        yield counted
        rows = [row[0] for row in jobs.execute(ours, [before, UUID(guest.person)]).fetchall()]
        counted.append(len(rows))
        jobs.execute("delete from wellkept.accounts_registration where id = any (%s::uuid[])", [rows])
    with ground.connect_keys("jobs") as keys:
        for row in rows:
            keys.execute("select wellkept.vault_destroy(%s, 'inquiry')", [row])


def every_path_answers_alike(ground: Ground) -> list[Try]:
    """On each path ask twice as nobody, and once as a member on the list: compare pages, and count what was queued."""
    guest, kinds = ground.members["guest"], offered(ground)
    with cleared(ground) as counted:
        answers = {
            kind: [ground.ask(f"/register/{kind}/", form=typed(kind, day=guest.birth_date)) for _ in range(2)]
            for kind in kinds
        }
        first, last = guest.canaries[:2]
        known = typed("member", day=guest.birth_date) | {
            "first_name": first,
            "last_name": last,
            "member_number": guest.number,
        }
        answers["member"].append(ground.ask("/register/member/", form=known))
        sent = sum(map(len, answers.values()))
    told = [kind for kind, some in answers.items() if len({seen(one) for one in some}) > 1 or some[0].status != 200]
    return [
        Try(
            "Find out from a page who is on a list",
            f"We asked {sent} times on {len(kinds)} paths, once as somebody on the list, and compared all we got.",
            "The same page" if not told else "Different pages",
            held=not told,
        ),
        Try(
            "Find one request that is queued in another way",
            f"We counted what {sent} requests left behind.",
            "One row each" if counted == [sent] else "Not one row each",
            held=counted == [sent],
        ),
    ]


def seen(answer: Answer) -> tuple[object, ...]:
    """All that a browser gets of an answer, but the hour at which it was made."""
    heads = tuple(sorted((name, value) for name, value in answer.headers.items() if name != "date"))
    return answer.status, answer.cookies, answer.body, heads


def no_page_can_look_anybody_up(ground: Ground) -> list[Try]:
    """As the roles of the pages ask every list whether it knows somebody: neither may, so no answer can tell."""
    through = [
        (role, statement) for role in ("web", "entrance") for statement in LOOKING if done(ground, role, statement)
    ]
    return [
        Try(
            "Look somebody up as a page",
            f"As the two roles of the pages we asked our lists in {len(LOOKING)} ways.",
            "Refused" if not through else "Answered",
            held=not through,
        )
    ]


def what_was_typed_opens_by_an_entry_alone(ground: Ground) -> list[Try]:
    """Queue a request with canaries, then read it unopened as every role, and ask for it as others than the desk."""
    guest = ground.members["guest"]
    with cleared(ground):
        ground.ask("/register/member/", form=typed("member", day=guest.birth_date))
        roles = ("web", "entrance", "jobs", "intake", "mailroom")
        read = [(role, statement) for role in roles for statement in READING if done(ground, role, statement)]
    others = [ground.session(ground.members["one"]), ground.session(ground.staff["nurse"]), ""]
    shown = [
        cookie
        for cookie in others
        for path in ("/desk/registrations/", f"/desk/registrations/{uuid4()}/")
        if ground.ask(path, cookie=cookie).status == 200
    ]
    desk = ground.ask("/desk/registrations/", cookie=ground.session(ground.staff["representative"]))
    return [
        Try(
            "Read what somebody typed without opening it",
            f"As {len(roles)} roles we read requests that wait, past the entry that an opening leaves.",
            "Refused" if not read else "Read",
            held=not read,
        ),
        Try(
            "Read requests from another desk",
            "As a stranger, a made-up member and a made-up nurse we asked for the list and for a request.",
            "Refused" if not shown and desk.status == 200 else "Shown",
            held=not shown and desk.status == 200,
        ),
    ]


def done(ground: Ground, role: str, statement: str) -> bool:
    """Whether a role gets an answer to a statement; one that finds no rows is an answer too."""
    with ground.connect(role) as connection:
        return answered(connection, statement, {"id": uuid4()})


def answered(
    connection: psycopg.Connection[Any], statement: str, given: Mapping[str, object] | Sequence[object]
) -> bool:
    """Whether the database lets it be asked."""
    try:
        connection.execute(statement, given)
    except psycopg.errors.InsufficientPrivilege:
        connection.rollback()
        return False
    return True
