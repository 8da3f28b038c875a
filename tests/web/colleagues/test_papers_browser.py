"""The pages of organisations' papers in a real browser: faultless by axe, narrow and wide, in each of their states."""

from pathlib import Path

import pytest
from django.test import Client

from tests.accounts.offices import Office, opened
from tests.cluster import Cluster
from tests.files.papers import pdf
from tests.organisations.test_papers import APPOINT
from tests.web.colleagues.conftest import Post, Visit
from tests.web.colleagues.test_browser import ANA, BEN, Sit, browser, look, sit
from tests.web.colleagues.test_papers import CREDIT, HERE, case_of, dana, employer, paper
from tests.web.desk.test_browser import is_well
from tests.web.going import follow

__all__ = ["browser", "dana", "employer", "sit"]  # fixtures


def test_sending_a_paper_is_well(sit: Sit, employer: Office, tmp_path: Path) -> None:
    (tmp_path / "Renewal.pdf").write_bytes(pdf())
    page = sit(employer, ANA)
    page.goto(HERE)
    is_well(page)
    look(page, "papers-none")
    follow(page.locator("a", has_text="Send a paper"))
    is_well(page)
    look(page, "papers-send")
    follow(page.locator("button", has_text="Send it"))
    is_well(page)
    look(page, "papers-send-wrong")
    page.get_by_label("Proposal").check()
    page.fill("#id_title", "Renewal for 2027")
    page.set_input_files("#id_file", tmp_path / "Renewal.pdf")
    page.get_by_label("The appointed agent may read it, too").check()
    follow(page.locator("button", has_text="Send it"))
    assert "Renewal for 2027" in page.inner_text("main")
    is_well(page)
    look(page, "papers-sent")


@pytest.fixture
def agent(
    visit: Visit,
    post: Post,
    employer: Office,
    dana: Client,
    house: Cluster,
) -> Office:
    """An agent of the employer, which has sent two papers; Dana has the case. It is made before any browser runs."""
    found, ana = opened(house, "agent"), visit(employer, ANA)
    found.change(APPOINT, found.id, employer.id)
    post(ana, f"{HERE}send/", **CREDIT, file=paper())
    post(ana, f"{HERE}send/", kind="proposal", title="Renewal for 2027", file=paper(), with_agent="on")
    post(dana, f"/desk/cases/{case_of(employer)}/take/")
    employer.secrets["dana"] = dana.cookies["umr_session"].value
    return found


def test_papers_of_every_state_are_well(agent: Office, employer: Office, sit: Sit) -> None:
    case = case_of(employer)
    desk = sit(employer, "dana")
    for address, name in (
        (f"/desk/papers/{case}/", "desk-papers"),
        (f"/desk/papers/{case}/send/", "desk-papers-send"),
        ("/desk/papers/", "desk-papers-find"),
        ("/desk/cases/", "desk-cases"),
    ):
        desk.goto(address)
        is_well(desk)
        look(desk, name)
    desk.goto("/desk/papers/")
    desk.get_by_label("An employer").check()
    desk.fill("#id_words", "Hartwell Manufacturing")
    follow(desk.locator("button", has_text="Search the list"))
    is_well(desk)
    look(desk, "desk-papers-found")
    desk.goto(f"/desk/papers/{case}/")
    desk.get_by_label("We need a paper from them").check()
    desk.fill("#id_words", "Please send the signed contract.")
    follow(desk.locator("button", has_text="Send the answer"))
    is_well(desk)
    look(desk, "desk-papers-asked")
    theirs = sit(agent, BEN)
    for address, name in ((HERE, "papers-agent"), (f"{HERE}of/{employer.id}/", "papers-of")):
        theirs.goto(address)
        is_well(theirs)
        look(theirs, name)
    page = sit(employer, ANA)
    for address, name in ((HERE, "papers"), (f"{HERE}openings/", "papers-openings")):
        page.goto(address)
        is_well(page)
        look(page, name)
    employer.change("update organisations_organisation set standing = 'prior' where id = %s", employer.id)
    for address, name in ((HERE, "papers-prior"), (f"{HERE}send/", "papers-send-prior")):
        page.goto(address)
        is_well(page)
        look(page, name)
