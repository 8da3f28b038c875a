"""The pages of agreements in a real browser: faultless by axe, narrow and wide, with and without something on them."""

from uuid import uuid4

import pytest

from tests.accounts.offices import Office
from tests.cluster import Cluster
from tests.links.officers import TODAY, Officers
from tests.web.colleagues.conftest import visit  # noqa: F401  (pytest passes the fixture)
from tests.web.colleagues.test_browser import Sit, browser, look, sit  # noqa: F401  (pytest passes the fixtures)
from tests.web.desk.test_browser import is_well
from tests.web.going import follow
from tests.web.privacy.test_agreements import PAPER, named, officers, offices  # noqa: F401  (pytest passes the fixtures)

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
HERE = "/privacy/agreements/"


@pytest.fixture
def officer(house: Cluster, officers: Officers) -> Office:  # noqa: F811
    """The first officer, as the browser's fixture knows people."""
    return Office(house, uuid4(), "privacy_officer", secrets={"first": officers.plain["first"]})


def fill_day(page, name: str, day) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for box, value in (("month", day.month), ("day", day.day), ("year", day.year)):
        page.fill(f"[name={name}_{box}]", str(value))


def test_from_the_list_to_the_end_of_an_agreement(sit: Sit, officer: Office, offices: dict[str, Office]) -> None:  # noqa: F811
    page, office = sit(officer, "first"), offices["partner"]
    for place in (HERE, f"{HERE}contracts/", f"{HERE}contracts/narrow/"):
        page.goto(place)
        is_well(page)
        look(page, f"agreements-{place.strip('/').rpartition('/')[2]}")
    page.goto(f"{HERE}record/")
    is_well(page)
    page.fill("#id_q", named("partner", office))
    follow(page.get_by_role("button", name="Find it"))
    is_well(page)
    look(page, "agreements-found")
    follow(page.get_by_role("link", name=named("partner", office)))
    follow(page.get_by_role("button", name="Record it"))
    is_well(page)
    look(page, "agreements-wrong")
    page.check("[name=kind][value=business_associate]")
    page.fill("#id_number", "BA-2026-18")
    for name in ("coverage", "claims"):
        page.check(f"[name=categories][value={name}]")
    page.check("[name=purposes][value=HOPERAT]")
    fill_day(page, "begins", TODAY)
    fill_day(page, "ends", TODAY.replace(year=TODAY.year + 1, day=1))
    page.set_input_files("[name=paper]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PAPER})
    follow(page.get_by_role("button", name="Record it"))
    assert "BA-2026-18" in page.content()
    is_well(page)
    look(page, "agreements-one")
    page.goto(HERE)
    is_well(page)
    look(page, "agreements-list")
    theirs = sit(office, "Ana Ortiz")
    theirs.goto("/colleagues/agreements/")
    is_well(theirs)
    look(theirs, "agreements-theirs")
    theirs.goto("/colleagues/terms/")
    is_well(theirs)
    page.goto(HERE)
    follow(page.get_by_role("link", name=named("partner", office)).first)
    follow(page.get_by_role("link", name="End it now"))
    is_well(page)
    page.fill("#id_why", "They were bought by somebody else.")
    follow(page.get_by_role("button", name="End it now"))
    is_well(page)
    theirs.goto("/colleagues/agreements/")
    is_well(theirs)
    look(theirs, "agreements-over")
