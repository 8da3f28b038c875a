"""What we hold is declared whole: every table, every form and each of its fields, in words (U-46)."""

import hashlib
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
import pytest
from django.forms import Field
from django.utils.translation import override

import wellkept.web
from tests.cast import Cast
from tests.cluster import OPERATORS, Cluster
from wellkept.benefits.prescribed import FORMS
from wellkept.policy import cookies, counters, held, packs
from wellkept.policy.asked import Asks
from wellkept.policy.kinds import KINDS, MEANT, PURPOSES, READERS
from wellkept.policy.words import Category, Purpose
from wellkept.statistics.dimensions import DIMENSIONS
from wellkept.web.member.claims import SEARCH
from wellkept.web.member.papers import PAPERS
from wellkept.web.member.prescribed import Filled, asks
from wellkept.web.operations.splits import PARTS
from wellkept.web.shell.forms import Form

COLUMNS = """
select c.relname, a.attname, c.relrowsecurity from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p', 'f') and not c.relispartition
"""
GIVEN_OUT = Path(__file__).parent / "forms_given.txt"
NOTHING = Asks("", "", "", {})
# Read by functions of the gate for whom the rules of their categories name; no page reads them itself.
BY_FUNCTIONS = {"inquiries_inquiry", "ledger_entry", "ledger_occasion"}
# What other forms are made of; no page shows them as they are.
UNFINISHED = {"Addressed", "Typed", "Filled", "Path", "Organised"}
# These are told more when they are made; their fields stand in the class.
GIVEN = {"HowForm", "Looking", "Paid", "Reading", "Sharing"}


@pytest.fixture(params=OPERATORS)
def databases(house: Cluster, request: pytest.FixtureRequest) -> list[tuple[str, str, bool]]:
    """Every column of the records and the keys: table, name, and whether its rows are locked."""
    rows: list[tuple[str, str, bool]] = []
    for database in (f"wellkept_{request.param}", f"wellkept_{request.param}_keys"):
        with house.administer(database) as connection:
            rows += connection.execute(COLUMNS).fetchall()
    return rows


def forms() -> dict[str, Asks]:
    """What each form of the portal says of itself, by the name of its class."""
    for found in pkgutil.walk_packages(wellkept.web.__path__, "wellkept.web."):
        if ".migrations" not in found.name:
            importlib.import_module(found.name)
    return {
        f"{one.__module__}.{one.__name__}": one.asks if hasattr(one, "asks") else NOTHING
        for one in subclasses(Form)
        if one.__name__ not in UNFINISHED and one.__module__.startswith("wellkept.")
    }


def subclasses(of: type[Form]) -> Iterator[type[Form]]:
    for one in of.__subclasses__():
        yield one
        yield from subclasses(one)


def fields(name: str) -> dict[str, bool]:
    """The fields of a form, those that it makes for itself too, and which of them nobody sees."""
    module, _, kind = name.rpartition(".")
    form = getattr(importlib.import_module(module), kind)
    found = form.base_fields if kind in GIVEN else form().fields
    return {field: one.widget.is_hidden for field, one in found.items()}


@pytest.mark.database
def test_every_table_is_declared_in_one_service_and_no_other(databases: list[tuple[str, str, bool]]) -> None:
    stands = {table for table, _, _ in databases}
    assert sorted(stands - set(held.KEPT)) == []
    assert sorted(set(held.KEPT) - stands) == []
    assert sum(len(area.kept) for area in held.AREAS) == len(held.KEPT)


@pytest.mark.database
def test_what_is_locked_is_read_by_rules_and_the_rest_says_who_sees_it(
    databases: list[tuple[str, str, bool]],
) -> None:
    locked = {table for table, column, lock in databases if lock and column == "category"}
    assert [table for table in locked if held.KEPT[table].seen or not held.KEPT[table].categories] == []
    assert {one.table for one in held.KEPT.values() if not one.seen} - locked == BY_FUNCTIONS


def test_everything_says_how_long_and_who_brought_it() -> None:
    assert [one.table for one in held.KEPT.values() if not (one.lasts or one.categories) or not one.brought] == []


@pytest.mark.database
def test_no_row_is_of_a_kind_its_table_does_not_declare(cast: Cast, house: Cluster) -> None:
    with house.administer("wellkept_umr") as connection:
        for table in records(connection):
            found = {row[0] for row in connection.execute(f"select distinct category from wellkept.{table}").fetchall()}
            assert found <= set(held.KEPT[table].categories), table


def records(connection: psycopg.Connection) -> list[str]:
    asked = "select distinct t.relname from (" + COLUMNS + ") t where t.attname = 'category' and t.relrowsecurity"
    return [str(row[0]) for row in connection.execute(asked).fetchall()]


def test_every_form_says_what_it_asks_and_why() -> None:
    silent = [name for name, said in forms().items() if said is NOTHING]
    assert silent == []
    assert len(forms()) > 15


def test_every_field_of_a_form_is_named_and_nothing_else() -> None:
    for name, said in forms().items():
        seen = {field for field, hidden in fields(name).items() if not (hidden and field in said.beside)}
        assert seen == set(said.keeps), name


def test_every_answer_is_kept_where_its_form_says(databases: list[tuple[str, str, bool]]) -> None:
    columns = {f"{table}.{column}" for table, column, _ in databases}
    whole = [*forms().values(), *map(asks, FORMS.values()), SEARCH, PAPERS, PARTS]
    assert sorted({column for one in whole for column in one.keeps.values() if column} - columns) == []
    assert {one.area for one in whole} <= set(held.BY_ID)


def test_a_form_that_was_given_out_is_never_changed_under_its_version() -> None:
    """What changes needs a new version in ``asks`` and a line of its own in forms_given.txt; old lines stay (U-17)."""
    given = dict(line.rsplit(" ", 1) for line in GIVEN_OUT.read_text(encoding="utf-8").splitlines())
    now = {f"{said.form} {said.version}": digest(name) for name, said in forms().items()}
    now |= {f"{one.name} {one.version}": digest_of(Filled(one).fields) for one in FORMS.values()}
    assert len(now) == len(forms()) + len(FORMS)
    assert {name: found for name, found in now.items() if given.get(name) != found} == {}


def digest(name: str) -> str:
    """A form in one number: its fields, their words in English, and which may be left out."""
    module, _, kind = name.rpartition(".")
    form = getattr(importlib.import_module(module), kind)
    return digest_of(form.base_fields if kind in GIVEN else form().fields)


def digest_of(found: Mapping[str, Field]) -> str:
    with override("en"):
        said = "|".join(f"{name}:{one.label}:{one.required}" for name, one in found.items())
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def test_a_prescribed_form_names_each_of_its_questions() -> None:
    for form in FORMS.values():
        filled = Filled(form)
        assert set(filled.asks.keeps) == set(filled.fields)
        assert filled.asks.version == form.version


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_rule_has_its_words(operator: str) -> None:
    pack = packs.named(operator)
    assert [rule.id for rule in pack.rules if (rule.role, rule.relationship) not in READERS] == []
    assert (set(KINDS), set(PURPOSES)) == (set(Category), set(Purpose))
    assert set(MEANT) >= {"phi", "financial", "trade secret", "personal"}


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_service_rests_on_a_promise_of_this_policy(operator: str) -> None:
    known = {clause.id for clause in packs.named(operator).versions[-1].clauses}
    assert [area.id for area in held.AREAS if not held.clause_of(area, known)] == []


def test_every_dimension_of_visits_is_a_counter() -> None:
    declared = {one.name: set(one.at) for one in counters.COUNTERS if one.at}
    assert declared == {one.name: set(one.at) for one in DIMENSIONS}


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_cookie_is_listed_where_the_operator_turns_it_on(operator: str) -> None:
    pack = packs.named(operator)
    names = {one.name(pack, secure=True) for one in cookies.of(pack)}
    assert f"__Host-{operator}_session" in names
    assert (f"__Host-{operator}_visits" in names) == pack.practices["return_visit_cookie"]
    assert (f"__Host-{operator}_preferences" in names) == pack.practices["preferences_cookie"]
