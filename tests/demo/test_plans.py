"""The plans and balances of the book agree with its claims, and are tables that the imports read whole."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from wellkept.demo.book import book
from wellkept.demo.plans import balances_csv, plans_csv
from wellkept.demo.scenes import LAKES, ROWAN
from wellkept.exchange.tables import balances, plans, reading
from wellkept.exchange.tables.columns import Column
from wellkept.exchange.tables.reading import Row
from wellkept.intake.balances import Said

DAY = date(2026, 11, 22)
UNTIL = date(2026, 10, 31)


def rows(path: Path, columns: tuple[Column, ...]) -> list[Row]:
    told = list(reading.opened(path, columns).rows)
    assert [one for one in told if not isinstance(one, Row)] == []
    return [one for one in told if isinstance(one, Row)]


def told(path: Path) -> list[Said]:
    return [balances.balance(row, today=DAY) for row in rows(path, balances.BALANCES)]


def test_every_employer_s_plans_can_be_read_whole(tmp_path: Path) -> None:
    for scene in (LAKES, ROWAN):
        count = plans_csv(tmp_path / "plans.csv", scene, DAY)
        terms = [plans.terms(row, today=DAY) for row in rows(tmp_path / "plans.csv", plans.PLANS)]
        assert len(terms) == count == len({one.id for one in terms})
        assert len({one.plan_id for one in terms}) == len(scene.employers)
        assert {one.name for one in terms} == set(scene.plans)


def test_a_family_s_figure_is_the_sum_of_its_people_s(tmp_path: Path) -> None:
    balances_csv(tmp_path / "b.csv", LAKES, members=200, claims_a_member=5.0, seed=3, today=DAY)
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for one in told(tmp_path / "b.csv"):
        sums[one.number, one.kind, one.scope] += one.amount
    families = {number for number, _, scope in sums if scope == "family"}
    assert len(families) > 20
    for number in families:
        for kind in ("deductible", "out_of_pocket"):
            assert sums[number, kind, "family"] == sums[number, kind, "person"]
    assert any(amount > 0 for (_, kind, _), amount in sums.items() if kind == "deductible")


def test_the_last_employer_tells_no_balances(tmp_path: Path) -> None:
    balances_csv(tmp_path / "b.csv", LAKES, members=300, claims_a_member=1.0, seed=3, today=DAY)
    groups = {one.group for one in told(tmp_path / "b.csv")}
    assert groups == {employer.group for employer in LAKES.employers[:-1]}
    assert {one.as_of for one in told(tmp_path / "b.csv")} == {UNTIL}


def test_in_january_the_balances_are_of_the_new_year(tmp_path: Path) -> None:
    first = date(2027, 1, 9)
    balances_csv(tmp_path / "b.csv", LAKES, members=60, claims_a_member=5.0, seed=3, today=first)
    said = [balances.balance(row, today=first) for row in rows(tmp_path / "b.csv", balances.BALANCES)]
    assert {(one.year_begins, one.as_of) for one in said} == {(date(2027, 1, 1), date(2027, 1, 1))}


def test_the_book_and_its_balances_name_the_same_people(tmp_path: Path) -> None:
    made = book(tmp_path, members=40, claims_a_member=1.0, seed=3, today=DAY)
    balances_csv(tmp_path / "b.csv", LAKES, members=40, claims_a_member=1.0, seed=3, today=DAY)
    numbers = {one.number for one in told(tmp_path / "b.csv")}
    assert {one.number for one in made.people.values() if one.part in ("subscriber", "spouse")} <= numbers
