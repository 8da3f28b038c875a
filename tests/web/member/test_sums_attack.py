"""What a sum tells by subtraction: nobody reads another's, and whoever left learns nothing of the family (R-17)."""

from uuid import UUID

import psycopg
import pytest

from tests.access.opening import entered, held, number
from tests.cluster import Cluster
from tests.web.member.conftest import Visit
from tests.web.member.household import LAST, YEAR, Household, founded
from tests.web.member.test_totals import seen
from tests.web.member.world import World, hashed

SUMS = "select count(*) from wellkept.benefits_balance where person_id = %s"


@pytest.fixture
def family(house: Cluster, world: World) -> Household:
    return founded(house, world)


def sums(house: Cluster, secret: bytes, person: UUID) -> int:
    """How many sums the web role reads of somebody whose claims the session may open."""
    with house.connect("umr", "web", "records", autocommit=True) as web:
        entry = entered(web, secret, [person], "claims")
        with held(web, entry):
            return number(web, SUMS, [person])


def test_a_parent_reads_no_sum_that_holds_a_child_s_sensitive_care(
    visit: Visit, family: Household, house: Cluster
) -> None:
    child = family.world.people["cleo"]
    family.run("update people_person set own_care_on = current_date + 900 where person_id = %s", child)
    family.terms()
    family.claim("cleo", "20", "20")
    family.claim("cleo", "500", "500", category="sensitive_claims")
    assert "Your family's deductible $520.00" in seen(visit, "cleo")
    family.told("cleo", "520.00")
    assert sums(house, hashed(family.world.secrets["cleo"]), child) == 3
    assert sums(house, hashed(family.world.secrets["ada"]), child) == 0


def test_no_sum_is_kept_that_another_than_its_person_may_read(family: Household) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        family.told("cleo", "1", restricted=False)


def test_whoever_left_the_plan_learns_no_new_sum_of_the_family(visit: Visit, family: Household) -> None:
    family.terms()
    family.claim("ada", "10", "10")
    family.run("update benefits_coverage set ends_on = %s where person_id = %s", YEAR, family.world.people["ben"])
    page = seen(visit, "ben")
    assert "Your family's deductible $" not in page
    assert "Your family's deductible $10.00" in seen(visit, "ada")
    assert str(LAST.year) in page
