"""Tries against the lock: as the web role, over its own connection, with a real session of the standing family."""

import hashlib
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from wellkept.policy.words import Category, Purpose, Role
from wellkept.proof.ground import Ground, Member, Try

ENTER: Final = "select wellkept.gate_enter(%s, %s::uuid[], %s, %s::text[], %s::uuid)"
HOLD: Final = "select subjects from wellkept.gate_hold(%s)"
RECORDS: Final = (
    "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
    " where c.relnamespace = 'wellkept'::regnamespace and c.relkind = 'r' and a.attname = 'restricted' and not "
    "a.attisdropped order by 1"
)
BARE: Final = """
select distinct c.relname from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'restricted' and not a.attisdropped
  left join pg_policies p on p.schemaname = 'wellkept' and p.tablename = c.relname and p.policyname = 'opened'
 where c.relnamespace = 'wellkept'::regnamespace and c.relkind = 'r'
   and not (c.relrowsecurity and c.relforcerowsecurity and p.qual is not null and p.qual = p.with_check
     and p.qual like '%held_own()%' and p.qual like '%held_subjects()%' and p.qual like '%held_categories()%')
"""
SECOND: Final = """
select p.tablename from pg_policies p
  join pg_policies o on o.schemaname = p.schemaname and o.tablename = p.tablename and o.policyname = 'opened'
 where p.schemaname = 'wellkept' and p.policyname <> 'opened' and p.roles && o.roles
"""
PHI: Final = (Category.CLAIMS, Category.SENSITIVE_CLAIMS, Category.ASSESSMENT)
Connection = psycopg.Connection[Any]


def secret(ground: Ground, member: Member) -> bytes:
    """The hash of the secret of a session, as the database knows it."""
    return hashlib.sha256(ground.session(member).partition("=")[2].encode()).digest()


def entered(web: Connection, session: bytes, people: list[UUID] | None, purpose: str, category: str) -> int:
    """Step one; returns the entry."""
    row = web.execute(ENTER, [session, people, purpose, [category], None]).fetchone()
    web.execute("select wellkept.gate_flush()")
    return int(row[0]) if row else 0


def refusal(web: Connection, entry: int) -> str:
    """Why an entry opens nothing: the gate's short reason. Empty when it opened."""
    try:
        with web.transaction():
            web.execute(HOLD, [entry])
    except psycopg.DatabaseError as error:
        return error.diag.message_primary or "refused"
    return ""


def refused(name: str, sentence: str, *, held: bool, otherwise: str = "Shown") -> Try:
    """A try that must be refused."""
    return Try(name, sentence, "Refused" if held else otherwise, held)


def shut(web: Connection, table: str) -> bool:
    """Whether a table shows no row to a connection that holds nothing. One that is empty has nothing to refuse."""
    try:
        row = web.execute(f"select 1 from wellkept.{table} limit 1").fetchone()  # noqa: S608  (a name from the catalogue)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return row is None


def nothing_without_an_entry(ground: Ground) -> list[Try]:
    """Read every record table as the pages' own role, with nothing entered."""
    tries = []
    with ground.connect("web") as web:
        tables = [row[0] for row in web.execute(RECORDS).fetchall()]
        open_ones = [table for table in tables if not shut(web, table)]
        tries.append(
            refused(
                "Read records with no entry",
                f"We asked the database for each of its {len(tables)} tables of records as our pages do, without "
                "saying who looks.",
                held=bool(tables) and not open_ones,
            )
        )
        bare = [row[0] for row in (*web.execute(BARE).fetchall(), *web.execute(SECOND).fetchall())]
        tries.append(
            Try(
                "Find a table without its lock",
                "We looked through the database's own list for a table of records without its lock, with a second "
                "way in, or one its owner can pass.",
                "None found" if not bare else "Found",
                held=not bare,
            )
        )
        session = secret(ground, ground.members["one"])
        entry = entered(web, session, None, Purpose.PATIENT_REQUEST, Category.CLAIMS)
        with web.transaction():
            web.execute(HOLD, [entry])
            row = web.execute("select count(*) from wellkept.benefits_claim").fetchone()
        tries.append(
            Try(
                "Read one's own claim with an entry",
                "A made-up member opened their own claim, to see that the lock opens at all.",
                "Shown, and entered" if row == (1,) else "Not shown",
                held=row == (1,),
            )
        )
        tries.append(
            refused("Use an entry twice", "We held the same entry a second time.", held=bool(refusal(web, entry)))
        )
    return tries


def no_rollback_hides_an_opening(ground: Ground) -> list[Try]:
    """Read, roll back, and look whether the entry is still there; then try to read what is not committed."""
    session = secret(ground, ground.members["one"])
    with ground.connect("web") as web:
        entry = entered(web, session, None, Purpose.PATIENT_REQUEST, Category.CLAIMS)
        web.execute("begin")
        web.execute(HOLD, [entry])
        web.execute("select count(*) from wellkept.benefits_claim")
        web.execute("rollback")
        web.execute("begin")
        row = web.execute(ENTER, [session, None, Purpose.PATIENT_REQUEST, [Category.CLAIMS], None]).fetchone()
        try:
            web.execute(HOLD, [row[0] if row else 0])
            uncommitted = False
        except psycopg.errors.InsufficientPrivilege:
            uncommitted = True
        web.execute("rollback")
    with ground.connect("seal") as seal:
        stays = seal.execute("select kind from wellkept.ledger_entry where id = %s", [entry]).fetchone() == ("opened",)
    return [
        Try(
            "Read, then take the page back",
            "We read a made-up claim, undid the page, and looked for the note of it.",
            "Still there" if stays else "Gone",
            held=stays,
        ),
        refused(
            "Read under a note that is not saved yet",
            "We wrote the note and read in one go, so that both could be undone.",
            held=uncommitted,
        ),
    ]


def every_other_purpose_is_refused(ground: Ground) -> list[Try]:
    """Ask for one's own record under every purpose no rule allows, for another's under each, and as our own staff."""
    one, other = ground.members["one"], ground.members["other"]
    session = secret(ground, one)
    allowed = {
        (p, c) for rule in ground.pack.rules if rule.role == "member" for p in rule.purposes for c in rule.categories
    }
    asked = [(p, c) for p in Purpose for c in Category if (p, c) not in allowed]
    with ground.connect("web") as web:
        got = [pair for pair in asked if not refusal(web, entered(web, session, None, *pair))]
        stolen = [
            p for p in Purpose if not refusal(web, entered(web, session, [UUID(other.person)], p, Category.CLAIMS))
        ]
        unknown = refusal(web, entered(web, session, [uuid4()], Purpose.PATIENT_REQUEST, Category.CLAIMS))
        known = refusal(web, entered(web, session, [UUID(other.person)], Purpose.PATIENT_REQUEST, Category.CLAIMS))
        staff = [
            (name, purpose, category)
            for name, reader in ground.staff.items()
            for session in (secret(ground, reader),)
            for purpose in Purpose
            for category in PHI
            if not refusal(web, entered(web, session, [UUID(one.person)], purpose, category))
        ]
        invented = refusal(
            web, entered(web, uuid4().bytes * 2, [UUID(one.person)], Purpose.PATIENT_REQUEST, Category.CLAIMS)
        )
    return [
        refused(
            "Open a record for every other purpose",
            f"A made-up member asked for their record in {len(asked)} ways that no rule allows.",
            held=not got,
        ),
        refused(
            "Open another member's record",
            f"The same member asked for another's claims, for each of {len(Purpose)} purposes.",
            held=not stolen,
        ),
        refused(
            "Open health information as our own staff",
            f"{len(ground.staff)} made-up members of staff asked for it for each of {len(Purpose)} purposes, with "
            "no case, call or request.",
            held=not staff,
        ),
        Try(
            "Find out who is here",
            "We asked for a person who exists and for one who does not, and compared the words.",
            "The same words" if unknown == known else "Different words",
            held=unknown == known,
        ),
        refused(
            "Open a record with an invented session", "We asked with a session that nobody has.", held=bool(invented)
        ),
    ]


def the_database_holds_the_declared_rules(ground: Ground) -> list[Try]:
    """Compare the rules the database decides by with the published file."""
    declared = {
        (rule.id, rule.role, rule.relationship, purpose, category, rule.clause, tuple(rule.needs))
        for rule in ground.pack.rules
        for purpose in rule.purposes
        for category in rule.categories
    }
    asked = "select id, role, relationship, purpose, category, clause, needs from wellkept.access_rule"
    with ground.connect("proof") as proof:
        stands = {(*row[:6], tuple(row[6])) for row in proof.execute(asked).fetchall()}
    extra, missing = stands - declared, declared - stands
    return [
        Try(
            "Find a rule nobody declared",
            "We compared each rule in the database with the file that declares them.",
            "None found" if not extra else "Found",
            held=not extra,
        ),
        Try(
            "Find a declared rule that is gone",
            "We looked for each declared rule in the database.",
            "All there" if not missing else "Missing",
            held=not missing and bool(stands),
        ),
    ]


def a_budget_stops_a_surge(ground: Ground) -> list[Try]:
    """Look at more people in an hour than a representative's work allows: searches that find nobody count as well."""
    session = secret(ground, ground.staff["representative surge"])
    limit = ground.pack.budgets[Role.REPRESENTATIVE]
    search = "select wellkept.gate_search(%s, 'number_birth', %s, 'MEMADMIN')"
    answers = []
    with ground.connect("web") as web:
        for _ in range(limit + 1):
            row = web.execute(search, [session, uuid4().bytes]).fetchone()
            web.execute("select wellkept.gate_flush()")
            answers.append(refusal(web, int(row[0]) if row else 0))
    return [
        refused(
            "Look up one person too many",
            f"A made-up representative looked for {limit + 1} people within an hour.",
            held=answers[-1] == "budget",
        )
    ]


def nothing_opens_without_an_agreement(ground: Ground) -> list[Try]:
    """Whether a rule by which staff open a record lacks an agreement, in the database itself."""
    asked = (
        "select count(*) from wellkept.access_rule where role not in"
        " ('member', 'provider', 'employer', 'agent', 'partner', 'intake', 'jobs', 'mail_room')"
        " and not ('agreement' = any (needs))"
    )
    with ground.connect("proof") as proof:
        bare = proof.execute(asked).fetchone()
    return [
        Try(
            "Find a way around the agreement",
            "We looked for a rule that lets staff open a record before they have signed.",
            "None found" if bare == (0,) else "Found",
            held=bare == (0,),
        )
    ]


def no_purpose_sells(ground: Ground) -> list[Try]:
    """Ask for a record in order to sell, trade, rent, license or market it."""
    session = secret(ground, ground.members["one"])
    words = ("HMARKT", "SALE", "SELL", "TRADE", "RENT", "LICENSE", "LICENCE", "COC", "HPRGRP")
    with ground.connect("web") as web:
        got = [word for word in words if not refusal(web, entered(web, session, None, word, Category.CLAIMS))]
    with ground.connect("proof") as proof:
        known = {row[0] for row in proof.execute("select distinct purpose from wellkept.access_rule").fetchall()}
    return [
        refused(
            "Name a sale as the purpose",
            "We asked for a made-up record under nine words for sale, trade, rent and marketing.",
            held=not got,
        ),
        Try(
            "Find such a purpose in the rules",
            "We read every purpose the database knows.",
            "None found" if known <= set(Purpose) else "Found",
            held=known <= set(Purpose),
        ),
    ]


def the_release_role_reads_nothing(ground: Ground) -> list[Try]:
    """Read every record table as the role that is made for releases."""
    with ground.connect("release") as release:
        tables = [row[0] for row in release.execute(RECORDS).fetchall()]
        got = [table for table in tables if not shut(release, table) or granted(release, table)]
    return [
        refused(
            "Take records out",
            f"We asked for each of {len(tables)} tables as the one role that is made for sending.",
            held=bool(tables) and not got,
        )
    ]


def granted(connection: Connection, table: str) -> bool:
    """Whether this role was given anything of a table, even one column."""
    asked = (
        "select has_any_column_privilege(%s, 'select') or has_any_column_privilege(%s, 'update')"
        " or has_table_privilege(%s, 'insert, delete')"
    )
    return connection.execute(asked, [f"wellkept.{table}"] * 3).fetchone() == (True,)


def no_role_reaches_another_operator(ground: Ground) -> list[Try]:
    """Connect to another operator's records with each of our roles."""
    if ground.other_operator is None:
        return [Try("Reach another operator", "No other operator is installed here.", "Nobody to reach", held=True)]
    reached = []
    roles = ("web", "entrance", "jobs", "mailroom", "intake", "release", "seal", "watch", "mail", "proof")
    for role in roles:
        try:
            ground.connect_across(role, ground.other_operator).close()
        except psycopg.OperationalError:
            continue
        reached.append(role)
    return [
        refused(
            "Reach another operator's records",
            f"We tried to connect as each of our {len(roles)} roles.",
            held=not reached,
            otherwise="Reached",
        )
    ]


def why_agrees_with_the_gate(ground: Ground) -> list[Try]:
    """Compare what the published rules say of a member's own record with what the gate does."""
    session = secret(ground, ground.members["one"])
    wrong = []
    with ground.connect("web") as web:
        for purpose in Purpose:
            for category in Category:
                says = any(
                    rule.role == "member"
                    and rule.relationship == "self"
                    and purpose in rule.purposes
                    and category in rule.categories
                    for rule in ground.pack.rules
                )
                opened = not refusal(web, entered(web, session, None, purpose, category))
                if says != opened:
                    wrong.append((purpose, category))
    total = len(Purpose) * len(Category)
    return [
        Try(
            "Catch an explanation that is not true",
            f"We compared explanation and gate for {total} pairs of purpose and kind of data.",
            "All agree" if not wrong else "They differ",
            held=not wrong,
        )
    ]
