"""What is compared to find whoever is near: names and addresses in one way of writing, as hashes alone (B-10)."""

from dataclasses import astuple
from uuid import UUID

import pytest

from wellkept.access import near
from wellkept.intake.naming import Hashes
from wellkept.intake.values import Naming

KEY = b"k" * 32


def of(street: str, zip_code: str = "53703-1234", last: str = "García") -> near.Near:
    return near.hashed(last=last, street=street, zip_code=zip_code, key=KEY)


@pytest.mark.parametrize(
    "other",
    ["12 MAIN ST", "12 Main Street", "12 main st.", "12 Main St Apt 4", "12  Main Street, Unit 4B", "12 Main St #4"],
)
def test_one_house_is_one_however_it_is_written(other: str) -> None:
    assert of(other) == of("12 Main Street")


def test_another_house_is_a_neighbor_and_another_town_is_not() -> None:
    house, neighbor, away = of("12 Main Street"), of("14 Main St"), of("12 Main Street", "60601")
    assert (house.address == neighbor.address, house.street == neighbor.street) == (False, True)
    assert (house.address == away.address, house.street == away.street) == (False, False)


@pytest.mark.parametrize("box", ["PO Box 12", "P.O. Box 12", "po box 12", "Box 12"])
def test_a_post_box_is_no_street(box: str) -> None:
    assert of(box).street is None
    assert of(box).address is not None


def test_what_is_not_said_is_not_hashed() -> None:
    assert astuple(of("", "", "")) == (None, None, None)
    assert of("12 Main Street", "").address is None


def test_a_name_is_one_with_and_without_accents() -> None:
    assert of("", "", "GARCIA").surname == of("", "", "García").surname != of("", "", "Garza").surname


def test_a_record_is_known_by_the_hash_that_files_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "operator_key", lambda _name: KEY)
    naming = Naming(number="", first="José", last="García", birth_date="1980-04-28")
    made = Hashes(index=KEY, roster=b"").by_person(naming)
    assert near.known_as(first="JOSE", last="Garcia", born="1980-04-28") == made


def test_what_is_written_is_the_hash_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []
    monkeypatch.setattr(near, "_run", lambda _statement, arguments: sent.extend(arguments))
    person, made = UUID(int=1), of("12 Main Street")
    near.bring({person: made, UUID(int=2): of("", "", "Other")})
    _people, surnames, addresses, streets = sent
    assert surnames[0] == "\\x" + bytes(made.surname or b"").hex()  # type: ignore[index]
    assert (addresses[1], streets[1]) == (None, None)  # type: ignore[index]
