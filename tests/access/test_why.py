"""Why something may be opened: from the pack, and from the gate itself, which writes down who asked about whom."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connections
from psycopg import errors
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, on_a_call
from tests.cluster import OPERATORS, Cluster
from wellkept.access.decide import decide
from wellkept.access.explained import DECIDING, Deciding, Explained, explained, in_words, sentences
from wellkept.access.why import EVERYBODY_MAY_ASK, RELATIONSHIPS, Explanation, explain
from wellkept.cli import cluster as server
from wellkept.cli import main
from wellkept.consent.representatives import KINDS
from wellkept.organisations.agreements import KINDS as AGREEMENTS
from wellkept.policy import packs
from wellkept.policy.rules import NEEDS
from wellkept.policy.words import Category, Purpose, Role

CALL = {"role": Role.REPRESENTATIVE, "purpose": Purpose.PAYMENT, "category": Category.CLAIMS}


def told(operator: str, **asked: Any) -> Explanation:
    pack = packs.named(operator)
    return explain(pack, pack.versions[-1].clauses, **asked)


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_explanation_decides_as_the_decision_does(operator: str) -> None:
    pack = packs.named(operator)
    ties = {role: {"none", *(one.relationship for one in pack.rules if one.role == role)} for role in Role}
    for role, purpose, category, met in product(Role, Purpose, Category, ((), NEEDS)):
        for tie in sorted(ties[role]):
            asked: dict[str, Any] = {
                "role": role,
                "relationships": [tie],
                "purpose": purpose,
                "category": category,
                "met": met,
            }
            found, decision = told(operator, **asked), decide(pack, **asked)
            assert (found.allowed, found.rule, found.why) == (decision.allowed, decision.rule, decision.why)
            assert found.allowed == (not found.needed)
            assert found.clause is not None


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_tie_and_every_need_of_the_rules_has_its_words(operator: str) -> None:
    rules = packs.named(operator).rules
    assert {rule.relationship for rule in rules} <= RELATIONSHIPS.keys()
    assert {need for rule in rules for need in rule.needs} <= set(NEEDS)


@pytest.mark.parametrize("kind", [*KINDS, *(kind for kind in AGREEMENTS)])
def test_whatever_stands_behind_a_decision_is_said_in_words(kind: str) -> None:
    assert kind in DECIDING
    assert str(DECIDING[kind]) in in_words(Deciding(kind, uuid4(), None))


def test_it_names_the_clause_of_the_rule_that_allows() -> None:
    found = told("pwer", **CALL, relationships=["case"], met=["agreement"])
    assert (found.allowed, found.rule, found.clause and found.clause.id) == (True, "case-payment", "P-12")


def test_a_clause_that_the_policy_does_not_hold_gives_way_to_the_promise_to_explain() -> None:
    found = told("pwer", **CALL, relationships=["none"])
    assert found.clause is not None
    assert found.clause.id == EVERYBODY_MAY_ASK


def test_it_says_what_is_missing() -> None:
    assert told("umr", **CALL, relationships=["case"]).needed == (
        "They would have to sign the current confidentiality agreement.",
    )
    assert (
        "Rule case-payment would allow it when they are on a call with the person, who was verified."
        in told("umr", **CALL, relationships=["none"]).needed
    )
    nurse = told("umr", role=Role.NURSE, relationships=["self"], purpose=Purpose.TREATMENT, category=Category.DIARY)
    assert nurse.needed == ("No rule lets a nurse open diary at all.",)


def test_a_restriction_refuses_others_and_not_oneself() -> None:
    assert not told("umr", **CALL, relationships=["case"], met=["agreement"], restricted=True).allowed
    own = {"role": Role.MEMBER, "purpose": Purpose.PATIENT_REQUEST, "category": Category.CLAIMS}
    assert told("umr", **own, relationships=["self"], met=["terms"], restricted=True).allowed


def test_the_command_explains_without_a_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WELLKEPT_STATE", str(tmp_path))
    line = "why --operator umr --role representative --relationship case --purpose HPAYMT --category claims"
    done = CliRunner().invoke(main, [*line.split(), "--needs-met", "agreement"])
    assert done.exit_code == 0
    assert done.output.startswith("Yes. Rule case-payment allows it; it serves U-12.\nU-12, ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "line", ["", "--role nurse --account {}", "--account {}", "--person {}", "--role member --person {}"]
)
def test_the_command_asks_for_one_way_or_the_other(line: str) -> None:
    asked = f"why --operator umr --purpose HPAYMT --category claims {line.format(uuid4())}"
    done = CliRunner().invoke(main, asked.split())
    assert done.exit_code == 2
    assert "Say either --role, with --relationship, or --account and --person." in done.output


@pytest.fixture
def proof(house: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django's own connection, as the role that asks why."""
    parts = server.parameters(operator="umr", role="proof", database="records", state=house.state)
    names = {"HOST": "host", "PORT": "port", "NAME": "dbname", "USER": "user", "PASSWORD": "password"}
    before = dict(connections.databases["default"])
    shut()
    connections.databases["default"].update({ours: parts[theirs] for ours, theirs in names.items()})
    with django_db_blocker.unblock():
        yield
        shut()
        connections.databases["default"].update(before)


def shut() -> None:
    """Keep no connection of the role that asked before."""
    default: Any = connections["default"]
    default.close()
    default.close_pool()


Ask = Callable[..., Explained]


@pytest.fixture
def ask(proof: None, cast: Cast) -> Ask:
    """Asks why somebody of the cast may open somebody's record."""

    def asked(
        who: str,
        about: str = "subscriber",
        category: Category = Category.CLAIMS,
        *,
        purpose: Purpose,
        on: UUID | None = None,
    ) -> Explained:
        return explained(
            account=cast.accounts[who], person=cast.people[about], purpose=purpose, category=category, occasion=on
        )

    return asked


@pytest.fixture
def call(administrator: psycopg.Connection, cast: Cast) -> UUID:
    made = on_a_call(administrator, cast, cast.people["subscriber"])
    administrator.commit()
    return made


def test_it_explains_what_the_gate_decides(ask: Ask, administrator: psycopg.Connection, cast: Cast, call: UUID) -> None:
    ways = product(
        ("subscriber", "spouse", "stranger", "representative", "nurse", "privacy_officer"),
        ("subscriber", "stranger"),
        (Purpose.PATIENT_REQUEST, Purpose.PAYMENT, Purpose.TREATMENT),
        (Category.CLAIMS, Category.SENSITIVE_CLAIMS, Category.DIARY),
        (None, call),
    )
    seen = set()
    for who, about, purpose, category, on in ways:
        role, person = ("member", cast.people[who]) if who in cast.people else (who, None)
        decided = administrator.execute(
            "select reason, clause from gate_decide(%s, %s, %s, %s, %s, %s, %s, null)",
            [role, cast.accounts[who], person, [cast.people[about]], purpose.value, [category.value], on],
        ).fetchone()
        found = ask(who, about, category, purpose=purpose, on=on)
        assert (found.reason, found.clause) == decided, (who, about, purpose, category, on)
        assert found.allowed == (found.reason is None and found.own_occasion), (who, about, purpose, category, on)
        seen.add(found.allowed)
    assert seen == {True, False}


def test_it_enters_who_asked_about_whom(ask: Ask, administrator: psycopg.Connection, cast: Cast) -> None:
    ask("nurse", "teenager", purpose=Purpose.TREATMENT)
    entry = administrator.execute(
        "select role, account, subjects, purpose, categories from ledger_entry"
        " where kind = 'explained' order by id desc limit 1"
    ).fetchone()
    assert entry == ("proof", None, [cast.people["teenager"]], "TREAT", ["claims"])


def test_it_tells_ties_needs_session_and_hour(
    ask: Ask, administrator: psycopg.Connection, cast: Cast, call: UUID
) -> None:
    found = ask("representative", purpose=Purpose.PAYMENT, on=call)
    assert (found.role, found.rule, found.needs, found.unmet) == ("representative", "case-payment", ("agreement",), ())
    assert "case" in found.relationships
    assert (found.session_open, found.people_opened, found.people_an_hour) == (True, 0, 60)
    lines = list(sentences(found, purpose=Purpose.PAYMENT, category=Category.CLAIMS))
    assert lines[0] == "Yes. The gate would let this representative open claims for payment (HPAYMT) now."
    assert "Met: agreement." in lines
    account = cast.accounts["representative"]
    administrator.execute("delete from consent_acknowledgement where account_id = %s", [account])
    administrator.execute("update accounts_session set expires = now() where account_id = %s", [account])
    administrator.commit()
    later = ask("representative", purpose=Purpose.PAYMENT, on=call)
    assert (later.unmet, later.session_open, later.allowed) == (("agreement",), False, False)
    said = list(sentences(later, purpose=Purpose.PAYMENT, category=Category.CLAIMS))
    assert "Not met: they would have to sign the current confidentiality agreement." in said
    assert "No session of the account is open." in said


def test_an_occasion_of_somebody_else_is_told_as_such(ask: Ask, call: UUID) -> None:
    found = ask("nurse", purpose=Purpose.PAYMENT, on=call)
    assert not found.own_occasion
    assert "The occasion is not the account's own." in sentences(
        found, purpose=Purpose.PAYMENT, category=Category.CLAIMS
    )


def test_an_account_that_is_not_there_is_told_in_one_sentence(proof: None, cast: Cast) -> None:
    found = explained(account=uuid4(), person=cast.people["child"], purpose=Purpose.PAYMENT, category=Category.CLAIMS)
    assert list(sentences(found, purpose=Purpose.PAYMENT, category=Category.CLAIMS)) == [
        "No. There is no such account."
    ]


BEGIN = "select wellkept.gate_explain_begin(%s, 'HPAYMT', 'claims')"
EXPLAIN = "select role from wellkept.gate_explain(%s, %s, null)"


def test_nothing_is_explained_before_the_question_is_committed(house: Cluster, cast: Cast) -> None:
    person, account = cast.people["subscriber"], cast.accounts["representative"]
    with house.connect("umr", "proof") as asking, house.connect("umr", "proof", autocommit=True) as other:
        row = asking.execute(BEGIN, [person]).fetchone()
        assert row
        with pytest.raises(errors.InsufficientPrivilege):
            asking.execute(EXPLAIN, [row[0], account])
        asking.rollback()
        committed = other.execute(BEGIN, [person]).fetchone()
        assert committed
        with pytest.raises(errors.InsufficientPrivilege):
            asking.execute(EXPLAIN, [committed[0], account])
        assert other.execute(EXPLAIN, [committed[0], account]).fetchone() == ("representative",)


def test_an_opening_explains_nothing(house: Cluster, administrator: psycopg.Connection) -> None:
    opened = administrator.execute("select max(id) from ledger_entry where kind <> 'explained'").fetchone()
    assert opened
    with house.connect("umr", "proof", autocommit=True) as asking, pytest.raises(errors.InsufficientPrivilege):
        asking.execute(EXPLAIN, [opened[0], uuid4()])


@pytest.mark.parametrize("role", ["web", "entrance", "jobs", "intake", "seal", "watch", "mail"])
def test_no_other_role_may_ask(house: Cluster, cast: Cast, role: str) -> None:
    with house.connect("umr", role, autocommit=True) as connection:
        for statement, values in ((BEGIN, [cast.people["child"]]), (EXPLAIN, [1, uuid4()])):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(statement, values)


@pytest.mark.parametrize(
    ("flag", "said"), [("--restricted", "No. The person has had"), ("--narrowed", "No. The contract")]
)
def test_the_command_explains_what_takes_away(flag: str, said: str) -> None:
    line = f"why --operator umr --role representative --relationship case --purpose HPAYMT --category claims {flag}"
    done = CliRunner().invoke(main, [*line.split(), "--needs-met", "agreement"])
    assert done.exit_code == 0
    assert done.output.startswith(said)
