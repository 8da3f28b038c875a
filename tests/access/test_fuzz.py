"""Every function a page may execute, called with whatever comes to mind."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors

from tests.access.opening import CLAIMS
from tests.cast import Cast
from tests.cluster import Cluster

pytestmark = pytest.mark.database

MAY = """
select p.oid::regprocedure::text, array(select format_type(t, null) from unnest(p.proargtypes) t)
  from pg_proc p where p.pronamespace = 'wellkept'::regnamespace and has_function_privilege('umr_web', p.oid, 'execute')
 order by 1
"""
ODD_BYTES = ("{}", r"{{\\x00,\\x01}}", r"[5:5]={\\x00}", "{NULL}")
ODD_ARRAYS = ("{}", "{NULL}", "{{%s}}", "{%s,%s}", "[5:5]={%s}", "[-3:-3]={%s}", "[0:1]={%s,NULL}", "{{%s},{%s}}")
# What a function may answer: its own refusals, and that a value is not of the type it was said to be.
ANSWERS = (
    errors.InsufficientPrivilege,
    errors.CheckViolation,
    errors.DataError,
    errors.ProgramLimitExceeded,
)


def words() -> st.SearchStrategy[str]:
    text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
    known = st.sampled_from(("", "PATRQT", "MEMADMIN", "claims", "openings", "name", "all", "you", "%s", "'; --", "\\"))
    return st.one_of(known, text, st.just("x" * 1_000_000))


def values(kind: str, cast: Cast) -> st.SearchStrategy[Any]:
    """What may stand for an argument of that type, null among it."""
    people = st.one_of(st.sampled_from([*cast.people.values(), *cast.accounts.values()]), st.uuids())
    secrets = st.sampled_from([*cast.secret.values()])
    odd = st.builds(lambda form, one: form.replace("%s", str(one)), st.sampled_from(ODD_ARRAYS), people)
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "uuid": people,
        "bytea": st.one_of(secrets, st.binary(max_size=40), st.just(b"x" * 1_000_000)),
        "text": words(),
        "uuid[]": st.one_of(odd, st.lists(people, max_size=60), st.just(["0" * 32] * 20_000)),
        "bytea[]": st.one_of(
            st.lists(st.one_of(secrets, st.binary(max_size=40), st.none()), max_size=60),
            st.sampled_from(ODD_BYTES),
            st.just([b"x" * 40] * 20_000),
        ),
        "text[]": st.one_of(st.lists(st.one_of(words(), st.none()), max_size=3), st.just(["claims"] * 5_000)),
        "bigint": st.integers(-(2**63), 2**63 - 1),
        "integer": st.integers(-(2**31), 2**31 - 1),
        "boolean": st.booleans(),
        "date": st.sampled_from(("infinity", "-infinity", "0001-01-01", "2026-11-22", "5874897-12-31")),
        "timestamp with time zone": st.sampled_from(("infinity", "-infinity", "epoch", "2026-11-22 01:00+00")),
    }
    return st.one_of(st.none(), kinds[kind])


@pytest.fixture(scope="module")
def functions(house: Cluster) -> list[tuple[str, list[str]]]:
    with house.administer("wellkept_umr") as connection:
        return [(str(name), list(kinds)) for name, kinds in connection.execute(MAY).fetchall()]


@pytest.fixture(scope="module")
def page(house: Cluster) -> Iterator[psycopg.Connection]:
    with house.connect("umr", "web", autocommit=True) as connection:
        yield connection


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_argument_opens_anything_or_breaks_a_function(
    page: psycopg.Connection, functions: list[tuple[str, list[str]]], cast: Cast, data: st.DataObject
) -> None:
    assert len(functions) > 10
    signature, kinds = data.draw(st.sampled_from(functions))
    name = signature.split("(")[0]
    arguments = [data.draw(values(kind, cast)) for kind in kinds]
    if "end_" in name and kinds[0] == "bytea":
        arguments[0] = b"nobody's"  # else the cast would be signed out
    call = f"select wellkept.{name.removeprefix('wellkept.')}({', '.join(f'%s::{kind}' for kind in kinds)})"
    try:
        page.execute(call, arguments).fetchall()
    except ANSWERS:
        pass
    except psycopg.DatabaseError as error:
        if error.sqlstate not in ("WK001", "WK003"):
            raise
    with pytest.raises(errors.InsufficientPrivilege, match="nothing is open"):
        page.execute(CLAIMS)


def test_every_entry_names_its_people_in_a_plain_list(
    page: psycopg.Connection, cast: Cast, administrator: psycopg.Connection
) -> None:
    person = cast.people["subscriber"]
    for form in ODD_ARRAYS[2:]:
        asked = form.replace("%s", str(person))
        row = page.execute(
            "select wellkept.gate_enter(%s, %s::uuid[], 'PATRQT', '{claims}')", [cast.secret["subscriber"], asked]
        ).fetchone()
        assert row
        found = administrator.execute("select subjects, subjects[1] from ledger_entry where id = %s", [row[0]])
        subjects, first = found.fetchone() or ([], None)
        assert (subjects, first) in (([person], person), ([], None)), asked
    bent = "insert into ledger_entry (kind, role, subjects) values ('opened', 'member', %s::uuid[])"
    for form in ("[5:5]={%s}", "{{%s}}"):
        with pytest.raises(errors.CheckViolation):
            administrator.execute(bent, [form.replace("%s", str(UUID(int=7)))])
