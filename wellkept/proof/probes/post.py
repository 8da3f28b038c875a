"""Tries against letters: who can read one, what is left of one that was printed, and whose a reference is."""

from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from wellkept.proof.ground import Ground, Member, Try
from wellkept.proof.probes.lock import refused, secret

OTHERS: Final = ("web", "entrance", "jobs", "intake", "release", "seal", "watch", "proof")
READ: Final = "select body from wellkept.notices_letter"
EMPTY: Final = "update wellkept.notices_letter set body = ''"
TAKEN: Final = (
    READ,
    EMPTY,
    "select wellkept.notices_batch_begin('B-PROBE', 0)",
    "select * from wellkept.notices_batch_letters('B-PROBE')",
    "select wellkept.notices_batch_close('B-PROBE', '{}', 0, 0, '')",
    "select * from wellkept.notices_reference",
)
ENTER: Final = "select wellkept.gate_enter_machine(%s::uuid[], 'MEMADMIN', %s::text[], %s, 'letter')"
LEFT: Final = "select count(*) from wellkept.notices_letter where printed_at is not null and body <> ''"
WRITES: Final = ["identity", "contact"]
KINDS: Final = [*WRITES, "coverage", "claims", "sensitive_claims"]
CLOSED: Final = (EMPTY, "select * from wellkept.notices_reference")
Connection = psycopg.Connection[Any]


def the_mail_room_alone_reads_letters(ground: Ground) -> list[Try]:
    """Read, empty and take letters as every other role; as the mail room without a note; and look at printed ones."""
    one = ground.members["one"]
    got = [role for role in OTHERS if reaches(ground, role)]
    with ground.connect("jobs") as jobs, ground.connect("mailroom") as room:
        more = opened(jobs, one, KINDS)
        jobs.rollback()
        written = opened(jobs, one, WRITES) and any(answers(jobs, statement) for statement in (READ, EMPTY))
        unopened = bool(rows(room, READ)) or any(answers(room, statement) for statement in CLOSED)
        seen = opened(room, one, KINDS)
        left = room.execute(LEFT).fetchone() if seen else None
    return [
        refused(
            "Read a letter as another part of the program",
            f"We tried to read, empty and take letters as each of {len(OTHERS)} other roles.",
            held=not got,
        ),
        refused(
            "Read what a letter says where it was written",
            "We asked, as the role that writes letters, to open a made-up member's letters with all they may tell.",
            held=not more and not written,
        ),
        refused(
            "Read one in the mail room without a note",
            "We tried the same as the mail room, before anything was noted.",
            held=not unopened,
        ),
        Try(
            "Read a letter a second time",
            "The mail room opened a made-up member and looked for a printed letter that still says something.",
            "Nothing found" if left == (0,) else "Found" if left else "Not opened",
            held=left == (0,),
        ),
    ]


def a_reference_tells_nothing(ground: Ground) -> list[Try]:
    """Type made-up references: signed out, as a member, as a representative; and ask the database without a session."""
    form = {"references": "R-00000000\nR-ZZZZZZZZ"}
    desk, mine = ground.session(ground.staff["representative"]), ground.session(ground.members["one"])
    token = ground.token(ground.ask("/desk/returned/", cookie=desk).text)
    said = ground.ask("/desk/returned/", form=form | {"token": token}, cookie=desk)
    own = ground.token(ground.ask("/member/contact/", cookie=mine).text)
    shut = [
        ground.ask("/desk/returned/", form=form),
        ground.ask("/desk/returned/", form=form | {"token": own}, cookie=mine),
    ]
    asked = "select wellkept.notices_returned(%s, 'R-00000000', current_date, 'x')"
    with ground.connect("web") as web:
        direct = [answers(web, asked, given) for given in (b"\0", secret(ground, ground.members["one"]))]
    known = said.status == 200 and "R-00000000" in said.text and "R-ZZZZZZZZ" in said.text
    return [
        Try(
            "Guess a reference",
            "A made-up representative typed two references that no letter bears.",
            "Not known" if known else "Taken",
            held=known,
        ),
        refused(
            "Say that a letter came back as somebody else",
            "We tried it signed out, as a made-up member, and past the page.",
            held=all(one.status in (302, 403) for one in shut) and not any(direct),
            otherwise="Taken",
        ),
    ]


def reaches(ground: Ground, role: str) -> bool:
    """Whether a role may do anything of what the mail room alone does."""
    with ground.connect(role) as connection:
        return any(answers(connection, statement) for statement in TAKEN)


def answers(connection: Connection, statement: str, *given: object) -> bool:
    """Whether the database does what it is asked; what it does is undone."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement, given or None)
    except psycopg.DatabaseError:
        return False
    return True


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    """What the database shows; nothing where it refuses."""
    try:
        with connection.transaction(force_rollback=True):
            return connection.execute(statement).fetchall()
    except psycopg.DatabaseError:
        return []


def opened(connection: Connection, member: Member, categories: list[str]) -> bool:
    """Open a member as that machine, for the rest of the connection's transaction; whether it was allowed."""
    connection.autocommit, run = True, uuid4()
    connection.execute("select wellkept.gate_begin(%s, 'job', 'letters')", [run])
    row = connection.execute(ENTER, [[UUID(member.person)], categories, run]).fetchone()
    connection.execute("select wellkept.gate_flush()")
    connection.autocommit = False
    try:
        connection.execute("select wellkept.gate_hold(%s)", [row[0] if row else 0])
    except psycopg.DatabaseError:
        connection.rollback()
        return False
    return True
