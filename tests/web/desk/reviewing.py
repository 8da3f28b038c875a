"""A reviewer from outside with an agreement in force, and an external review sent to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.accounts.offices import Office, opened
from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from tests.web.privacy.test_releases import agreed

WORDS = "Sent to the Canary Review Board."


@contextmanager
def reviewer(staff: Staff) -> Iterator[Office]:
    """An organisation; what is agreed with it in the block goes with it."""
    office = opened(staff.house, "partner")
    office.change("update organisations_organisation set name = 'Canary Review Board' where id = %s", office.id)
    yield office
    office.change("delete from organisations_agreement where organisation_id = %s", office.id)
    office.change("update organisations_organisation set standing = 'prior' where id = %s", office.id)


def passed_on(
    staff: Staff, visit: Visit, case: str, *, who: str = "dana", category: str = "claims", **said: Any
) -> None:
    """Whoever took it sends it to a reviewer."""
    with reviewer(staff) as office:
        one = agreed(office, category, why="HPAYMT")
        answer = staff.post(visit(who), f"{case}pass-on/", **{"reviewer": str(one), "words": WORDS} | said)
        assert answer.headers["Location"] == "/desk/cases/"
        # What left here is not counted by another module of the run.
        staff.ask("delete from disclosures_release where person_id = %s", [staff.world.people["maria"]])
