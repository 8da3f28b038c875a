"""Everything that left of a record stands on one page, whatever it was for (B-06)."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from wellkept.disclosures.queries import ReleaseLine
from wellkept.policy.words import Purpose
from wellkept.web.member import left

NUMBER = UUID("00000000-0000-4000-8000-000000000001")


def line(**given: object) -> ReleaseLine:
    """A release under an agreement, for payment."""
    told: dict[str, object] = {
        "id": uuid4(), "at": datetime(2026, 11, 3, 12, tzinfo=UTC), "basis": "agreement", "basis_id": NUMBER,
        "purpose": Purpose.PAYMENT, "opens": frozenset({"claims"}), "recipient": "Acme Pricing",
        "described": "Claims of October", "conditions": (), "stopped_at": None,
    }  # fmt: skip
    return ReleaseLine(**(told | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("purpose", "said"),
    [
        (Purpose.PAYMENT, "to pay claims"),
        (Purpose.OPERATIONS, "to run the service"),
        (Purpose.TREATMENT, "to care for you"),
        (Purpose.LEGAL, "because the law asked for it"),
    ],
)
def test_what_it_was_for_leaves_nothing_out(purpose: Purpose, said: str) -> None:
    to, what, why, _when = left.row(line(purpose=purpose))
    assert (to.text, to.note, what.text, what.note, why.text) == (
        "Acme Pricing", "under an agreement with us", "Claims of October", "claims", said,
    )  # fmt: skip


def test_whom_the_person_named_stands_with_their_own_word() -> None:
    to, *_rest = left.row(line(basis="authorization", recipient=""))
    assert to.href == f"/member/privacy/choices/authorizations/{NUMBER}/"


def test_what_was_stopped_says_so_and_what_was_erased_too() -> None:
    to, what, _why, when = left.row(line(recipient="", described="", stopped_at=datetime(2026, 11, 4, tzinfo=UTC)))
    assert to.text == what.text == "Removed at your request"
    assert when.note == "stopped before it was posted"


def test_each_release_has_its_row_and_none_has_no_table() -> None:
    found = left.table((line(), line(purpose=Purpose.OPERATIONS)))
    assert found is not None
    assert len(found.rows) == 2
    assert left.table(()) is None
