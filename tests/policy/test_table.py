"""The page of the promises holds each of them once, and says what the packs say."""

import re
from pathlib import Path

import pytest

from tests.policy.conftest import OPERATORS
from wellkept.policy import controls, names, packs, table

DOCUMENT = Path(__file__).parents[2] / "docs" / "promises.md"
ROW = re.compile(r"^\| ([UPRB]-\d{2}) \| ([^|]+) \| ([^|]+) \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE)
PROMISES = {"U": 46, "P": 31, "R": 20, "B": 11}


def document() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def said(operator: str, letter: str) -> str:
    return table.series(packs.load(OPERATORS / operator).versions[-1], letter, controls.house())


@pytest.mark.parametrize(("operator", "letter"), [("umr", "U"), ("pwer", "P"), ("umr", "B"), ("pwer", "B")])
def test_the_page_says_what_the_packs_say(operator: str, letter: str) -> None:
    assert said(operator, letter) in document()


def test_every_promise_has_one_row() -> None:
    wanted = [f"{letter}-{at:02}" for letter, count in PROMISES.items() for at in range(1, count + 1)]
    assert sorted(row[0] for row in ROW.findall(document())) == sorted(wanted)


def test_each_row_names_a_keeper_a_probe_and_a_test_or_says_why_not() -> None:
    for one, _, kept_by, tried_by, fails_without in ROW.findall(document()):
        if kept_by.startswith("not yet: "):
            assert re.search(r", \d{4}-\d{2}-\d{2}$", kept_by), one
            assert not (tried_by + fails_without).strip(), one
        else:
            assert len(kept_by.split("<br>")) == len(tried_by.split("<br>")) == len(fails_without.split("<br>")), one


def test_each_name_in_every_row_is_there() -> None:
    named = [
        name
        for _, _, kept_by, tried_by, fails_without in ROW.findall(document())
        if not kept_by.startswith("not yet: ")
        for name in f"{kept_by}<br>{tried_by}<br>{fails_without}".replace(" ", "").split("<br>")
    ]
    assert len(named) > 100
    assert [name for name in named if not names.known(name)] == []
