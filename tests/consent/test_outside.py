"""Authorizations to somebody outside, what leaves under them, and restrictions: exact, and gone when they are ended."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered, flushed, held, number, refusal
from tests.cast import account, session
from tests.cluster import Cluster
from tests.households import settled
from tests.web.member.world import World, hashed, sign_in

pytestmark = pytest.mark.database

OWN = ("identity", "requests", "openings", "coverage", "claims", "sensitive_claims")
AUTHORIZE = (
    "select wellkept.consent_authorize(%s, %s, %s, %s::text[], %s, %s, 'where'::bytea, %s, '2026-11', 'en',"
    " '2026-11-01')"
)
RELEASE = "select wellkept.disclosures_release(%s, %s, %s, %s, %s, %s::text[], %s, 'what'::bytea, %s, %s, '2026-11-01')"
WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
LETTERS = "select count(*) from notices_letter where person_id = %s and kind = 'release' and printed_at is null"


@pytest.fixture(scope="module")
def world(house: Cluster, tmp_path_factory: pytest.TempPathFactory) -> World:
    return settled(house, "umr", tmp_path_factory.mktemp("outside"))


@pytest.fixture(scope="module")
def officer(house: Cluster) -> bytes:
    """A privacy officer who has signed everything: the hash of their session's secret."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        who, secret = account(connection, role="privacy_officer", person=None, actor="Olive O."), f"olive-{uuid4()}"
        session(connection, who, role="privacy_officer", person=None, actor="Olive O.", secret=secret)
        connection.execute(
            "insert into consent_acknowledgement (account_id, document, version, at)"
            " select %s, d.name, d.version, now() from consent_document d where d.audience = 'privacy_officer'",
            [who],
        )
        connection.commit()
    return hashed(secret)


@pytest.fixture(autouse=True)
def nothing(world: World, admin: psycopg.Connection) -> Iterator[None]:
    yield
    people = [list(world.people.values())]
    for table in ("consent_authorization", "consent_restriction", "disclosures_release", "notices_letter"):
        admin.execute(f"delete from {table} where person_id = any (%s)", people)
    for table in ("claim", "filing", "decision"):
        admin.execute(f"update benefits_{table} set restricted = false where person_id = any (%s)", people)


def asked(web: psycopg.Connection, secret: bytes, statement: str, values: list[Any], *, people: Any = None) -> Any:
    why = "HOPERAT" if people else "PATRQT"
    categories = ("identity", "requests") if people else OWN
    with held(web, entered(web, secret, people, *categories, why=why)):
        row = web.execute(statement, values).fetchone()
    assert row
    return row[0]


def authorized(
    web: psycopg.Connection, world: World, who: str, *opens: str, why: str = "HLEGAL", statement: bytes = b"all",
    days: float = 30, whose: str = "",
) -> UUID | None:  # fmt: skip
    made = uuid4()
    values = [
        world.people[whose or who], made, why, list(opens), datetime.now(UTC) + timedelta(days=days), b"who", statement
    ]  # fmt: skip
    return made if asked(web, hashed(world.secrets[who]), AUTHORIZE, values) else None


def released(
    web: psycopg.Connection, world: World, who: str, basis: UUID | None, *opens: str, why: str = "HLEGAL",
    by: str = "authorization", recipient: bytes = b"", conditions: bytes = b"keep it safe", body: bytes = b"letter",
) -> str:  # fmt: skip
    values = [world.people[who], uuid4(), by, basis, why, list(opens), recipient, conditions, body]
    return str(asked(web, hashed(world.secrets[who]), RELEASE, values))


def ended(web: psycopg.Connection, world: World, who: str, word: UUID, whose: str = "") -> bool:
    values = [world.people[whose or who], word]
    return bool(asked(web, hashed(world.secrets[who]), "select wellkept.consent_end_authorization(%s, %s)", values))


def limited(web: psycopg.Connection, world: World, who: str, sort: str, what: str | UUID) -> UUID | None:
    made, about = uuid4(), what if isinstance(what, UUID) else None
    values = [world.people[who], made, sort, None if about else what, about, b"words", date(2026, 12, 1)]
    statement = "select wellkept.consent_ask(%s, %s, %s, %s, %s, %s, %s, '2026-11-01')"
    return made if asked(web, hashed(world.secrets[who]), statement, values) else None


def decided(web: psycopg.Connection, world: World, officer: bytes, who: str, one: UUID, *, granted: bool) -> str:
    values = [world.people[who], one, granted, b"because"]
    statement = "select wellkept.consent_decide(%s, %s, %s, %s)"
    return str(asked(web, officer, statement, values, people=[world.people[who]]))


def let_go(web: psycopg.Connection, world: World, who: str, one: UUID) -> bool:
    values = [world.people[who], one]
    return bool(asked(web, hashed(world.secrets[who]), "select wellkept.consent_end_restriction(%s, %s)", values))


def kinds(admin: psycopg.Connection, person: UUID) -> list[str]:
    rows = admin.execute(
        "select kind from ledger_entry where subjects[1] = %s and kind not in ('opened', 'refused', 'brought')"
        " order by id",
        [person],
    )
    return [kind for (kind,) in rows]


def test_what_a_person_signed_lets_that_out_and_no_more(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    ann = world.people["ann"]
    before = len(kinds(admin, ann))
    word = authorized(web, world, "ann", "claims", "coverage")
    assert released(web, world, "ann", word, "claims") == "sent"
    assert released(web, world, "ann", word, "claims", "coverage") == "sent"
    assert released(web, world, "ann", word, "sensitive_claims") == "no basis"
    assert released(web, world, "ann", word, "claims", "sensitive_claims") == "no basis"
    assert released(web, world, "ann", word, "claims", why="HRESCH") == "no basis"
    assert released(web, world, "ann", word) == "no basis"
    assert number(admin, LETTERS, [ann]) == 2
    assert kinds(admin, ann)[before:] == ["authorized", "released", "released", *["release refused"] * 4]


def test_nothing_leaves_without_its_letter_of_conditions(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    word = authorized(web, world, "ann", "claims")
    for lacking in ({"conditions": b""}, {"body": b""}):
        assert released(web, world, "ann", word, "claims", **lacking) == "no letter"  # type: ignore[arg-type]
    assert number(admin, LETTERS, [world.people["ann"]]) == 0


def test_taken_back_or_run_out_it_lets_nothing_out_and_stops_what_waits(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    ann = world.people["ann"]
    word = authorized(web, world, "ann", "claims")
    assert word
    assert released(web, world, "ann", word, "claims") == "sent"
    assert not ended(web, world, "ben", word)
    assert ended(web, world, "ann", word)
    assert not ended(web, world, "ann", word)
    assert number(admin, LETTERS, [ann]) == 0
    left = admin.execute("select stopped_at is not null from disclosures_release where person_id = %s", [ann])
    assert left.fetchall() == [(True,)]
    assert released(web, world, "ann", word, "claims") == "no basis"
    later = authorized(web, world, "ann", "claims")
    admin.execute("update consent_authorization set expires = now() where id = %s", [later])
    assert released(web, world, "ann", later, "claims") == "no basis"


def test_no_other_basis_lets_anything_out(web: psycopg.Connection, world: World, admin: psycopg.Connection) -> None:
    for basis in ("", "sale", "person", "law", "agreement"):
        assert released(web, world, "ann", uuid4(), "claims", by=basis, recipient=b"x") == "no basis"
    theirs = authorized(web, world, "ben", "claims")
    assert released(web, world, "ann", theirs, "claims") == "no basis"
    assert number(admin, LETTERS, [world.people["ann"]]) == 0


@pytest.mark.parametrize(
    ("opens", "given"),
    [
        (("claims",), {"why": "MARKETING"}),
        (("claims",), {"why": "HMARKT"}),
        (("claims",), {"why": ""}),
        (("claims",), {"days": 400}),
        (("claims",), {"days": -1}),
        (("claims",), {"statement": b""}),
        ((), {}),
        (("identity",), {}),
        (("claims", "messages"), {}),
    ],
)
def test_what_is_no_authorization_is_not_written(
    web: psycopg.Connection, world: World, opens: tuple[str, ...], given: dict[str, Any]
) -> None:
    assert authorized(web, world, "ann", *opens, **given) is None


def test_nobody_signs_for_another(web: psycopg.Connection, world: World) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        authorized(web, world, "ben", "claims", whose="ann")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        authorized(web, world, "ann", "claims", whose="nina")


def test_neither_pages_nor_jobs_put_a_release_past_its_function(web: psycopg.Connection, world: World) -> None:
    ann = world.people["ann"]
    letter = (
        "insert into wellkept.notices_letter (id, person_id, category, collected_under, restricted, kind, body,"
        " made_at) values (%s, %s, 'claims', 'x', false, 'release', 'all', now())"
    )
    row = (
        "insert into wellkept.disclosures_release (id, person_id, category, collected_under, restricted, at, basis,"
        " basis_id, purpose, opens, described, conditions) values (%s, %s, 'openings', 'x', false, now(),"
        " 'authorization', %s, 'HLEGAL', '[]', '', '')"
    )
    for statement, values in ((letter, [uuid4(), ann]), (row, [uuid4(), ann, uuid4()])):
        entry = entered(web, hashed(world.secrets["ann"]), None, *OWN)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), held(web, entry, undo=True):
            web.execute(statement, values)


def test_two_who_end_it_and_send_at_once_leave_nothing_that_waits(
    house: Cluster, web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    word = authorized(web, world, "ann", "claims")
    assert word
    said: list[str] = []

    def send() -> None:
        with house.connect("umr", "web", autocommit=True) as other:
            said.append(released(other, world, "ann", word, "claims"))

    secret = hashed(world.secrets["ann"])
    with held(web, entered(web, secret, None, *OWN)):
        web.execute("select wellkept.consent_end_authorization(%s, %s)", [world.people["ann"], word])
        sender = threading.Thread(target=send)
        sender.start()
        while sender.is_alive() and not number(admin, WAITING):
            pass
    sender.join()
    waits = number(admin, LETTERS, [world.people["ann"]])
    assert (said, waits) == (["no basis"], 0)


# ---- Restrictions


def test_a_granted_restriction_shuts_at_the_next_opening_and_opens_when_it_ends(
    web: psycopg.Connection, world: World, officer: bytes, admin: psycopg.Connection
) -> None:
    nina, ann = world.people["nina"], hashed(world.secrets["ann"])
    one = limited(web, world, "nina", "member", "claims")
    assert one
    with held(web, entered(web, ann, [nina], "claims")):
        assert number(web, "select count(*) from wellkept.benefits_claim") == 2
    assert decided(web, world, officer, "nina", one, granted=True) == "done"
    assert refusal(web, entered(web, ann, [nina], "claims")) == "restricted"
    with held(web, entered(web, ann, [nina], "coverage")):
        pass
    assert not let_go(web, world, "lucas", one)
    assert let_go(web, world, "nina", one)
    with held(web, entered(web, ann, [nina], "claims")):
        pass
    assert kinds(admin, nina)[-3:] == ["restriction asked", "restriction granted", "restriction ended"]


def test_asked_or_declined_it_shuts_nothing(web: psycopg.Connection, world: World, officer: bytes) -> None:
    one = limited(web, world, "nina", "member", "claims")
    assert one
    assert limited(web, world, "nina", "member", "claims") is None
    assert decided(web, world, officer, "nina", one, granted=False) == "done"
    assert decided(web, world, officer, "nina", one, granted=True) == "gone"
    with held(web, entered(web, hashed(world.secrets["ann"]), [world.people["nina"]], "claims")):
        pass


def claim(admin: psycopg.Connection, person: UUID, *, paid: int) -> UUID:
    row = admin.execute(
        "update benefits_claim set paid = %s where id = (select id from benefits_claim where person_id = %s"
        " and category = 'claims' order by id limit 1) returning id",
        [paid, person],
    ).fetchone()
    assert row
    return UUID(str(row[0]))


def test_what_was_paid_for_in_full_must_be_granted_and_shuts_one_claim_for_good(
    web: psycopg.Connection, world: World, officer: bytes, admin: psycopg.Connection
) -> None:
    nina, ann = world.people["nina"], hashed(world.secrets["ann"])
    about = claim(admin, nina, paid=0)
    one = limited(web, world, "nina", "paid", about)
    assert one
    assert decided(web, world, officer, "nina", one, granted=False) == "must"
    assert decided(web, world, officer, "nina", one, granted=True) == "done"
    with held(web, entered(web, ann, [nina], "claims")):
        assert number(web, "select count(*) from wellkept.benefits_claim") == 1
    with held(web, entered(web, hashed(world.secrets["nina"]), None, "claims")):
        assert number(web, "select count(*) from wellkept.benefits_claim") == 2
    admin.execute(
        "insert into benefits_decision (id, person_id, category, collected_under, restricted, claim_id, content,"
        " file_id, set_number, status_code) values (%s, %s, 'claims', 'x', false, %s, '{}', %s, '1', '')",
        [uuid4(), nina, about, uuid4()],
    )
    shut = admin.execute("select restricted from benefits_decision where claim_id = %s", [about]).fetchall()
    assert {row[0] for row in shut} == {True}
    assert let_go(web, world, "nina", one)
    with held(web, entered(web, ann, [nina], "claims")):
        assert number(web, "select count(*) from wellkept.benefits_claim") == 2


def test_of_a_claim_the_plan_paid_a_part_of_a_person_may_say_no(
    web: psycopg.Connection, world: World, officer: bytes, admin: psycopg.Connection
) -> None:
    one = limited(web, world, "nina", "paid", claim(admin, world.people["nina"], paid=10))
    assert one
    assert decided(web, world, officer, "nina", one, granted=False) == "done"
    assert limited(web, world, "nina", "paid", claim(admin, world.people["ann"], paid=0)) is None


def test_only_the_privacy_office_decides(web: psycopg.Connection, world: World, officer: bytes) -> None:
    one = limited(web, world, "nina", "member", "claims")
    assert one
    values = [world.people["nina"], one, True, b"because"]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked(web, hashed(world.secrets["nina"]), "select wellkept.consent_decide(%s, %s, %s, %s)", values)
    entry = flushed(web, entered(web, officer, [world.people["ben"]], "identity", "requests", why="HOPERAT"))
    assert refusal(web, entry) == "no rule"
    lists = web.execute("select count(*) from wellkept.consent_limits(%s)", [hashed(world.secrets["ann"])]).fetchone()
    assert lists == (0,)


def test_a_restriction_for_recipients_stops_what_no_word_of_theirs_sends(
    web: psycopg.Connection, world: World, officer: bytes, admin: psycopg.Connection
) -> None:
    one, word = limited(web, world, "ann", "recipient", "claims"), authorized(web, world, "ann", "claims")
    assert one
    assert decided(web, world, officer, "ann", one, granted=True) == "done"
    assert released(web, world, "ann", word, "claims") == "sent"
    row = admin.execute("select consent_restricts(%s, 'recipient', 'HPAYMT', 'claims')", [world.people["ann"]])
    assert row.fetchone() == (True,)


def test_a_restriction_holds_in_a_joined_record_too_and_no_longer_than_the_join(
    web: psycopg.Connection, world: World, officer: bytes, admin: psycopg.Connection
) -> None:
    asks = "select consent_restricts(%s, 'representative', 'HPAYMT', 'sensitive_claims')"
    said = "select id from consent_deciding(%s, %s, 'HPAYMT', 'sensitive_claims') where kind = 'restriction'"
    limit = limited(web, world, "ann", "representative", "sensitive_claims")
    assert limit
    assert decided(web, world, officer, "ann", limit, granted=True) == "done"
    stella, clerk = world.people["stella"], account(admin, role="representative", person=None, actor="Clara C.")
    one, other = sorted((world.people["ann"], stella))
    assert admin.execute(asks, [stella]).fetchone() == (False,)
    join = uuid4()
    admin.execute(
        "insert into people_join (id, one, other, reason, reason_other, asked_by, asked_actor, confirmed_at,"
        " confirmed_by) values (%s, %s, %s, '', '', %s, 'A', now(), %s)",
        [join, one, other, uuid4(), uuid4()],
    )
    assert admin.execute(asks, [stella]).fetchone() == (True,)
    assert admin.execute(said, [clerk, stella]).fetchall() == [(limit,)]
    admin.execute("update people_join set ended_at = now() where id = %s", [join])
    assert admin.execute(asks, [stella]).fetchone() == (False,)
    assert admin.execute(said, [clerk, stella]).fetchall() == []


def test_it_says_which_word_and_which_restriction_decide(
    web: psycopg.Connection, world: World, officer: bytes, admin: psycopg.Connection
) -> None:
    one = limited(web, world, "nina", "member", "claims")
    assert one
    assert decided(web, world, officer, "nina", one, granted=True) == "done"
    rows = admin.execute(
        "select kind, id from consent_deciding(%s, %s, 'PATRQT', 'claims')",
        [world.accounts["ann"], world.people["nina"]],
    ).fetchall()
    assert ("restriction", one) in rows


def test_whoever_has_no_record_signs_and_restricts_nothing(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    sign_in(admin, world, "nobody", person=uuid4())
    assert authorized(web, world, "nobody", "claims") is None
    assert limited(web, world, "nobody", "member", "claims") is None
