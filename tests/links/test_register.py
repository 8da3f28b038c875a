"""A link stands while two different reviewers agree, nothing refuses, and its days run; the database decides it."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError

from tests.cluster import Cluster
from tests.links.officers import PAGE, PARTNERS, TODAY, WORDS, Officers, approved, judged, proposed
from wellkept.links import actions, queries
from wellkept.links.criteria import CRITERIA, REFUSING

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
YESTERDAY = TODAY - timedelta(days=2)  # whatever the time of day and the zone of the operator


def state(officers: Officers, link: UUID) -> str:
    ((found,),) = officers.ask("select state from wellkept.links_state(%s)", link)
    return str(found)


def stands(key: str) -> bool:
    return queries.named([key])[key].stands


def test_a_link_stands_when_two_have_agreed_and_not_before(officers: Officers) -> None:
    key, link = proposed(officers)
    assert not stands(key)
    assert judged(officers, link, "first") == "done"
    assert not stands(key)
    assert judged(officers, link, "second", until=TODAY + timedelta(days=100)) == "done"
    found = queries.named([key])[key]
    assert (found.stands, found.address, found.until) == (True, PAGE.address, TODAY + timedelta(days=100))


def test_of_a_link_that_does_not_stand_pages_learn_the_title_alone(officers: Officers) -> None:
    key, _link = proposed(officers)
    found = queries.named([key])[key]
    assert (found.title, found.address, found.policy_address, found.owner) == (PAGE.title, "", "", "")
    assert key not in {one.key for one in queries.standing()}


def test_the_same_reviewer_counts_once(officers: Officers) -> None:
    key, link = proposed(officers)
    assert [judged(officers, link, "first") for _ in range(2)] == ["done", "twice"]
    assert not stands(key)


def test_the_proposer_may_be_one_of_the_two_and_never_both(officers: Officers) -> None:
    key, link = proposed(officers, by="second")
    assert judged(officers, link, "second") == "done"
    assert judged(officers, link, "second") == "twice"
    assert not stands(key)
    assert judged(officers, link, "third") == "done"
    assert stands(key)


@pytest.mark.parametrize("reason", REFUSING)
def test_one_refusing_criterion_refuses_whatever_else_is_good(officers: Officers, reason: str) -> None:
    key, link = proposed(officers, is_health_content=True, sponsor="Miracle Tea Company")
    assert judged(officers, link, "first") == "done"
    assert judged(officers, link, "second", refusing=[reason], refusing_words="It says so itself.") == "done"
    assert (stands(key), state(officers, link)) == (False, "refused")
    assert judged(officers, link, "third") == "not waiting"


@pytest.mark.parametrize("missing", CRITERIA)
def test_one_criterion_that_is_not_met_refuses(officers: Officers, missing: str) -> None:
    key, link = proposed(officers)
    assert judged(officers, link, "first", met=[name for name in CRITERIA if name != missing]) == "done"
    assert (stands(key), state(officers, link)) == (False, "refused")


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": WORDS | {"scope": " "}},
        {"refusing": ["misleads"], "refusing_words": ""},
        {"refusing": ["something else"], "refusing_words": "It is so."},
        {"met": ["beauty"]},
        {"until": TODAY + timedelta(days=370)},
    ],
)
def test_a_review_without_words_with_an_unknown_criterion_or_for_too_long_is_no_review(
    officers: Officers, wrong: dict[str, object]
) -> None:
    key, link = proposed(officers)
    with pytest.raises(IntegrityError):
        judged(officers, link, "first", **wrong)
    assert judged(officers, link, "second") == "done"
    assert not stands(key)


def test_the_earlier_day_of_both_reviews_ends_it(officers: Officers) -> None:
    key, link = proposed(officers)
    judged(officers, link, "first")
    judged(officers, link, "second", until=YESTERDAY)
    assert (stands(key), state(officers, link)) == (False, "expired")


def test_a_partner_s_link_stands_while_the_agreement_runs(officers: Officers) -> None:
    key, link = approved(officers, agreement=PARTNERS)
    found = queries.named([key])[key]
    assert (found.kind, found.collector, found.mark_allowed) == ("partner", PARTNERS.collector, True)
    officers.ask("update wellkept.links_link set agreement_until = %s where id = %s", YESTERDAY, link)
    assert (stands(key), state(officers, link)) == (False, "ended")
    officers.ask(
        "update wellkept.links_link set agreement_from = current_date + 5, agreement_until = current_date + 9"
        " where id = %s",
        link,
    )
    assert (stands(key), state(officers, link)) == (False, "not begun")


@pytest.mark.parametrize("column", ["agreement", "agreement_from", "agreement_until", "collector"])
def test_no_partner_is_without_its_agreement(officers: Officers, column: str) -> None:
    _key, link = proposed(officers, agreement=PARTNERS)
    with pytest.raises(psycopg.errors.CheckViolation):
        officers.ask(f"update wellkept.links_link set {column} = null where id = %s", link)


@pytest.mark.parametrize(
    "address",
    [
        "http://words.example.org/",
        "https://words.example.org",
        "https://somebody@words.example.org/",
        "https://127.0.0.1/",
        "https://words.example.org:8443/",
        "https://words.example.org/ a",
        "javascript:alert(1)",
        "",
    ],
)
def test_the_table_itself_takes_no_other_address(officers: Officers, address: str) -> None:
    for name in ("address", "policy_address"):
        with pytest.raises(IntegrityError):
            proposed(officers, **{name: address})


def test_a_correction_is_a_new_edition_and_the_old_one_stands_until_it_is_agreed(officers: Officers) -> None:
    key, first = approved(officers)
    _key, second = proposed(officers, key=key, title="Plain words, second edition")
    assert queries.named([key])[key].title == PAGE.title
    judged(officers, second, "first")
    judged(officers, second, "third")
    assert queries.named([key])[key].title == "Plain words, second edition"
    assert state(officers, first) == "replaced"
    assert actions.withdraw(officers.secrets["first"], second, why="It was closed.")
    assert not stands(key)


def test_one_officer_withdraws_at_once(officers: Officers) -> None:
    key, link = approved(officers)
    assert not actions.withdraw(officers.secrets["third"], link, why=" ")
    assert actions.withdraw(officers.secrets["third"], link, why="It sells what visitors tell it.")
    assert (stands(key), state(officers, link)) == (False, "withdrawn")
    assert not actions.withdraw(officers.secrets["third"], link, why="Once more.")


@pytest.mark.parametrize("who", ["representative", "nurse", "administrator", "member", "unsigned"])
def test_nobody_else_proposes_reviews_withdraws_or_reads_the_register(officers: Officers, who: str) -> None:
    key, link = proposed(officers)
    judged(officers, link, "first")
    assert actions.propose(officers.secrets[who], PAGE) is None
    assert judged(officers, link, who) == "no officer"
    assert not actions.withdraw(officers.secrets[who], link, why="I may.")
    assert queries.entries(officers.secrets[who]) == []
    assert queries.editions(officers.secrets[who], link) == []
    assert queries.reviews(officers.secrets[who], link) == []
    assert queries.looks(officers.secrets[who], link) == []
    assert not stands(key)


def test_an_officer_reads_who_reviewed_what_and_when(officers: Officers) -> None:
    _key, link = approved(officers)
    first, second = queries.reviews(officers.secrets["second"], link)
    assert (first.actor, first.mine, second.actor, second.mine) == ("First O.", False, "Second O.", True)
    assert first.words == tuple(WORDS.values())
    (entry,) = queries.editions(officers.secrets["first"], link)
    assert (entry.state, entry.agreed, entry.proposed_actor) == ("standing", 2, "First O.")


@pytest.mark.parametrize("role", ["web", "jobs", "intake", "entrance", "seal", "proof"])
def test_no_role_writes_the_register_past_its_functions(house: Cluster, role: str) -> None:
    for table in ("link", "review", "check"):
        for statement in (f"delete from wellkept.links_{table}", f"select * from wellkept.links_{table}"):
            with house.connect("umr", role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_each_act_is_an_entry_that_names_nobody(officers: Officers) -> None:
    key, link = approved(officers)
    actions.withdraw(officers.secrets["first"], link, why="The test is over.")
    entries = officers.ask(
        "select kind, actor, subjects, clause from wellkept.ledger_entry where reason = %s order by id", key
    )
    assert [(kind, actor) for kind, actor, _subjects, _clause in entries] == [
        ("link proposed", "First O."),
        ("link reviewed", "First O."),
        ("link reviewed", "Second O."),
        ("link withdrawn", "First O."),
    ]
    assert {(tuple(subjects), clause) for _kind, _actor, subjects, clause in entries} == {((), "U-35")}


def test_racing_reviews_of_one_officer_leave_one(house: Cluster, officers: Officers) -> None:
    _key, link = proposed(officers)
    asked = (
        "select wellkept.links_review(%s, %s, '{source,content,workability,design,scope}',"
        " '{good,good,good,good,good}', '{}', '', current_date + 9)"
    )
    with house.connect("umr", "web") as one, house.connect("umr", "web", autocommit=True) as other:
        assert one.execute(asked, [officers.secrets["first"], link]).fetchone() == ("done",)
        other.execute("set lock_timeout = '50ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(asked, [officers.secrets["first"], link])
        one.commit()
        assert other.execute(asked, [officers.secrets["first"], link]).fetchone() == ("twice",)


def test_the_words_of_the_criteria_are_those_of_the_database(officers: Officers) -> None:
    text = " ".join(
        one
        for (one,) in officers.ask(
            "select pg_get_constraintdef(oid) from pg_constraint where conname like 'links_review%%'"
        )
    )
    assert all(f"{name}" in text for name in (*CRITERIA, *REFUSING))
