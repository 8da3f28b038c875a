import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellkept.ledger import commitment as c

SALT = bytes(range(16))
ANNA, BEN = UUID(int=1), UUID(int=2)
ENTRY = c.Entry(
    id=7,
    xact=900,
    at=datetime(2026, 3, 1, 12, 30, 0, 5, tzinfo=UTC),
    backend=4711,
    kind="opened",
    occasion=UUID(int=3),
    account=UUID(int=4),
    role="representative",
    actor="R. Okafor",
    subjects=[BEN, ANNA],
    purpose="MEMADMIN",
    categories=["claims"],
    own=False,
    reason=None,
    clause="U-12",
)
OTHER: dict[str, Any] = {
    "id": 8,
    "xact": 901,
    "at": ENTRY.at + timedelta(microseconds=1),
    "backend": 4712,
    "kind": "searched",
    "occasion": None,
    "account": None,
    "role": "nurse",
    "actor": None,
    "subjects": [ANNA],
    "purpose": None,
    "categories": ["claims", "contact"],
    "own": True,
    "reason": "",
    "clause": None,
}


def test_it_is_the_hash_of_domain_nonce_and_canonical_form() -> None:
    whole = c.ENTRY_DOMAIN + c.nonce(SALT, b"entry") + c.canonical(c.fields(SALT, ENTRY))
    assert c.commitment(SALT, ENTRY) == sha256(whole).digest()


def test_every_column_of_an_entry_can_be_altered_for_this_test() -> None:
    assert set(OTHER) == set(c.Entry._fields)


@pytest.mark.parametrize("name", c.Entry._fields)
def test_no_column_can_change_unseen(name: str) -> None:
    assert c.commitment(SALT, ENTRY._replace(**{name: OTHER[name]})) != c.commitment(SALT, ENTRY)


def test_another_salt_is_another_commitment() -> None:
    assert c.commitment(bytes(16), ENTRY) != c.commitment(SALT, ENTRY)


def test_the_order_in_which_people_are_named_says_nothing() -> None:
    assert c.commitment(SALT, ENTRY._replace(subjects=[ANNA, BEN])) == c.commitment(SALT, ENTRY)


def test_the_readable_form_names_nobody_but_the_one_who_acted() -> None:
    text = c.canonical(c.fields(SALT, ENTRY)).decode()
    for identity in (*ENTRY.subjects, ENTRY.account, ENTRY.occasion):
        assert str(identity) not in text
        assert identity is not None
        assert identity.hex not in text
    assert "R. Okafor" in text


def test_the_nonce_of_one_person_opens_only_their_digest() -> None:
    named = c.fields(SALT, ENTRY)["subjects"]
    assert isinstance(named, list)
    mine = c.subject_nonce(SALT, ANNA)
    assert c.digest(mine, ANNA) in named
    assert c.digest(mine, BEN) not in named


def test_one_person_has_another_digest_in_every_entry() -> None:
    assert c.fields(SALT, ENTRY)["subjects"] != c.fields(bytes(16), ENTRY)["subjects"]


def test_a_moment_is_written_in_one_way_whatever_the_zone() -> None:
    there = ENTRY.at.astimezone(timezone(timedelta(hours=-5)))
    assert c.instant(there) == c.instant(ENTRY.at) == "2026-03-01T12:30:00.000005Z"


@given(
    st.dictionaries(st.text("abcdefg", min_size=1), st.text() | st.none() | st.booleans() | st.integers(0, 2**53 - 1))
)
def test_the_canonical_form_is_the_one_of_the_standard(values: dict[str, Any]) -> None:
    expected = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert c.canonical(values) == expected.encode()
