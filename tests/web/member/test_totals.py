"""How far one is in the plan year: the plan's word first, one's own claims, and of the family one figure (R-17)."""

import re
from datetime import timedelta
from html import unescape

import psycopg
import pytest

from tests.cluster import Cluster
from tests.web.member import book
from tests.web.member.conftest import Visit
from tests.web.member.household import LAST, MONTH, YEAR, Household, founded
from tests.web.member.world import World, hashed

TOTALS = "/member/totals/"


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.decode())))


@pytest.fixture
def family(house: Cluster, world: World) -> Household:
    return founded(house, world)


def seen(visit: Visit, name: str, **asked: int) -> str:
    answer = visit(name).get(TOTALS, asked)
    assert answer.status_code == 200
    return text(answer.content)


def test_nothing_told_and_nothing_decided_says_so_and_no_zero(visit: Visit, family: Household) -> None:
    page = seen(visit, "zoe")
    assert "Nothing is counted yet" in page
    assert "Your plan has not told us its deductible" in page
    assert "$" not in page


def test_the_plan_s_word_wins_over_what_we_add_up_and_says_of_which_day_it_is(visit: Visit, family: Household) -> None:
    family.terms(deductible_person=500, out_of_pocket_person=4000)
    family.claim("ada", "111.11", "222.22")
    family.told("ada", "312.40", as_of=LAST)
    page = seen(visit, "ada")
    assert "$187.60 is left of your deductible." in page
    assert "Your deductible $312.40 of $500.00" in page
    assert f"Told by your plan, as of {LAST:%B} {LAST.day}, {LAST.year}." in page
    assert "Your out-of-pocket maximum $222.22 of $4,000.00" in page
    assert "Added up from your claims" in page
    assert "$111.11 of" not in page


def test_a_figure_above_its_limit_says_it_is_reached(visit: Visit, family: Household) -> None:
    family.terms(deductible_person=500)
    family.told("ada", "530")
    page = visit("ada").get(TOTALS).content.decode()
    assert "The limit is reached. The count is above it by $30.00." in text(page.encode())
    assert 'class="is" width="100"' in page


def test_two_networks_each_have_their_figure_and_what_we_add_up_is_set_against_neither(
    visit: Visit, family: Household
) -> None:
    family.terms(deductible_person=500)
    family.terms(network="out", deductible_person=1500)
    family.claim("ada", "0", "60")
    family.told("ada", "100")
    family.told("ada", "40", network="out")
    page = seen(visit, "ada")
    assert page.index("In the network") < page.index("Outside the network") < page.index("All offices together")
    assert "$100.00 of $500.00" in page
    assert "$40.00 of $1,500.00" in page
    assert "Claims do not say which offices are in the network" in page


def test_each_own_claim_stands_with_what_it_counts_newest_decision_first(visit: Visit, family: Household) -> None:
    family.terms()
    older = family.claim("ada", "50", "70", decided=LAST - timedelta(days=20))
    newer = family.claim("ada", "0", "30", category="sensitive_claims")
    family.claim("ada", "999", "999", decided=YEAR - timedelta(days=3))
    family.claim("ada", "888", "888", status="reversed")
    page = visit("ada").get(TOTALS).content.decode()
    assert page.index(str(newer)) < page.index(str(older))
    assert "$50.00" in page
    assert "$70.00" in page
    assert "$999.00" not in page
    assert "$888.00" not in page
    assert "Your out-of-pocket maximum $100.00" in text(page.encode())


def test_a_long_year_has_pages(visit: Visit, family: Household) -> None:
    family.terms()
    for number in range(23):
        family.claim("ada", "1", "1", decided=LAST - timedelta(days=number))
    assert "1 to 20 of 23" in seen(visit, "ada")
    assert "21 to 23 of 23" in seen(visit, "ada", page=2)
    assert visit("ada").get(TOTALS, {"page": 3}).status_code == 404


def test_nobody_sees_a_movement_of_another_adult(visit: Visit, family: Household) -> None:
    family.terms()
    family.claim("ada", "10", "10")
    family.claim("zoe", "1000", "1000")
    hers = [family.claim("ben", "123.45", "234.56"), family.claim("cleo", "7", "7")]
    page = visit("ada").get(TOTALS).content.decode()
    for one in hers:
        assert str(one) not in page
    for amount in ("$123.45", "$234.56", "$7.00"):
        assert amount not in page
    assert "Your family's deductible $140.45" in text(page.encode())
    assert f"Added up from claims, as of {LAST:%B} {LAST.day}, {LAST.year}." in text(page.encode())


def test_a_family_s_sum_ends_with_last_month_and_does_not_move_within_one(visit: Visit, family: Household) -> None:
    family.terms()
    family.claim("ada", "10", "10")
    family.claim("ben", "20", "20")
    family.claim("ben", "300", "300", decided=MONTH, served_from=LAST)
    assert "Your family's deductible $30.00" in seen(visit, "ada")
    family.claim("ben", "40", "40")
    assert "Your family's deductible $30.00" in seen(visit, "ada"), "a late file tells nobody whose care it was"
    family.run("update benefits_balance set as_of = as_of - 31 where person_id = %s", family.world.people["ada"])
    assert "Your family's deductible $70.00" in seen(visit, "ada")


def test_sensitive_and_restricted_care_of_others_is_in_no_sum_of_ours(visit: Visit, family: Household) -> None:
    family.terms()
    family.claim("ben", "20", "20")
    family.claim("ben", "500", "500", category="sensitive_claims")
    family.claim("ben", "600", "600", restricted=True)
    assert "Your family's deductible $20.00" in seen(visit, "ada")
    assert "Your family's deductible $1,120.00" in seen(visit, "ben")


def test_whoever_shut_their_claims_to_the_family_is_in_no_sum_of_ours(visit: Visit, family: Household) -> None:
    family.terms()
    family.claim("ada", "10", "10")
    family.claim("ben", "20", "20")
    ben = family.world.people["ben"]
    family.run(
        "insert into consent_restriction (id, person_id, category, collected_under, restricted, role, opens, sort,"
        " since) values (gen_random_uuid(), %s, 'requests', 'x', false, 'member', 'claims', 'member', now())",
        ben,
    )
    try:
        assert "Your family's deductible $10.00" in seen(visit, "ada")
        assert "Your family's deductible $30.00" in seen(visit, "ben")
    finally:
        family.run("delete from consent_restriction where person_id = %s", ben)


def test_a_family_s_figure_that_the_plan_told_is_shown_as_told(visit: Visit, family: Household) -> None:
    family.terms()
    family.claim("ben", "20", "20")
    family.told("ada", "845.10", scope="family")
    page = seen(visit, "ada")
    assert "Your family's deductible $845.10" in page
    assert "$20.00" not in page.split("Your family's out-of-pocket")[0]


def test_somebody_alone_or_of_another_household_has_no_sum_of_anybody(visit: Visit, family: Household) -> None:
    family.terms()
    family.claim("ada", "10", "10")
    family.claim("zoe", "5", "5")
    page = seen(visit, "zoe")
    assert "Your deductible $5.00" in page
    assert "Your family's deductible $" not in page
    assert "$10.00" not in page


def test_a_stranger_and_a_signed_out_browser_are_shown_nothing(visit: Visit, family: Household) -> None:
    family.terms()
    family.claim("ada", "10.77", "10.77")
    assert visit("nobody at all").get(TOTALS).status_code == 302
    assert "$10.77" not in seen(visit, "stella")
    assert visit("ada").get(TOTALS, {"plan": 2}).status_code == 404


def test_the_page_is_one_entry_about_oneself_alone(visit: Visit, family: Household, house: Cluster) -> None:
    browser, before = visit("ada"), book.last(house)
    assert browser.get(TOTALS).status_code == 200
    (entry,) = book.since(house, before)
    assert entry.subjects == [family.world.people["ada"]]
    assert set(entry.categories) == {"identity", "coverage", "claims", "sensitive_claims"}


def test_the_web_role_learns_of_a_family_only_through_its_own_opening(family: Household, house: Cluster) -> None:
    family.claim("ben", "20", "20")
    with house.connect("umr", "web", "records", autocommit=True) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select wellkept.benefits_add_up_family()")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from wellkept.benefits_household(%s)", [[family.world.people["ada"]]])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("insert into wellkept.benefits_balance (id) values (gen_random_uuid())")


def test_an_opening_without_claims_adds_up_nothing(family: Household, house: Cluster) -> None:
    family.terms()
    family.claim("ben", "20", "20")
    secret = hashed(family.world.secrets["ada"])
    for categories, rows in ((["coverage"], 0), (["claims"], 2)):
        with house.connect("umr", "web", "records", autocommit=True) as connection:
            entry = connection.execute(
                "select wellkept.gate_enter(%s, null, 'PATRQT', %s)", [secret, categories]
            ).fetchone()
            connection.execute("select wellkept.gate_flush()")
            with connection.transaction():
                connection.execute("select wellkept.gate_hold(%s)", entry)
                connection.execute("select wellkept.benefits_add_up_family()")
        ada = family.world.people["ada"]
        assert len(family.run("select 1 from benefits_balance where person_id = %s", ada)) == rows


def test_coverage_shows_what_the_plan_says_care_costs(visit: Visit, family: Household) -> None:
    family.terms(deductible_person=500, coinsurance=20, copay=None)
    family.terms(network="out", deductible_person=1500)
    family.terms(service="primary care", covered=True, copay=30)
    family.terms(service="vision", covered=False, note="Ask for the vision plan")
    family.terms(service="preventive", covered=True, copay=0)
    page = text(visit("ada").get("/member/coverage/").content)
    assert "Gold in a plan year" in page
    for said in (
        "Deductible, one person $500.00 $1,500.00",
        "Deductible, family not told not told",
        "Preventive care Nothing to pay not told",
        "Primary care visit $30.00 a visit not told",
        "Vision care Not covered Ask for the vision plan not told",
        "All other care 20% after the deductible not told",
    ):
        assert said in page, said


def test_of_a_group_s_plans_the_one_the_coverage_names_is_shown(visit: Visit, family: Household) -> None:
    family.terms(name="GOLD", deductible_person=500)
    family.terms(name="Silver", deductible_person=2500)
    page = text(visit("ada").get("/member/coverage/").content)
    assert "$500.00" in page
    assert "$2,500.00" not in page


def test_coverage_says_plainly_what_no_plan_has_told(visit: Visit, family: Household) -> None:
    assert "Your plan has not told us." in text(visit("ada").get("/member/coverage/").content)
