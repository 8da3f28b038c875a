"""Lists that may not be shipped are brought as files, and stand in, marked, where we have no words of our own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from tests.intake.house import House, wellkept
from wellkept.benefits import codes
from wellkept.benefits.reasons import reason
from wellkept.benefits.values import ClaimLine, ClaimStory, Status, Why

HEAD = "code,description,valid_from,valid_to,note,as_of\n"


def bring(house: House, folder: Path, *lines: str, expect: int = 0, more: tuple[str, ...] = ()) -> str:
    """Import lines of a list of adjustment reasons."""
    file = folder / "list.csv"
    file.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    done = wellkept(house, "import", "codes", "--list", "carc", *more, file)
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout + done.stderr


def words(house: House, code: str, on: date | None) -> str:
    """What a page reads."""
    found = dict(house.rows(codes.READ, "carc", [code], on, on, on))
    return str(found.get(code, ""))


@pytest.fixture
def empty(house: House) -> House:
    house.do("truncate benefits_reasoncode")
    return house


@pytest.mark.database
def test_the_words_of_a_list_hold_from_their_first_to_their_last_day(empty: House, tmp_path: Path) -> None:
    bring(empty, tmp_path, "X99,Old words.,,2025-12-31,,", "X99,New words.,2026-01-01,,,")
    assert words(empty, "X99", date(2025, 6, 1)) == "Old words."
    assert words(empty, "X99", date(2026, 6, 1)) == "New words."
    assert words(empty, "X99", None) == "New words."
    assert words(empty, "X98", None) == ""


@pytest.mark.database
@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_lists_the_later_one_stands_in_either_order(empty: House, tmp_path: Path, turn: int) -> None:
    for line in ("X99,First.,,,,2026-01-01", "X99,Second.,,,,2026-03-01")[::turn]:
        bring(empty, tmp_path, line)
        bring(empty, tmp_path, line)
    assert words(empty, "X99", None) == "Second."


@pytest.mark.database
def test_a_preview_writes_nothing_and_mistakes_are_told_by_line(empty: House, tmp_path: Path) -> None:
    lines = ("X99,Words.,,,,", "no code!,Words.,,,,", "X98,,,,,", "X97,Words.,2026-02-01,2026-01-01,,")
    assert "1 rows would be taken, 3 put aside" in bring(empty, tmp_path, *lines, expect=1, more=("--preview",))
    assert empty.count("benefits_reasoncode") == 0
    said = bring(empty, tmp_path, *lines, expect=1)
    assert "line 3: code is no code" in said
    assert "line 5: valid_to is before valid_from." in said
    assert empty.count("benefits_reasoncode") == 1


def story(*whys: Why) -> ClaimStory:
    """A claim with these adjustments."""
    line = ClaimLine(
        id=uuid4(), provider="", served_from=None, served_to=None, received_on=None, decided_on=date(2026, 3, 1),
        status=Status.PAID, billed=None, allowed=None, paid=None, owed=None, kind="", sensitive=False,
    )  # fmt: skip
    return replace(ClaimStory(claim=line, number="", events=(), lines=(), why=(), remarks=(), adverse=False), why=whys)


def test_only_a_code_without_words_of_ours_takes_the_list_s(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def listed(kind: str, found: set[str], *, on: date | None) -> dict[str, str]:
        asked.append((kind, set(found), on))
        return {"X99": "Words of a list."}

    monkeypatch.setattr(codes, "listed", listed)
    ours = Why("CO", "45", Decimal(1), reason("CO", "45"))
    filled = codes.filled(story(ours, Why("CO", "X99", Decimal(2), None), Why("CO", "X98", Decimal(3), None)))
    assert asked == [("carc", {"X99", "X98"}, date(2026, 3, 1))]
    assert filled.why[0] == ours
    assert filled.why[1].reason is not None
    assert filled.why[1].reason.says == "The payer's list says: “Words of a list.”"
    assert filled.why[2].reason is None


def test_a_claim_with_words_of_ours_asks_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "listed", None)
    codes.filled(story(Why("CO", "45", Decimal(1), reason("CO", "45"))))
