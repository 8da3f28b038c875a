"""Database and Python decide alike over every combination of role, ties, purpose, category, needs and limits.

Here the facts are given, not made of rows: the functions that know them are replaced, in a transaction that is never
committed, by ones that answer what each case says. ``gate_decide`` stays as it is. Each cell (role, purpose, category)
runs over every set of the ties and needs that its rules name, alone and with all others beside, so that one that no
rule names is seen to change nothing.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product
from typing import Any

import psycopg
import pytest

from tests.cluster import OPERATORS, Cluster
from wellkept.access.decide import decide
from wellkept.policy import packs
from wellkept.policy.rules import NEEDS, RELATIONSHIPS
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Category, Purpose, Role

pytestmark = pytest.mark.database
# What each function that knows a fact answers instead, and of which of its arguments it is asked.
TOLD = {
    "gate_relationships(p_account uuid, p_person uuid, p_subject uuid, p_occasion uuid) returns text[]": (
        "g.ties", "p_account",
    ),
    "gate_need_met(p_need text, p_role text, p_account uuid, p_subject uuid, p_purpose text, p_category text)"
    " returns boolean": ("p_need = any (g.met)", "p_account"),
    "consent_restricts(p_subject uuid, p_role text, p_purpose text, p_category text) returns boolean": (
        "g.restricted", "p_subject",
    ),
    "consent_in_their_place(p_account uuid, p_subject uuid, p_purpose text, p_category text) returns boolean": (
        "g.instead", "p_account",
    ),
    "organisations_narrows(p_subject uuid, p_role text, p_purpose text, p_category text) returns boolean": (
        "g.narrowed", "p_subject",
    ),
}  # fmt: skip
GIVEN = (
    "create temporary table given (n uuid primary key, ties text[], met text[], restricted boolean,"
    " instead boolean, narrowed boolean);"
    " grant select on given to public"
)
FACTS = "; ".join(
    f"create or replace function wellkept.{head} language plpgsql stable as"
    f" $$ begin return (select {answer} from pg_temp.given g where g.n = {asked}); end $$"
    for head, (answer, asked) in TOLD.items()
)
GIVE = """
insert into pg_temp.given select x.n, x.ties, x.met, x.restricted, x.instead, x.narrowed
  from json_to_recordset(%s) x (n uuid, ties text[], met text[], restricted boolean, instead boolean, narrowed boolean)
"""
DECIDE = """
select d.reason is null, d.clause
  from json_to_recordset(%s) x (i int, given uuid, role text, purpose text, category text, said text)
  cross join lateral wellkept.gate_decide(
    x.role, x.given, null, array[x.given], x.purpose, array[x.category], null, x.said) d
 order by x.i
"""
Case = tuple[Role, Purpose, Category, tuple[str, ...], tuple[str, ...], bool, bool, bool, str | None]


@pytest.fixture(params=OPERATORS)
def judge(house: Cluster, request: pytest.FixtureRequest) -> Iterator[tuple[Pack, psycopg.Connection]]:
    """An operator's pack, and its database with facts that are given."""
    with house.administer(f"wellkept_{request.param}") as connection, connection.transaction(force_rollback=True):
        connection.execute(GIVEN)
        connection.execute(FACTS)
        yield packs.named(request.param), connection


def sets(words: Sequence[str], all_words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every set of ``words``, alone and with everything of ``all_words`` that is not among them."""
    others = tuple(one for one in all_words if one not in words)
    for found in chain.from_iterable(combinations(words, size) for size in range(len(words) + 1)):
        yield found
        if others:
            yield (*found, *others)


def cases(pack: Pack) -> Iterator[Case]:
    """Every cell, with every set of ties and of needs its rules name, and every limit, met or not."""
    # Whom it does not bind is asked of what is restricted alone.
    flags = tuple(one for one in product((False, True), repeat=3) if one[0] or not one[1])
    for role, purpose, category in product(Role, Purpose, Category):
        rules = [
            one for one in pack.rules if one.role == role and purpose in one.purposes and category in one.categories
        ]
        ties = sorted({one.relationship for one in rules})
        needs = sorted({need for one in rules for need in one.needs})
        for found, met, (no, instead, less) in product(sets(ties, RELATIONSHIPS), sets(needs, NEEDS), flags):
            yield role, purpose, category, found, met, no, instead, less, None
        # What a machine or a search says of itself is its one tie.
        for said, (no, instead, less) in product(ties, flags):
            yield role, purpose, category, (said,), tuple(needs), no, instead, less, said


def in_the_database(connection: psycopg.Connection, asked: Sequence[Case]) -> list[tuple[bool, str]]:
    """What ``gate_decide`` says of each, in order. Cases that are given the same facts share them."""
    known: dict[tuple[Any, ...], str] = {}
    rows = []
    for i, (role, purpose, category, ties, met, restricted, instead, narrowed, said) in enumerate(asked):
        facts = (ties, met, restricted, instead, narrowed)
        number = known.setdefault(facts, f"00000000-0000-4000-8000-{len(known):012x}")
        rows.append({"i": i, "given": number, "role": role, "purpose": purpose, "category": category, "said": said})
    given = [
        {
            "n": number,
            "ties": list(ties),
            "met": list(met),
            "restricted": restricted,
            "instead": instead,
            "narrowed": narrowed,
        }
        for (ties, met, restricted, instead, narrowed), number in known.items()
    ]
    # Arrays travel in JSON as arrays; PostgreSQL reads them as text[].
    connection.execute(GIVE, [json.dumps(given)])
    answers = connection.execute(DECIDE, [json.dumps(rows)]).fetchall()
    return [(bool(allowed), str(clause)) for allowed, clause in answers]


def in_python(pack: Pack, case: Case) -> tuple[bool, str]:
    role, purpose, category, ties, met, restricted, instead, narrowed, _said = case
    found = decide(
        pack,
        role=role,
        relationships=ties,
        purpose=purpose,
        category=category,
        met=met,
        restricted=restricted,
        in_their_place=instead,
        narrowed=narrowed,
    )
    return found.allowed, found.clause


def test_both_decide_alike_over_every_combination(judge: tuple[Pack, psycopg.Connection]) -> None:
    pack, connection = judge
    asked = list(cases(pack))
    answers = in_the_database(connection, asked)
    assert len(answers) == len(asked)
    wrong = [(case, answer) for case, answer in zip(asked, answers, strict=True) if in_python(pack, case) != answer]
    assert wrong[:3] == []
    refusals = {clause for allowed, clause in answers if not allowed}
    assert refusals >= {"U-12", "P-25", "U-19", "R-04", "U-13"}


def test_every_rule_of_the_pack_allows_something_and_is_the_one_that_decides(
    judge: tuple[Pack, psycopg.Connection],
) -> None:
    """A rule that no combination reaches would be a promise to nobody."""
    pack, connection = judge
    asked: list[Case] = [
        (rule.role, purpose, category, (rule.relationship,), rule.needs, False, False, False, rule.relationship)
        for rule in pack.rules
        for purpose in rule.purposes
        for category in rule.categories
    ]
    expected = [(True, rule.clause) for rule in pack.rules for _purpose in rule.purposes for _kind in rule.categories]
    assert in_the_database(connection, asked) == expected


def test_a_rule_that_is_taken_away_is_found(judge: tuple[Pack, psycopg.Connection]) -> None:
    pack, connection = judge
    asked = [case for case in cases(pack) if case[0] in (Role.REPRESENTATIVE, Role.NURSE)]
    connection.execute("delete from wellkept.access_rule where id = 'case-payment'")
    answers = in_the_database(connection, asked)
    wrong = [case for case, answer in zip(asked, answers, strict=True) if in_python(pack, case) != answer]
    assert {(case[0], case[1]) for case in wrong} == {(Role.REPRESENTATIVE, Purpose.PAYMENT)}
