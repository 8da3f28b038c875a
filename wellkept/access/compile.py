"""access.toml as the rows the database checks, and the check that the two are the same."""

from typing import Final

import psycopg

from wellkept.policy import practices
from wellkept.policy.shapes import UNLIMITED, Pack
from wellkept.policy.words import Role

Row = tuple[str, str, str, str, str, list[str], str]
ONE_PAGE: Final = 50
ONE_STEP: Final = 500
MACHINES: Final = (Role.INTAKE, Role.JOBS)
SUBSCRIBER: Final = "18"
# Clauses of the two policies that promise the same: what an entry of the gate rests on at each operator.
SAME: Final = (
    ("U-12", "P-07"),
    ("U-19", "P-06"),
    ("U-30", "P-21"),
    ("U-31", "P-01"),
    ("U-35", "P-03"),
    ("U-41", "P-25"),
    ("U-43", "P-19"),
)


def rule_rows(pack: Pack) -> list[Row]:
    """One row a purpose and category: id, role, relationship, purpose, category, needs, clause; sorted."""
    return sorted(
        (rule.id, rule.role.value, rule.relationship, purpose.value, category.value, list(rule.needs), rule.clause)
        for rule in pack.rules
        for purpose in rule.purposes
        for category in rule.categories
    )


def budget_rows(pack: Pack) -> list[tuple[str, int | None, int]]:
    """Role, people an hour (None: no limit), and how many one entry may name; sorted."""
    return sorted(
        (role.value, None if people == UNLIMITED else people, ONE_STEP if role in MACHINES else ONE_PAGE)
        for role, people in pack.budgets.items()
    )


def kin_rows(pack: Pack) -> list[tuple[str, str, str]]:
    """A reader's code, another's, and what the reader is to them; sorted."""
    parents = [(code, child, "parent") for code, children in pack.family.parents.items() for child in children]
    return sorted([*parents, *((code, SUBSCRIBER, "partner") for code in pack.family.partners)])


def clause_rows(pack: Pack) -> list[tuple[str, str]]:
    """Each clause of the other policy with the one of this policy that says the same."""
    pairs = SAME if "P" in pack.promises else tuple((theirs, ours) for ours, theirs in SAME)
    return sorted(pairs)


def place_row(pack: Pack) -> tuple[str, bool]:
    """The time zone, and whether staff show a second factor before anything opens."""
    return pack.time_zone, practices.flag(pack, "staff_second_factor")


def watch_row(pack: Pack) -> tuple[int, int, int]:
    """How many people in an hour stand out, and the hours between which staff work (B-10)."""
    return (
        practices.number(pack, "watch_people_an_hour"),
        practices.number(pack, "watch_from_hour"),
        practices.number(pack, "watch_until_hour"),
    )


def load(connection: psycopg.Connection, pack: Pack) -> None:
    """Replace what the database decides by with the pack's, in one transaction. Runs as the owner."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("delete from wellkept.access_rule")
        cursor.executemany(
            "insert into wellkept.access_rule (id, role, relationship, purpose, category, needs, clause)"
            " values (%s, %s, %s, %s, %s, %s, %s)",
            rule_rows(pack),
        )
        cursor.execute("delete from wellkept.access_budget")
        cursor.executemany(
            "insert into wellkept.access_budget (role, people_an_hour, subjects_an_entry) values (%s, %s, %s)",
            budget_rows(pack),
        )
        cursor.execute("delete from wellkept.access_kin")
        cursor.executemany("insert into wellkept.access_kin (code, other, tie) values (%s, %s, %s)", kin_rows(pack))
        cursor.execute("delete from wellkept.access_place")
        cursor.execute(
            "insert into wellkept.access_place (zone, staff_second_factor) values (%s, %s)", [*place_row(pack)]
        )
        cursor.execute("delete from wellkept.access_unusual")
        cursor.execute(
            "insert into wellkept.access_unusual (people, from_hour, until_hour) values (%s, %s, %s)",
            [*watch_row(pack)],
        )
        cursor.execute("delete from wellkept.ledger_clause")
        cursor.executemany("insert into wellkept.ledger_clause (named, here) values (%s, %s)", clause_rows(pack))


def differences(connection: psycopg.Connection, pack: Pack) -> list[str]:
    """One sentence for each way in which the database decides otherwise than the pack says; empty when they agree."""
    rules = connection.execute(
        "select id, role, relationship, purpose, category, needs, clause from wellkept.access_rule"
    ).fetchall()
    budgets = connection.execute(
        "select role, people_an_hour, subjects_an_entry from wellkept.access_budget"
    ).fetchall()
    kin = connection.execute("select code, other, tie from wellkept.access_kin").fetchall()
    places = connection.execute("select zone, staff_second_factor from wellkept.access_place").fetchall()
    watched = connection.execute("select people, from_hour, until_hour from wellkept.access_unusual").fetchall()
    found = []
    if watched != [watch_row(pack)]:
        found.append("The database watches by other practices than operator.toml: run `wellkept db migrate`.")
    if sorted(kin) != kin_rows(pack) or places != [place_row(pack)]:
        found.append("The database knows other families than access.toml: run `wellkept db migrate`.")
    if sorted(rules) != rule_rows(pack):
        found.append("The database decides by other rules than access.toml: run `wellkept db migrate`.")
    if sorted(budgets) != budget_rows(pack):
        found.append("The database counts by other budgets than access.toml: run `wellkept db migrate`.")
    return found
