"""Helpers and representatives: what they were given, for as long as it holds, and nobody else's to use."""

import threading
from uuid import uuid4

import psycopg
import pytest

from tests.access.opening import entered, entry_of, held, number, refusal
from tests.cast import session
from tests.cluster import Cluster
from tests.consent.helping import (
    BORN,
    CLAIM,
    EVERYTHING,
    REDEEM,
    dismissed,
    helping,
    later,
    named,
    opens,
    why_not,
)
from tests.web.member.world import World, hashed, sign_in

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("nobody_helps")]


def test_a_helper_opens_what_was_given_and_the_entry_says_as_whom(
    web: psycopg.Connection, world: World, house: Cluster
) -> None:
    assert why_not(web, world, "stella", "ann", "claims") == "no rule"
    helping(web, world, "ann", "stella", "claims")
    entry = entered(web, hashed(world.secrets["stella"]), [world.people["ann"]], "identity", "claims")
    found = entry_of(house, entry)
    assert (found["kind"], found["reason"], found["own"]) == ("opened", "helper", False)
    assert opens(web, world, "stella", "ann", "claims") == 2
    for more in ("coverage", "sensitive_claims"):
        assert why_not(web, world, "stella", "ann", "claims", more) == "no word"
    for more in ("contact", "social_security", "openings", "requests", "enrolment", "diary"):
        assert why_not(web, world, "stella", "ann", more) == "no rule"
    for reader in ("ben", "lucas", "exspouse", "bereft"):
        assert why_not(web, world, reader, "ann", "claims") == "no rule"
    assert why_not(web, world, "ann", "stella", "claims") == "no rule"
    assert why_not(web, world, "stella", "ann", "claims", why="TREAT") == "no rule"


def test_it_ends_at_its_moment_by_either_and_begins_at_its_own(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    made = helping(web, world, "ann", "stella", "claims")
    assert not dismissed(web, world, "lucas", made)
    assert dismissed(web, world, "ann", made)
    assert not dismissed(web, world, "ann", made)
    assert why_not(web, world, "stella", "ann", "claims") == "no rule"
    made = helping(web, world, "ann", "stella", "claims")
    assert not number(web, "select wellkept.consent_resign(%s, %s)::int", [hashed(world.secrets["ben"]), made])
    assert number(web, "select wellkept.consent_resign(%s, %s)::int", [hashed(world.secrets["stella"]), made])
    assert why_not(web, world, "stella", "ann", "claims") == "no rule"
    made = helping(web, world, "ann", "stella", "claims")
    admin.execute("update consent_appointment set expires = now() - interval '1 s' where id = %s", [made])
    assert why_not(web, world, "stella", "ann", "claims") == "no rule"
    helping(web, world, "ann", "stella", "claims", since=later(days=2), until=later(days=4))
    assert why_not(web, world, "stella", "ann", "claims") == "no rule"


def test_nobody_names_a_helper_for_another_or_for_too_long(web: psycopg.Connection, world: World) -> None:
    assert named(web, world, "ann", "claims", until=later(days=400))[2] == "no"
    assert named(web, world, "ann", "claims", until=later(days=-1))[2] == "no"
    assert named(web, world, "ann", "claims", since=later(days=9), until=later(days=8))[2] == "no"
    for bad in ((), ("openings",), ("claims", "contact")):
        assert named(web, world, "ann", *bad)[2] == "no"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        named(web, world, "ann", "claims", person=world.people["ben"])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("select * from wellkept.consent_actsfor").fetchall()


def test_a_session_left_open_names_nobody(web: psycopg.Connection, world: World, admin: psycopg.Connection) -> None:
    ages = "update accounts_session set proved_at = now() - interval '{}' where account_id = %s"
    admin.execute(ages.format("16 min"), [world.accounts["stepchild"]])
    assert named(web, world, "stepchild", "claims")[2] == "prove"
    admin.execute(ages.format("1 min"), [world.accounts["stepchild"]])
    assert named(web, world, "stepchild", "claims")[2] == "yes"


def test_why_names_the_appointment_that_decides(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    made = helping(web, world, "ann", "stella", "claims")
    asked = "select kind, id from consent_deciding(%s, %s, 'PATRQT', %s)"
    pair = [world.accounts["stella"], world.people["ann"]]
    assert admin.execute(asked, [*pair, "claims"]).fetchall() == [("helper", made)]
    assert admin.execute(asked, [*pair, "coverage"]).fetchall() == []


def test_a_code_is_used_once_with_its_birth_date_and_never_for_oneself(web: psycopg.Connection, world: World) -> None:
    _made, code, _said = named(web, world, "ann", "claims")
    assert not number(web, CLAIM, [hashed(world.secrets["ann"]), code, BORN])
    assert not number(web, CLAIM, [hashed(world.secrets["stella"]), code, b"other"])
    assert not number(web, CLAIM, [b"nobody", code, BORN])
    assert number(web, CLAIM, [hashed(world.secrets["stella"]), code, BORN])
    assert not number(web, CLAIM, [hashed(world.secrets["ben"]), code, BORN])
    _made, code, _said = named(web, world, "ann", "claims")
    for _try in range(5):
        assert not number(web, CLAIM, [hashed(world.secrets["ben"]), code, b"other"])
    assert not number(web, CLAIM, [hashed(world.secrets["ben"]), code, BORN])


def test_an_ended_code_does_nothing_and_of_two_racers_one_takes_it_on(
    web: psycopg.Connection, world: World, house: Cluster
) -> None:
    made, code, _said = named(web, world, "ann", "claims")
    assert dismissed(web, world, "ann", made)
    assert not number(web, CLAIM, [hashed(world.secrets["stella"]), code, BORN])
    made, code, _said = named(web, world, "ann", "claims")
    won: list[int] = []

    def take(who: str) -> None:
        with house.connect("umr", "web", autocommit=True) as mine:
            won.append(number(mine, CLAIM, [hashed(world.secrets[who]), code, BORN]))

    racers = [threading.Thread(target=take, args=(who,)) for who in ("stella", "bereft")]
    for one in racers:
        one.start()
    for one in racers:
        one.join()
    assert sorted(map(bool, won)) == [False, True]


def test_ten_helpers_stand_and_no_eleventh(web: psycopg.Connection, world: World) -> None:
    assert [named(web, world, "lucas", "claims")[2] for _one in range(11)] == ["yes"] * 10 + ["full"]


def test_a_helper_who_has_not_signed_opens_nothing_and_owes_it(
    web: psycopg.Connection, world: World, admin: psycopg.Connection
) -> None:
    owed = "select count(*) from wellkept.consent_owed(%s) where name = 'member-helping'"
    unsigned = "delete from consent_acknowledgement where account_id = %s and document = 'member-helping'"
    secret = hashed(world.secrets["bereft"])
    admin.execute(unsigned, [world.accounts["bereft"]])
    assert number(web, owed, [secret]) == 0
    made = helping(web, world, "ann", "bereft", "claims")
    assert number(web, owed, [secret]) == 1
    assert why_not(web, world, "bereft", "ann", "claims").startswith("needs ")
    version = admin.execute(
        "select version from consent_document where name = 'member-helping' order by 1 desc"
    ).fetchone()
    assert version
    assert number(web, "select wellkept.consent_acknowledge(%s, 'member-helping', %s, 'en')::int", [secret, version[0]])
    assert opens(web, world, "bereft", "ann", "claims") == 2
    assert dismissed(web, world, "ann", made)


def test_a_spouse_with_a_word_for_coverage_still_opens_claims_as_helper(web: psycopg.Connection, world: World) -> None:
    """Of two rules that fit, the one whose needs are met decides, whichever has fewer."""
    with held(web, entered(web, hashed(world.secrets["ben"]), None, "identity", "requests")):
        web.execute(
            "select wellkept.consent_give(%s, %s, %s, '{coverage}', %s, ''::bytea, '2026-11-01', 'x', '', 'en')",
            [world.people["ben"], uuid4(), world.people["ann"], later(days=9)],
        )
    assert why_not(web, world, "ann", "ben", "claims") == "no word"
    helping(web, world, "ben", "ann", "claims")
    assert opens(web, world, "ann", "ben", "claims", "coverage") == 2


@pytest.mark.parametrize("teen", ["sixteen_ca", "teen_or", "teen_sc"])
def test_a_minor_names_a_helper_for_what_is_their_own(web: psycopg.Connection, world: World, teen: str) -> None:
    helping(web, world, teen, "stella", "sensitive_claims")
    assert opens(web, world, "stella", teen, "sensitive_claims") == 1
    assert why_not(web, world, "stella", teen, "claims") == "no word"
    assert why_not(web, world, "ben", teen, "sensitive_claims") in ("no rule", "no word")


def test_somebody_without_an_account_makes_one_with_the_code_that_opens_this_alone(
    web: psycopg.Connection, world: World, house: Cluster, admin: psycopg.Connection
) -> None:
    made, code, _said = named(web, world, "ann", *EVERYTHING)
    login = uuid4().bytes
    with house.connect("umr", "entrance", autocommit=True) as entrance:
        assert entrance.execute(REDEEM, [code, b"other", login]).fetchone() == ("no",)
        assert entrance.execute(REDEEM, [code, BORN, login]).fetchone() == ("yes",)
        assert entrance.execute(REDEEM, [code, BORN, uuid4().bytes]).fetchone() == ("no",)
    row = admin.execute(
        "select a.id, a.holder, a.person_id, a.actor, a.role from accounts_account a where a.login = %s", [login]
    ).fetchone()
    assert row
    account, holder, person, actor, role = row
    assert (person, actor, role) == (None, "Ana R.", "member")
    session(admin, account, role="member", person=None, actor=actor, secret="ana")
    admin.execute("update accounts_session set holder = %s where account_id = %s", [holder, account])
    admin.execute(
        "insert into consent_acknowledgement (account_id, document, version, at)"
        " select %s, d.name, d.version, now() from consent_document d where d.audience = 'member'"
        " on conflict do nothing",
        [account],
    )
    secret = hashed("ana")
    with held(web, entered(web, secret, [world.people["ann"]], "identity", *EVERYTHING)):
        assert number(web, "select count(*) from wellkept.benefits_claim") == 3
    for other in ("ben", "nina", "stella"):
        assert refusal(web, entered(web, secret, [world.people[other]], "identity")) == "no rule"
    assert dismissed(web, world, "ann", made)
    assert refusal(web, entered(web, secret, [world.people["ann"]], "claims")) == "no rule"
    admin.execute("delete from accounts_session where account_id = %s", [account])
    admin.execute("update accounts_account set closed_at = now() where id = %s", [account])


def test_what_helpers_did_is_the_persons_alone_to_read(web: psycopg.Connection, world: World) -> None:
    made = helping(web, world, "ann", "stella", "claims")
    assert opens(web, world, "stella", "ann", "claims") == 2
    with held(web, entered(web, hashed(world.secrets["ann"]), None, "identity", "openings")):
        rows = web.execute(
            "select id, categories from wellkept.consent_acted(%s, %s, 10)", [world.people["ann"], made]
        ).fetchall()
    assert [one for one, _what in rows] == [made]
    assert "claims" in rows[0][1]
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        held(
            web, entered(web, hashed(world.secrets["stella"]), [world.people["ann"]], "identity", "claims"), undo=True
        ),
    ):
        web.execute("select * from wellkept.consent_acted(%s, null, 10)", [world.people["ann"]])


def test_whoever_says_this_was_not_me_ends_what_was_given_in_their_name(
    web: psycopg.Connection, world: World, admin: psycopg.Connection, house: Cluster
) -> None:
    ann, until = world.people["ann"], later(days=30)
    before, _latest = helping(web, world, "ann", "stella", "claims"), helping(web, world, "ann", "bereft", "claims")
    _made, code, _said = named(web, world, "ann", "claims")
    admin.execute("update consent_appointment set asked_at = now() - interval '73 hours' where id = %s", [before])
    shared, signed = uuid4(), uuid4()
    give = "select wellkept.consent_give(%s, %s, %s, '{claims}', %s, 'x', 'x', 'x', '', 'en')"
    authorize = "select wellkept.consent_authorize(%s, %s, 'HLEGAL', '{claims}', %s, 'x', 'x', 'x', 'x', 'en', 'x')"
    with held(web, entered(web, hashed(world.secrets["ann"]), None, "identity", "requests", "claims")):
        assert number(web, f"select ({give[7:]})::int", [ann, shared, world.people["ben"], until])
        assert number(web, f"select ({authorize[7:]})::int", [ann, signed, until])
    assert opens(web, world, "ben", "ann", "claims") == 2
    try:
        with house.connect("umr", "entrance", autocommit=True) as entrance:
            said = entrance.execute(
                "select wellkept.accounts_not_me(%s, 'TEST-0001', 'session', false, '')", [hashed(world.secrets["ann"])]
            ).fetchone()
        assert said == ("TEST-0001",)
        assert why_not(web, world, "bereft", "ann", "claims") == "no rule"
        assert why_not(web, world, "ben", "ann", "claims") == "no rule"
        assert not number(web, CLAIM, [hashed(world.secrets["lucas"]), code, BORN])
        gone = "select count(*) from consent_authorization where id = any (%s) and revoked is not null"
        assert number(admin, gone, [[shared, signed]]) == 2
        assert opens(web, world, "stella", "ann", "claims") == 2
        kinds = admin.execute(
            "select kind from ledger_entry where subjects[1] = %s order by id desc limit 12", [ann]
        ).fetchall()
        told = [kind for (kind,) in kinds]
        assert (told.count("helper ended"), told.count("sharing ended"), told.count("authorization ended")) == (2, 1, 1)
    finally:
        sign_in(admin, world, "ann")
        admin.execute("delete from accounts_alarm where number = 'TEST-0001'")
        admin.execute("delete from consent_authorization where person_id = %s", [ann])
        admin.execute("delete from consent_recipient where person_id = %s", [ann])
