"""What is told and what becomes of it, in a real browser: faultless by axe, narrow and wide, without a script."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.cluster import Cluster
from tests.files import papers
from tests.web.desk.staff import Staff
from tests.web.desk.test_browser import RULES, Sit, browser, is_well_in_spanish, sit  # noqa: F401  (fixtures)
from tests.web.going import follow

pytestmark = pytest.mark.browser
# Where somebody wants to look at the pages, a folder for their pictures.
PICTURES = os.environ.get("WELLKEPT_TEST_PICTURES", "")


class Looked:
    """What axe and the edge of the page say of every page that was looked at, at both widths."""

    def __init__(self) -> None:
        self.found: list[tuple[str, int, str]] = []

    def at(self, page: Page, name: str) -> None:
        for width in (320, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
            self.found += [(name, width, str(one["id"])) for one in violations]
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                self.found.append((name, width, "runs out at twice the text"))
            page.evaluate("document.documentElement.style.fontSize = ''")
        is_well_in_spanish(page)


def filled(page: Page) -> None:
    page.get_by_label("A pharmacy").check()
    page.get_by_label("Who gave the care?").fill("Harbor Pharmacy")
    for part, value in (("Month", "10"), ("Day", "3"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("How much did you pay?").fill("49.60")
    page.get_by_label("What happened, and what was it for?").fill("A cough.")


@pytest.fixture
def empty_desk(house: Cluster) -> None:
    """Nothing waits at the desk: what is told here is the first case there."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("update wellkept.service_case set closed_at = now() where closed_at is null")
        connection.commit()


@pytest.mark.usefixtures("empty_desk")
def test_a_receipt_from_the_first_page_to_its_answer(sit: Sit, staff: Staff, tmp_path: Path) -> None:  # noqa: F811  (the fixture)
    (tmp_path / "bill.pdf").write_bytes(papers.pdf())
    (tmp_path / "trap.jpg").write_bytes(b"<svg onload=x>")
    looked, maria, dana = Looked(), sit("maria"), sit("dana")
    maria.goto("/member/submit/")
    looked.at(maria, "submit")
    follow(maria.get_by_role("link", name="Begin"))
    follow(maria.get_by_role("button", name="Save and go on"))
    looked.at(maria, "submit-errors")
    filled(maria)
    follow(maria.get_by_role("button", name="Save and go on"))
    looked.at(maria, "papers")
    maria.get_by_label("Files").set_input_files([tmp_path / "bill.pdf", tmp_path / "trap.jpg"])
    follow(maria.get_by_role("button", name="Add", exact=True))
    looked.at(maria, "papers-errors")
    follow(maria.get_by_role("link", name="Go on"))
    looked.at(maria, "send")
    follow(maria.get_by_role("button", name="Send it"))
    looked.at(maria, "sent")
    dana.goto("/desk/cases/")
    looked.at(dana, "cases")
    follow(dana.get_by_role("button", name="Take it").first)
    looked.at(dana, "case")
    with dana.expect_download() as saved:
        dana.get_by_role("link", name="bill.pdf").click()
    assert saved.value.suggested_filename == "bill.pdf"
    dana.get_by_label("Ask for more").check()
    dana.get_by_label("In words the member reads").fill("Please send the prescription.")
    follow(dana.get_by_role("button", name="Send the answer"))
    follow(dana.get_by_role("link", name="A receipt to decide").first)
    looked.at(dana, "case-asked")
    maria.reload()
    looked.at(maria, "asked")
    for path in ("/member/changes/", "/member/changes/new/", "/member/other-insurance/"):
        maria.goto(path)
        looked.at(maria, path.strip("/").replace("/", "-"))
    maria.get_by_label("No, this is my only plan").check()
    follow(maria.get_by_role("button", name="Tell us"))
    looked.at(maria, "other-told")
    assert looked.found == []


def test_an_address_is_changed_on_a_call(sit: Sit, staff: Staff) -> None:  # noqa: F811  (the fixture)
    looked, dana = Looked(), sit("dana")
    dana.goto("/desk/find/")
    dana.get_by_label("Member number").fill("M-4410")
    for part, value in (("Month", "5"), ("Day", "21"), ("Year", "1984")):
        dana.get_by_label(part, exact=True).fill(value)
    follow(dana.get_by_role("button", name="Find"))
    dana.get_by_label("An address or telephone number").check()
    follow(dana.get_by_role("button", name="Begin the call"))
    follow(dana.get_by_role("button", name="All answers were right"))
    follow(dana.get_by_role("link", name="Change them"))
    looked.at(dana, "contact")
    dana.get_by_label("Telephone").fill("608-555-0142")
    follow(dana.get_by_role("button", name="Save the change"))
    assert "608-555-0142" in dana.content()
    assert looked.found == []
