"""A request is sealed, has a due day, is read by whose it is and answered once by a person."""

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from tests.cast import Cast
from tests.cluster import Cluster
from wellkept.access import queries as access
from wellkept.policy.words import Category, Key, Purpose, Refused
from wellkept.rights import actions, queries

CHICAGO = ZoneInfo("America/Chicago")
MONDAY = datetime(2026, 3, 2, 16, tzinfo=UTC)
ANSWERED = datetime(2026, 3, 4, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _here(django: None, house: Cluster, settings: Settings) -> None:
    settings.WELLKEPT_STATE = house.state


def asked(key: Key, words: str = "canary-of-a-request") -> UUID:
    return actions.ask(
        key, kind="question", entry=None, words=words, days=5, tz=CHICAGO, collected_under="2026-11-01", now=MONDAY
    )


def own(cast: Cast, name: str) -> AbstractContextManager[Key]:
    return access.enter(cast.secret[name], purpose=Purpose.PATIENT_REQUEST, categories=[Category.REQUESTS])


def officer(cast: Cast, name: str) -> AbstractContextManager[Key]:
    return access.enter(
        cast.secret["privacy_officer"],
        purpose=Purpose.OPERATIONS,
        categories=[Category.REQUESTS],
        subjects=[cast.people[name]],
    )


def test_it_is_read_by_whose_it_is_and_by_nobody_else(cast: Cast, house: Cluster) -> None:
    with own(cast, "subscriber") as key:
        number = asked(key)
    with own(cast, "subscriber") as key:
        found = queries.request(key, number)
        assert found is not None
        assert (found.words, found.due_on, found.answered_at, found.answer) == (
            "canary-of-a-request",
            date(2026, 3, 9),
            None,
            "",
        )
        assert number in {one.id for one in queries.requests(key)}
    with own(cast, "spouse") as key:
        assert queries.request(key, number) is None
    with house.administer("wellkept_umr") as connection:
        row = connection.execute("select words from wellkept.rights_request where id = %s", [number]).fetchone()
    assert row is not None
    assert b"canary" not in bytes(row[0])


def test_a_person_answers_once_and_the_asker_reads_it(cast: Cast) -> None:
    person = cast.people["spouse"]
    with own(cast, "spouse") as key:
        number = asked(key)
    with officer(cast, "spouse") as key:
        answer = partial(actions.answer, key, person=person, number=number, by="Privacy_Officer", now=ANSWERED)
        assert answer(words="We looked.")
        assert not answer(words="Again.")
    with own(cast, "spouse") as key:
        found = queries.request(key, number)
    assert found is not None
    assert (found.answer, found.answered_by, found.answered_at) == ("We looked.", "Privacy_Officer", ANSWERED)


def test_nobody_opens_requests_of_a_person_who_asked_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match="policy"), officer(cast, "child"):
        pass


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 4001])
def test_words_that_are_missing_or_too_many_can_be_mended(words: str, cast: Cast) -> None:
    with own(cast, "subscriber") as key:
        before = len(queries.requests(key))
        with pytest.raises(ValidationError, match="Please"):
            asked(key, words)
        assert len(queries.requests(key)) == before
