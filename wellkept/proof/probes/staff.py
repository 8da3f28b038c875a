"""Tries against who works here: give a role alone, come in by one factor, invite by a page, decide and read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from wellkept.policy import packs
from wellkept.policy.words import Category, Purpose, Role
from wellkept.proof.family import canary
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.lock import refusal, refused, secret

ACTOR: Final = "Standing probe"
ASK: Final = "select wellkept.accounts_ask_staff(%s, 'change', %s, 'auditor', null, null)"
DECIDE: Final = "select wellkept.accounts_decide_staff(%s, %s, true, null, null, null)"
BEGIN: Final = "select wellkept.accounts_begin_session(%s, %s, '5 minutes', '5 minutes', null, %s, 'password', '')"
ENTER: Final = "select wellkept.gate_enter(%s, %s::uuid[], %s, %s::text[], null)"
INVITE: Final = "select wellkept.accounts_invite_staff('nurse', %s, 'Nobody', %s, 1)"
BACK: Final = "/sign-in/openid/back/"


@contextmanager
def deciders(ground: Ground) -> Iterator[tuple[psycopg.Connection[Any], bytes, bytes, dict[str, UUID]]]:
    """Two access administrators at work, and the standing family's staff by role; afterwards all is as it was."""
    first, second = (
        secret(ground, ground.staff[name]) for name in ("access_administrator", "access_administrator other")
    )
    with ground.connect("web") as web, web.transaction(force_rollback=True):
        found = web.execute("select role, account, actor from wellkept.accounts_staff(%s)", [first]).fetchall()
        yield web, first, second, {role: account for role, account, actor in found if actor == ACTOR}


def said(web: psycopg.Connection[Any], statement: str, given: Sequence[object]) -> str:
    """What a function answers; what the database itself refuses is an answer too."""
    try:
        with web.transaction():
            row = web.execute(statement, list(given)).fetchone()
    except psycopg.errors.CheckViolation:
        return "refused by the table"
    return str(row[0]) if row else ""


def a_role_takes_two(ground: Ground) -> list[Try]:
    """Ask for another role for a made-up nurse and decide it alone, then about oneself, then twice as the second."""
    with deciders(ground) as (web, first, second, staff):
        own = web.execute("select account from wellkept.accounts_staff(%s) where mine", [first]).fetchone()
        about = said(web, ASK, [first, own[0] if own else None])
        asked = said(web, ASK, [first, staff.get(Role.NURSE)])
        rows = web.execute(
            "select id from wellkept.accounts_staff_changes(%s) where mine and outcome is null", [first]
        ).fetchall()
        change = rows[0][0] if rows else None
        alone, other, again = (said(web, DECIDE, [one, change]) for one in (first, second, second))
    return [
        refused(
            "Give a role alone",
            "A made-up access administrator asked for another role for a nurse, and agreed to it themself.",
            held=asked == "yes" and alone != "yes",
        ),
        refused(
            "Give oneself another role",
            "The access administrator asked for another role of their own.",
            held=about == "own",
        ),
        Try(
            "Decide it as the second person",
            "A second access administrator agreed, and then agreed once more.",
            "Done once" if (other, again) == ("yes", "gone") else "Otherwise",
            held=(other, again) == ("yes", "gone"),
        ),
    ]


def one_factor_opens_nothing(ground: Ground) -> list[Try]:
    """Begin a session of a made-up nurse by a password alone, as the entrance would, and ask for their own contact."""
    with deciders(ground) as (_web, _first, _second, staff):
        nurse = staff.get(Role.NURSE)
    session, version = uuid4().bytes * 2, packs.now_in_force(ground.pack).version
    with ground.connect("entrance") as entrance, ground.connect("web") as web:
        entrance.execute(BEGIN, [nurse, session, version])
        entrance.commit()
        try:
            row = web.execute(ENTER, [session, None, "PATRQT", ["contact"]]).fetchone()
            web.execute("select wellkept.gate_flush()")
            why = refusal(web, int(row[0]) if row else 0)
        finally:
            entrance.execute("select wellkept.accounts_end_session(%s)", [session])
            entrance.commit()
    return [
        refused(
            "Work with a password alone",
            "We let a made-up nurse sign in by one factor and open their own address.",
            held=why == "second factor",
        )
    ]


def no_page_invites_anybody(ground: Ground) -> list[Try]:
    """Invite somebody under each role that pages have."""
    held = [denied(ground, role) for role in ("web", "entrance")]
    return [
        refused(
            "Invite somebody as a page",
            "Under both roles that pages have, we tried to invite somebody to work here.",
            held=all(held),
        )
    ]


def denied(ground: Ground, role: str) -> bool:
    """Whether that role may not invite."""
    with ground.connect(role) as connection:
        try:
            connection.execute(INVITE, [uuid4().bytes, uuid4().bytes])
        except psycopg.errors.InsufficientPrivilege:
            return True
        finally:
            connection.rollback()
    return False


def who_decides_opens_nobody(ground: Ground) -> list[Try]:
    """Ask for a member's record as an access administrator: every kind of data, and for every purpose."""
    session, person = secret(ground, ground.staff["access_administrator"]), UUID(ground.members["other"].person)
    asked = [("MEMADMIN", one.value) for one in Category] + [(one.value, "claims") for one in Purpose]
    opened = []
    with ground.connect("web") as web:
        for purpose, category in asked:
            row = web.execute(ENTER, [session, [person], purpose, [category]]).fetchone()
            web.execute("select wellkept.gate_flush()")
            opened.append(refusal(web, int(row[0]) if row else 0) != "no rule")
            web.rollback()
    return [
        refused(
            "Open a record as who gives roles",
            f"A made-up access administrator asked {len(asked)} times, for every kind of data and every purpose.",
            held=not any(opened),
        )
    ]


def an_answer_nobody_asked_for_opens_nothing(ground: Ground) -> list[Try]:
    """Come back from a sign-on without having set out: with made-up answers, and with a cookie of our own making."""
    query = f"?code={canary()}&state={canary()}"
    name = ground.session(ground.members["one"]).partition("=")[0]
    answers = [ground.ask(BACK + query), ground.ask(BACK + query, cookie=f"{name}={canary(40)}"), ground.ask(BACK)]
    out = ground.ask("/sign-in/openid/out/", form={"logout_token": f"{canary()}.{canary()}.{canary()}"}, own=False)
    led = [one for one in answers if one.status != 302 or one.headers.get("location") != "/sign-in/openid/failed/"]
    given = [one for one in answers if one.cookies]
    return [
        refused(
            "Come in by an answer nobody asked for",
            f"We came back from a sign-on {len(answers)} times without having set out.",
            held=not led and not given,
        ),
        refused(
            "Sign somebody out by a forged message",
            "We sent a made-up message as if a sign-on had written it.",
            held=out.status == 400,
        ),
    ]
