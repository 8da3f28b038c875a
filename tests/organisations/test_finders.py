"""What somebody types finds the organisation of the roster, however they spell its name, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.organisations import finders

KEY = b"k" * 32


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator's key, without a database."""
    monkeypatch.setattr(finders, "operator_key", lambda _name: KEY)


def roster(name: str, kind: str = "provider", *, groups: tuple[str, ...] = (), **numbers: str) -> set[bytes]:
    numbers = numbers or {"npi": "1999941010", "tax_number": "123456789"}
    return finders.written(kind, name=name, groups=groups, numbers=numbers, key=KEY)


def typed(name: str, *, npi: str = "1999941010", tax_number: str = "12-3456789") -> bytes:
    return finders.presented("provider", name=name, npi=npi, tax_number=tax_number)


@pytest.mark.parametrize(
    ("listed", "spelled"),
    [
        ("Alder Bend Family Medicine, P.C.", ["ALDER BEND FAMILY MEDICINE", "alder bend family medicine pc"]),
        ("Lake Clinic, LLC", ["Lake Clinic", "Lake Clinic L.L.C.", "LAKE CLINIC L L C", "lakeclinic, inc."]),
        ("St. Mary's Hospital", ["Saint Marys Hospital", "ST MARY\u2019S HOSP.", "Saint Mary's Hosp"]),
        ("Novák, Eva, MD", ["Eva Novak", "Eva Novák M.D.", "NOVAK, EVA", "Novák Eva"]),
        ("Baker, Smith & Jones", ["Baker Smith and Jones", "BAKER SMITH JONES", "Baker, Smith + Jones, LLP"]),
        ("Healthcare Associates of Larkmoor", ["Health Care Assoc. Larkmoor", "health-care associates of larkmoor"]),
        ("The Company", ["the company", "THE  COMPANY"]),
        ("Łódź Ærø Clinic", ["Lodz Aero Clinic"]),
    ],
)
def test_a_name_is_known_in_its_usual_spellings(listed: str, spelled: list[str]) -> None:
    for one in [listed, *spelled]:
        assert typed(one) in roster(listed), one


@pytest.mark.parametrize(
    "other", ["Alder Bend Dental", "Alder Bend", "Family Medicine Alder Bend", "Alder Bend Family Medicine East"]
)
def test_another_name_is_not_known(other: str) -> None:
    assert typed(other) not in roster("Alder Bend Family Medicine")


def test_every_number_has_to_be_right_and_may_be_written_with_hyphens_or_without() -> None:
    listed = roster("Lake Clinic")
    assert typed("Lake Clinic", tax_number="123456789") in listed
    assert typed("Lake Clinic", tax_number="123456788") not in listed
    assert typed("Lake Clinic", npi="1999941028") not in listed


def test_a_blank_matches_nobody() -> None:
    for blank in ({"npi": ""}, {"tax_number": " - "}, {"tax_number": "\u200b"}):
        with pytest.raises(ValueError, match="found by its name and every number"):
            typed("Lake Clinic", **blank)
    with pytest.raises(ValueError, match="found by its name"):
        typed(" ")
    with pytest.raises(ValueError, match="no kind"):
        finders.presented("friend", name="Lake", tax_number="1")


def test_an_employer_is_found_by_each_of_its_groups_and_by_no_other() -> None:
    numbers = {"tax_number": "123456789"}
    listed = roster("Works", "employer", groups=("76-1", "76-2"), **numbers)
    for group, there in (("761", True), ("76-2", True), ("76-3", False)):
        asked = finders.presented("employer", name="Works", tax_number="12-3456789", group_number=group)
        assert (asked in listed) is there
    assert finders.written("employer", name="Works", groups=(), numbers=numbers, key=KEY) == set()


def test_an_agent_is_found_without_a_group_and_with_one_it_is_appointed_to() -> None:
    numbers = {"tax_number": "123456789", "producer_number": "88123"}
    listed = roster("Agency", "agent", groups=("76-1",), **numbers)
    for group, there in (("", True), ("76-1", True), ("76-2", False)):
        asked = finders.presented(
            "agent", name="Agency", tax_number="123456789", producer_number="88-123", group_number=group
        )
        assert (asked in listed) is there


def test_one_kind_is_never_another() -> None:
    asked = {"name": "Works", "tax_number": "123456789", "npi": "1", "group_number": "1", "agreement_number": "1"}
    whole = {finders.presented(kind, **asked, producer_number="1") for kind in finders.NEEDED}
    assert len(whole) == len(finders.NEEDED)


@given(st.text(max_size=60))
def test_no_name_can_end_early_and_say_what_a_number_says(name: str) -> None:
    assert "\x1f" not in finders.plain(name)
    assert "\x1f" not in finders.plain(finders.turned(name))


def test_another_operators_key_makes_other_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = roster("Lake Clinic")
    monkeypatch.setattr(finders, "operator_key", lambda _name: b"j" * 32)
    assert typed("Lake Clinic") not in listed


def test_no_hash_asks_nothing() -> None:
    assert finders.found([]) == []


def test_hashes_that_a_request_joined_are_asked_one_by_one() -> None:
    first, second = typed("Lake Clinic"), typed("Bend Clinic")
    assert finders.apart([first + second, first]) == {first, second}
    assert finders.apart([]) == set()
