"""Tries against the papers of organisations: read by anybody else, read without an entry, read without being listed.

Nothing is sent: what a try writes is rolled back, so that no case waits at the desk for papers of a made-up clinic.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid4

import psycopg

from wellkept.proof import walk
from wellkept.proof.ground import Ground, Member, Try, noop
from wellkept.proof.probes.lock import HOLD, Connection, entered, refusal, refused, secret
from wellkept.proof.probes.site import found

LIST: Final = "/colleagues/papers/openings/"
KEEP: Final = (
    "select wellkept.organisations_keep_paper(%s, %s, '2026-11-22', 'credit', 'x', 'x', 'application/pdf', 1, 1, false,"
    " 'PROBE', current_date)"
)
READ: Final = "select count(*) from wellkept.organisations_paper where person_id = %s"
READ_ONE: Final = "select count(*) from wellkept.organisations_paper where person_id = %s and id = %s"
STAFF: Final = {
    "representative": noop("a representative without a case"),
    "privacy_officer": noop("a privacy officer without a case"),
}
PURPOSES: Final = ("HOPERAT", "PATRQT")


def papers_open_by_ticket_alone(ground: Ground) -> list[Try]:
    """Ask for a made-up clinic's papers as everybody they are not for, and over a bare connection."""
    with ground.connect("web") as web:
        web.autocommit = True
        clinic = office_of(web, secret(ground, ground.offices["provider"]))
        told = [
            refused(
                f"Open a clinic's papers as {who}",
                "We asked the database for each purpose, then looked for the page.",
                held=clinic is not None and shut(ground, web, one, clinic),
            )
            for who, one in others(ground).items()
        ]
        held = clinic is not None and bare(web, clinic)
    return [*told, refused("Read papers without an entry", "We asked the table with nothing open.", held=held)]


def others(ground: Ground) -> dict[str, Member]:
    """Everybody a clinic's papers are not for, by what they are."""
    named = {
        noop("another clinic"): ground.offices["provider other"],
        noop("an employer"): ground.offices["employer"],
        noop("an agent"): ground.offices["agent"],
        noop("a partner"): ground.offices["partner"],
        noop("a member"): ground.members["one"],
    }
    return named | {words: ground.staff[name] for name, words in STAFF.items()}


def office_of(web: Connection, session: bytes) -> UUID | None:
    """The organisation a session acts for."""
    row = web.execute("select id from wellkept.organisations_mine(%s)", [session]).fetchone()
    return UUID(str(row[0])) if row else None


def shut(ground: Ground, web: Connection, one: Member, clinic: UUID) -> bool:
    """Whether no purpose opens the papers, nor the list of who opened them, nor any page."""
    session = secret(ground, one)
    asked = [(purpose, "papers") for purpose in PURPOSES] + [("HOPERAT", "openings")]
    said = [refusal(web, entered(web, session, [clinic], purpose, category)) for purpose, category in asked]
    page = ground.ask(f"/colleagues/papers/of/{clinic}/", cookie=ground.session(one))
    return all(said) and page.status in (302, 403, 404)


def bare(web: Connection, clinic: UUID) -> bool:
    """Whether tables and functions refuse a connection that holds nothing."""
    return all(
        denied(web, statement, given)
        for statement, given in (
            (READ, [clinic]),
            ("select count(*) from wellkept.organisations_paperpart where person_id = %s", [clinic]),
            ("select count(*) from wellkept.organisations_openings(%s, 0, 1)", [clinic]),
            (KEEP, [uuid4(), clinic]),
        )
    )


def denied(web: Connection, statement: str, given: Sequence[object]) -> bool:
    """Whether the database refuses a statement outright."""
    try:
        with web.transaction():
            web.execute(statement, given)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


def customers_of_all_times_read_their_own(ground: Ground) -> list[Try]:
    """Keep a paper and read it back, in a transaction that is undone; look whether a rule asks for a standing."""
    with ground.connect("web") as web:
        web.autocommit = True
        session = secret(ground, ground.offices["provider"])
        clinic = office_of(web, session)
        entry = entered(web, session, [clinic] if clinic else [], "HOPERAT", "papers")
        kept, other = written(web, entry, clinic), uuid4()
        foreign = written(web, entered(web, session, [clinic] if clinic else [], "HOPERAT", "papers"), other)
    with ground.connect("proof") as proof:
        row = proof.execute(
            "select count(distinct r.role), count(distinct r.needs) from wellkept.access_rule r"
            " where r.relationship = 'own_organisation' and r.category = 'papers'"
        ).fetchone()
    return [
        found("Keep an organisation from its own papers", "We kept one, read it back, and undid it.", bad=kept != 1),
        refused("Put a paper among somebody else's", "With our own papers open we named another.", held=foreign == 0),
        found(
            "Find papers that only some customers read",
            "We looked whether the rules for one's own papers ask the same of every kind.",
            bad=row != (4, 1),
        ),
    ]


def written(web: Connection, entry: int, office: UUID | None) -> int:
    """How many papers are found after one was kept, in a transaction that is undone; 0 where none was kept."""
    paper = uuid4()
    with web.transaction(force_rollback=True):
        web.execute(HOLD, [entry])
        answer = web.execute(KEEP, [paper, office]).fetchone()
        row = web.execute(READ_ONE, [office, paper]).fetchone()
    return int(row[0]) if row and answer == ("yes",) else 0


def each_look_at_papers_is_listed(ground: Ground) -> list[Try]:
    """Look at a clinic's papers, ask for them as a stranger, and read the list as who may see it and who may not."""
    clinic, stranger = ground.offices["provider"], ground.offices["provider other"]
    with ground.connect("web") as web:
        web.autocommit = True
        number = office_of(web, secret(ground, clinic))
        before = listed(ground, clinic)
        ground.ask("/colleagues/papers/", cookie=ground.session(ground.offices["provider colleague"]))
        entered(web, secret(ground, stranger), [number] if number else [], "HOPERAT", "papers")
        ben = secret(ground, ground.offices["provider colleague"])
        shut_out = refusal(web, entered(web, ben, [number] if number else [], "HOPERAT", "openings")) == "no rule"
    after = listed(ground, clinic)
    colleague = ground.ask(LIST, cookie=ground.session(ground.offices["provider colleague"]))
    name, strangers = ground.offices["provider colleague"].canaries[0], stranger.canaries[0]
    return [
        found(
            "Look at papers without being listed",
            "A colleague opened the papers; we read the administrators' list.",
            bad=f"{name}, of your organisation, opened your papers." not in after,
        ),
        found(
            "Ask in vain without being listed",
            "Another clinic asked for them; we read the list before and after.",
            bad="Somebody of another organisation asked for your papers." not in after or after == before,
        ),
        found("Read the name of a stranger", "We looked for it in that list.", bad=strangers in after),
        refused(
            "Read the list as a colleague",
            "One who administers nothing opened its page, and asked the database for it.",
            held=colleague.status == 403 and shut_out,
        ),
    ]


def listed(ground: Ground, one: Member) -> str:
    """The list of openings as an administrator reads it, in words."""
    return walk.spoken(ground.ask(LIST, cookie=ground.session(one)).text)
