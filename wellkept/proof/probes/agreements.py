"""Tries against agreements: reach something without one, record one as somebody else, widen a rule by a contract."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from wellkept.proof.ground import Ground, Try, noop
from wellkept.proof.probes.entrance import refused
from wellkept.proof.probes.lock import secret
from wellkept.proof.probes.offices import KINDS, fresh

PEOPLE: Final = {
    "provider": noop("somebody of a clinic"),
    "employer": noop("somebody of an employer"),
    "agent": noop("somebody of an agency"),
    "partner": noop("somebody of a partner"),
}
PAGES: Final = ("/privacy/agreements/", "/privacy/agreements/record/", "/privacy/agreements/contracts/")
AGREE: Final = (
    "select wellkept.organisations_agree(%s, %s, 'appointment', %s, %s, 'TRY-1', sha256('a try'), %s, %s, %s, %s,"
    " 'try')"
)
NARROW: Final = (
    "select wellkept.organisations_narrow(%s, gen_random_uuid(), (select p.id from wellkept.organisations_plan p"
    " order by p.id limit 1), 'TRY-1', %s, %s, %s, current_date, null, 'try')"
)
TABLES: Final = ("organisations_agreement", "organisations_contract", "organisations_warned")


def nothing_is_reached_without_an_agreement(ground: Ground) -> list[Try]:
    """As an agent's person: reach an employer with no appointment, a later one, a narrower one and one that ended."""
    today = date.today()  # noqa: DTZ011  (two days either way cover every time zone)
    now, later = (today - timedelta(days=2), today + timedelta(days=9)), (today + timedelta(days=2),) * 2
    tried = {
        noop("no appointment"): reached(ground, None),
        noop("an appointment that has not begun"): reached(ground, (["papers"], ["HOPERAT"], *later)),
        noop("an appointment that covers other data"): reached(ground, (["enrolment"], ["HOPERAT"], *now)),
        noop("an appointment for another purpose"): reached(ground, (["papers"], ["HPAYMT"], *now)),
        noop("an appointment that was ended"): reached(ground, (["papers"], ["HOPERAT"], *now), ended=True),
    }
    told = [
        refused(
            f"Reach an employer with {what}",
            "As somebody of a made-up agency we asked which employers' papers open to us.",
            held=not found,
        )
        for what, found in tried.items()
    ]
    held = reached(ground, (["papers"], ["HOPERAT"], *now))
    return [
        *told,
        Try(
            "Reach an employer who appointed us",
            "We recorded one that covers it, asked again, and undid all of it.",
            "Reached" if held else "Refused",
            held=held,
        ),
    ]


def reached(ground: Ground, terms: tuple[Any, ...] | None, *, ended: bool = False) -> bool:
    """Whether the made-up agency reaches the made-up employer under such an appointment. Nothing of it stays."""
    officer, agent = secret(ground, ground.staff["privacy_officer"]), secret(ground, ground.offices["agent"])
    with undone(ground) as web:
        of, employer = (organisation(web, secret(ground, ground.offices[kind])) for kind in ("agent", "employer"))
        number = uuid4()
        if terms is not None and value(web, AGREE, [officer, number, of, employer, *terms]) != "done":
            return False
        if ended:
            value(web, "select wellkept.organisations_end_agreement(%s, %s, 'A try.')", [officer, number])
        rows = web.execute("select id from wellkept.organisations_appoints(%s)", [agent]).fetchall()
        return (employer,) in rows


def organisation(web: psycopg.Connection[Any], session: bytes) -> UUID:
    """The organisation a session acts for."""
    return UUID(str(value(web, "select organisation from wellkept.gate_who(%s)", [session])))


def value(web: psycopg.Connection[Any], statement: str, given: list[Any]) -> object:
    """The first value a statement answers; None where it answers nothing."""
    row = web.execute(statement, given).fetchone()
    return row[0] if row else None


@contextmanager
def undone(ground: Ground) -> Iterator[psycopg.Connection[Any]]:
    """A connection of pages on which everything that is done is undone at the end."""
    with ground.connect("web") as web:
        web.autocommit = True
        with web.transaction(force_rollback=True):
            yield web


def only_the_privacy_office_agrees(ground: Ground) -> list[Try]:
    """Record an agreement and a contract as everybody else; read the pages and the tables."""
    others = {
        **{PEOPLE[kind]: ground.offices[kind] for kind in KINDS},
        noop("a service representative"): ground.staff["representative"],
        noop("an administrator"): ground.staff["administrator"],
        noop("a member"): next(iter(ground.members.values())),
    }
    told = []
    for who, one in others.items():
        session, cookie = secret(ground, one), ground.session(one)
        page = ground.ask(PAGES[0], cookie=cookie).status
        told.append(
            refused(
                f"Record an agreement as {who}",
                "We asked for the page and called the functions that record an agreement and a contract.",
                held=page == 403 and functions_refuse(ground, session),
            )
        )
    signed_out = [ground.ask(page).status for page in PAGES]
    told.append(
        refused(
            "Record an agreement, signed out",
            "We asked for each page without a session, and called the functions with a made-up one.",
            held=all(one in {302, 403} for one in signed_out) and functions_refuse(ground, uuid4().bytes * 2),
        )
    )
    return [
        *told,
        refused(
            "Read agreements from the tables",
            "Under the role of pages we read each table of agreements and contracts.",
            held=tables_are_shut(ground),
        ),
    ]


def functions_refuse(ground: Ground, session: bytes) -> bool:
    """Whether each function that records or lists says no to a session."""
    today = date.today()  # noqa: DTZ011  (any day will do)
    with undone(ground) as web:
        given = [session, uuid4(), uuid4(), uuid4(), ["papers"], ["HOPERAT"], today, today]
        return (
            value(web, AGREE, given) == "no"
            and value(web, NARROW, [session, "representative", None, None]) == "no"
            and value(web, "select wellkept.organisations_end_agreement(%s, %s, 'A try.')", [session, uuid4()]) == "no"
            and value(web, "select count(*) from wellkept.organisations_agreements(%s, null)", [session]) == 0
            and value(web, "select count(*) from wellkept.organisations_contracts(%s)", [session]) == 0
        )


def tables_are_shut(ground: Ground) -> bool:
    """Whether no table of agreements answers the role of pages."""
    return all(raises(ground, lambda web, t=table: web.execute(f"select 1 from wellkept.{t}")) for table in TABLES)  # type: ignore[misc]  # noqa: S608  (names of ours)


def raises(ground: Ground, act: Callable[[psycopg.Connection[Any]], object]) -> bool:
    """Whether the database refuses an act."""
    try:
        with undone(ground) as web:
            act(web)
    except psycopg.Error:
        return True
    return False


def a_contract_cannot_widen(ground: Ground) -> list[Try]:
    """As the privacy office: have a contract give what no rule allows, or touch what is a person's own or the law's."""
    officer = secret(ground, ground.staff["privacy_officer"])
    tried = {
        noop("a purpose that no rule allows"): ["representative", "TREAT", None],
        noop("a kind of data that no rule opens"): ["representative", "HPAYMT", "diary"],
        noop("a person's own request"): ["representative", "PATRQT", None],
        noop("a member's own pages"): ["member", None, None],
        noop("the privacy office"): ["privacy_officer", None, None],
    }
    return [
        refused(
            f"Name {what} in a contract",
            "We recorded it as what a contract of an employer says.",
            held=raises(ground, lambda web, g=given: answered(web, officer, g)),  # type: ignore[misc]
        )
        for what, given in tried.items()
    ]


def answered(web: psycopg.Connection[Any], officer: bytes, given: list[Any]) -> None:
    """Record a row of a contract; raises ``psycopg.Error`` where that did nothing."""
    if value(web, NARROW, [officer, *given]) != "done":
        raise psycopg.Error


def each_audience_signs_before_it_opens(ground: Ground) -> list[Try]:
    """Look for an audience that owes no agreement, and for a rule that opens another's record without one."""
    told = []
    for kind in KINDS:
        cookie = fresh(ground, ground.offices[f"{kind} newcomer"])
        session = hashlib.sha256(cookie.partition("=")[2].encode()).digest()
        with ground.connect("web") as web:
            owed = {row[0] for row in web.execute("select name from wellkept.consent_owed(%s)", [session])}
        told.append(
            refused(
                f"Come in as {PEOPLE[kind]} without the agreement",
                "As somebody who has signed nothing we asked what is owed first.",
                held=f"{kind}-agreement" in owed,
            )
        )
    with ground.connect("proof") as proof:
        bare = proof.execute(
            "select count(*) from wellkept.access_rule"
            " where role not in ('intake', 'jobs', 'mail_room') and relationship <> 'self'"
            " and not 'agreement' = any (needs)"
            # A parent, and whom somebody let see their record, sign the terms of members, which say the same.
            " and not (role = 'member' and 'terms' = any (needs))"
        ).fetchone()
        loose = proof.execute(
            "select count(*) from wellkept.access_rule where role in ('provider', 'employer', 'agent', 'partner')"
            " and relationship not in ('self', 'own_organisation', 'organisation_administrator', 'appointed')"
            " and not 'covered' = any (needs)"
        ).fetchone()
    return [
        *told,
        refused(
            "Find a rule without an agreement to sign",
            "We looked for a rule that opens another's record to somebody who signed nothing.",
            held=bare == (0,),
        ),
        refused(
            "Find a rule without an agreement in force",
            "We looked for a rule that lets an organisation in without one.",
            held=loose == (0,),
        ),
    ]
