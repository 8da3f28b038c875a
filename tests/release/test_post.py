"""A letter is opened once, and a code that came back never works: tried where no letter waits but ours."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.accounts.asking import forget, printed, rows
from tests.cast import account, session
from tests.cluster import Cluster
from tests.demo.imported import imported
from tests.notices.writing import people, write
from tests.proof.conftest import one
from tests.release.conftest import Told, failed
from wellkept.proof.ground import Try

pytestmark = [pytest.mark.release, pytest.mark.database, pytest.mark.usefixtures("django")]


@pytest.fixture(autouse=True)
def _alone(house: Cluster) -> Iterator[None]:
    imported(house)
    forget(house)
    yield
    forget(house)
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        connection.execute("delete from service_casestep where case_id in"
                           " (select id from service_case where kind = 'address')")  # fmt: skip
        connection.execute("delete from service_case where kind = 'address'")


def posted(house: Cluster, folder: Path) -> list[Try]:
    """Print a letter with a code twice, have it come back, and look what is left of letter and code."""
    (person,) = people(house, 1)
    write(house, person)
    first, second = printed(house, folder), printed(house, folder / "again")
    left = rows(house, "select count(*) from notices_letter where body <> ''")
    (path,) = folder.glob("B-*/R-*.pdf")
    secret = representative(house)
    with house.connect("umr", "web", autocommit=True) as web:
        asked = "select wellkept.notices_returned(%s, %s, current_date, 'TRY')"
        noted = web.execute(asked, [secret, path.stem]).fetchone()
    codes = rows(house, "select count(*) from accounts_accesscode where person_id = %s", person)
    write(house, person)
    third = printed(house, folder / "third")
    return [
        Try(
            "Print a letter a second time",
            "We printed a letter with a made-up code, then printed again, and looked for its text in the database.",
            "Nothing left" if (len(first), second, left) == (1, [], [(0,)]) else "Printed again",
            held=(len(first), second, left) == (1, [], [(0,)]),
        ),
        Try(
            "Use a code from a letter that came back",
            "We typed the reference of that letter at the desk and looked whether its code still stands.",
            "Gone" if (noted, codes) == (("noted",), [(0,)]) else "It stands",
            held=(noted, codes) == (("noted",), [(0,)]),
        ),
        Try(
            "Post another letter to that address",
            "We wrote another letter to the same made-up person, and printed.",
            "It waits" if third == [] else "Posted",
            held=third == [],
        ),
    ]


def representative(house: Cluster) -> bytes:
    """The hash of the secret of a session at the desk."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        made = account(connection, role="representative", person=None, actor="Dana R.")
        connection.execute(
            "insert into consent_acknowledgement (account_id, document, version, at)"
            " select %s, d.name, d.version, now() from consent_document d where d.audience = 'representative'",
            [made],
        )
        return session(connection, made, role="representative", person=None, actor="Dana R.", secret=str(uuid4()))


def test_a_letter_is_opened_once_and_a_code_that_came_back_is_dead(house: Cluster, told: Told, tmp_path: Path) -> None:
    tries = posted(house, tmp_path)
    told("letters-once", tries)
    assert failed(tries) == []


@pytest.mark.parametrize(
    ("function", "taken", "found"),
    [
        ("notices_batch_close", "set body = '', printed_at = now()", "Print a letter a second time"),
        ("notices_come_back", "delete from wellkept.accounts_accesscode c", "Use a code from a letter that came back"),
    ],
)
def test_it_finds_what_does_not_end(house: Cluster, tmp_path: Path, function: str, taken: str, found: str) -> None:
    less = {"set body": "set printed_at = now()", "delete f": "perform 1 from wellkept.accounts_accesscode c"}[
        taken[:8]
    ]
    with house.administer("wellkept_umr") as connection:
        whole = one(connection, f"select pg_get_functiondef('wellkept.{function}'::regproc)")
        assert taken in whole
        connection.execute(whole.replace(taken, less))
        connection.commit()
        try:
            assert found in failed(posted(house, tmp_path))
        finally:
            connection.execute(whole)


def test_it_finds_a_letter_to_an_address_it_came_back_from(house: Cluster, tmp_path: Path) -> None:
    with house.administer("wellkept_umr") as connection:
        whole = one(connection, "select pg_get_functiondef('wellkept.notices_come_back'::regproc)")
        connection.execute(whole.replace("set returned_at = now()", "set returned_at = null"))
        connection.commit()
        try:
            assert "Post another letter to that address" in failed(posted(house, tmp_path))
        finally:
            connection.execute(whole)
