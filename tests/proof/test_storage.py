"""The tries against the catalogue hold on a sound house, and find a column that no longer says what it holds."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, failed, one
from wellkept.proof.ground import Ground
from wellkept.proof.probes import storage

pytestmark = pytest.mark.database


def test_every_column_says_its_class(ground: Ground) -> None:
    assert failed(storage.every_column_says_its_class, ground) == []


def test_it_finds_a_column_without_a_class(ground: Ground, house: Cluster, altered: Altered) -> None:
    told = "comment on column wellkept.benefits_claim.billed is '{}'"
    with house.administer("wellkept_umr") as connection:
        asked = (
            "select col_description(attrelid, attnum) from pg_attribute"
            " where attrelid = 'wellkept.benefits_claim'::regclass and attname = 'billed'"
        )
        before = one(connection, asked)
    with altered(told.format("what was billed"), told.format(before)):
        assert failed(storage.every_column_says_its_class, ground) == ["Find a column without a class"]


def test_it_finds_records_that_say_they_are_not_confidential(ground: Ground, altered: Altered) -> None:
    told = "comment on table wellkept.benefits_claim is '{}: claims.'"
    with altered(told.format("public"), told.format("phi")):
        assert failed(storage.every_column_says_its_class, ground) == [
            "Find records that say they are not confidential"
        ]
