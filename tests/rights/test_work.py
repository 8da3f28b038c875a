"""The lists of the privacy office are for officers who have signed what officers sign, and for nobody else (P-25)."""

from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.cluster import Cluster

pytestmark = pytest.mark.database
INTO = "insert into {} (id, person_id, category, collected_under, restricted, asked_at, due_on, {})"
ROW = " values (%s, %s, 'requests', 'x', false, now(), now(), {})"
REQUEST = INTO.format("rights_request", "kind, words") + ROW.format("'question', ''")
LIMIT = INTO.format("consent_restriction", "sort") + ROW.format("'member'")


@pytest.mark.parametrize(("write", "listed"), [(REQUEST, "rights_work"), (LIMIT, "consent_limits")])
def test_an_officer_who_has_not_signed_reads_no_list(house: Cluster, cast: Cast, write: str, listed: str) -> None:
    row, asked = uuid4(), f"select count(*) from {listed}(%s) where id = %s"
    with house.administer("wellkept_umr") as connection:
        connection.autocommit = False
        connection.execute("set search_path = wellkept")
        connection.execute(write, [row, uuid4()])

        def seen(who: str) -> int:
            counted = connection.execute(asked, [cast.secret[who], row]).fetchone()
            assert counted
            return int(counted[0])

        assert seen("privacy_officer") == 1
        assert seen("representative") == seen("subscriber") == 0
        connection.execute(
            "delete from consent_acknowledgement where account_id = %s", [cast.accounts["privacy_officer"]]
        )
        assert seen("privacy_officer") == 0
        connection.rollback()
