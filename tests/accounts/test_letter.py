"""What a stranger types as their name stands on our paper as a name, and says nothing else (P-15)."""

import json
from datetime import date

import pytest

from wellkept.accounts import letter
from wellkept.policy import packs


@pytest.mark.parametrize(
    ("typed", "borne"),
    [
        ("Dana O'Neil-Río", "Dana O'Neil-Río"),
        ("Dr. J.R. Marsh", "Dr. J. R. Marsh"),
        ("Dana. Call 1-900-555-0100", "Dana. Call - - -"),
        ("see https://portal.example.com/win now", "see https portal. example. com win now"),
        ("Dana\r\nDear customer,", "Dana Dear customer"),
    ],
)
def test_no_number_to_call_and_no_site_to_go_to_stands_in_a_letter(typed: str, borne: str) -> None:
    assert letter.plain_name(typed) == borne
    pack = packs.named("pwer")
    body = letter.body(pack, code="X", until=date(2026, 12, 1), where="/", policy="/", attention=typed)
    said = json.loads(body)["data"]
    assert said["attention"] == borne
    assert borne in said["says"][0]
    assert len(letter.plain_name("a" * 100)) == letter.LONGEST_NAME
