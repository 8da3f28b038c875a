"""An appeal in a real browser, from the claim to the external review: faultless by axe, without a script."""

from pathlib import Path

import pytest

from tests.files import papers
from tests.web.desk.staff import Staff
from tests.web.desk.test_browser import Sit, browser, sit  # noqa: F401  (fixtures)
from tests.web.desk.test_telling_browser import Looked
from tests.web.going import follow

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_appeals")]


def test_an_appeal_from_the_claim_to_the_reviewer(sit: Sit, staff: Staff, tmp_path: Path) -> None:  # noqa: F811  (the fixture)
    (tmp_path / "letter.pdf").write_bytes(papers.pdf())
    (tmp_path / "trap.jpg").write_bytes(b"<svg onload=x>")
    looked, maria, dana = Looked(), sit("maria"), sit("dana")
    maria.goto("/member/appeals/")
    looked.at(maria, "appeals-empty")
    maria.goto(f"/member/claims/{staff.world.claims['denied']}/")
    looked.at(maria, "claim-with-appeal")
    follow(maria.get_by_role("link", name="Appeal this decision"))
    looked.at(maria, "appeal-new")
    maria.get_by_label("Why should we decide otherwise?").fill("My doctor says that I needed it.")
    maria.get_by_label("Papers").set_input_files([tmp_path / "trap.jpg"])
    follow(maria.get_by_role("button", name="Send it"))
    looked.at(maria, "appeal-errors")
    assert maria.get_by_label("Why should we decide otherwise?").input_value() == "My doctor says that I needed it."
    maria.get_by_label("Papers").set_input_files([tmp_path / "letter.pdf"])
    follow(maria.get_by_role("button", name="Send it"))
    looked.at(maria, "appeal-sent")
    thread = maria.url.rstrip("/").split("/")[-1]
    ((case,),) = staff.ask("select id::text from service_case where about = %s", [thread])
    dana.goto("/desk/cases/")
    follow(dana.locator(f'form[action="/desk/cases/{case}/take/"] button'))
    looked.at(dana, "desk-appeal")
    dana.get_by_label("The decision stands").check()
    dana.get_by_label("In words the member reads").fill("The booklet excludes it.")
    follow(dana.get_by_role("button", name="Send the answer"))
    looked.at(dana, "desk-appeal-errors")
    dana.get_by_label("The rule of the plan it rests on").fill("Booklet, section 9")
    follow(dana.get_by_role("button", name="Send the answer"))
    maria.goto(f"/member/appeals/{thread}/")
    looked.at(maria, "appeal-refused")
    follow(maria.get_by_role("link", name="Ask for an external review"))
    looked.at(maria, "review-new")
    maria.goto("/member/appeals/letter/")
    looked.at(maria, "appeal-letter")
    maria.goto("/member/appeals/care/")
    looked.at(maria, "appeal-care")
    maria.goto("/member/appeals/")
    looked.at(maria, "appeals")
    assert looked.found == []
