"""A claim that files name in two ways is one claim with one sum, in whichever order the files come."""

from pathlib import Path
from random import Random

import pytest

from tests.intake.house import House, bring

pytestmark = pytest.mark.database

FILES = Path(__file__).parents[1] / "data" / "x12"
SUMS = (
    "select id, joined, status, billed, allowed, paid, owed, decided_on, served_from, kind, category, number_told"
    " from benefits_claim order by id"
)


def parts(folder: Path) -> list[Path]:
    """Each set of the stories as a file of its own."""
    made = []
    for name in ("member-stories.837", "member-stories.835"):
        text = (FILES / name).read_text()
        head, end = text[: text.index("ST*")], text[text.index("GE*") :]
        sets = ["ST*" + one for one in text[text.index("ST*") : text.index("GE*")].split("ST*")[1:]]
        for place, body in enumerate(sets):
            made.append(folder / f"{place}-{name}")
            made[-1].write_text(head + body + end.replace(f"GE*{len(sets)}*", "GE*1*"))
    return made


def test_any_order_of_files_ends_in_the_same_claims(house: House, tmp_path: Path) -> None:
    files, ends = parts(tmp_path), []
    for order in (0, 1, 2):
        house.empty()
        bring(house, FILES / "member-stories.834", *Random(order).sample(files, len(files)))  # noqa: S311  (an order to try)
        ends.append(house.rows(SUMS))
    assert ends[1:] == ends[:1] * 2
    standing = [row for row in ends[0] if row[1] is None]
    assert sorted((row[2], str(row[3]), str(row[5]), str(row[6])) for row in standing) == [
        ("paid", "120.00", "95.00", "25.00"),
        ("paid", "240.00", "180.00", "20.00"),
        ("paid", "300.00", "60.00", "20.00"),
        ("paid", "60.00", "45.00", "15.00"),
        ("withdrawn", "90.00", "None", "None"),
    ]
    assert {row[2:7] for row in ends[0] if row[1]} == {("joined", None, None, None, None)}


def test_the_number_of_another_person_ties_nothing(house: House, tmp_path: Path) -> None:
    others = tmp_path / "others.834", tmp_path / "others.837"
    for path, name in zip(others, ("member-stories.834", "member-stories.837"), strict=True):
        text = (
            (FILES / name)
            .read_text()
            .replace("CORA", "DORA")
            .replace("C8800", "D8800")
            .replace("*000000121", "*000000124")
        )
        path.write_text(text.replace("*000000122", "*000000125"))
    bring(house, FILES / "member-stories.834", others[0], FILES / "member-stories.837", others[1])
    assert house.rows(
        "select count(*), count(distinct person_id) from benefits_claim c where joined is not null and person_id <>"
        " (select person_id from benefits_claim where id = c.joined)"
    ) == [(0, 0)]
    assert house.rows("select count(*), count(distinct person_id) from benefits_claim") == [(12, 2)]
