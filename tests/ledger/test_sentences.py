"""Every kind of entry says its sentence, and says no more than the entry does."""

import re
from pathlib import Path

import pytest

from wellkept.ledger.kinds import KINDS
from wellkept.ledger.sentences import CATEGORIES, PURPOSES, ROLES, Told, plainly, sentence
from wellkept.policy.words import Category, Purpose, Role

ROOMS = Path(__file__).parents[2] / "wellkept"
WRITES = re.compile(r"ledger_write\((?:case when [^']*then )?'([a-z ]+)'(?: else '([a-z ]+)')?")
OPENED = ("claims", "coverage", "identity")


def test_every_kind_that_the_house_writes_has_its_sentence_and_its_erasure() -> None:
    written = set()
    for path in ROOMS.glob("*/sql/*.sql"):
        for call in re.findall(
            r"ledger_write\((?:case when [^']*then )?'([a-z ]+)'(?: else '([a-z ]+)')?", path.read_text()
        ):
            written |= set(filter(None, call))
    assert {"opened", "refused", "signed in", "call began"} <= written
    assert written <= set(KINDS), written - set(KINDS)
    assert all(kind.sentence and kind.erasure for kind in KINDS.values())


def test_every_category_role_and_purpose_has_words() -> None:
    assert set(CATEGORIES) == set(Category)
    assert set(ROLES) == set(Role)
    assert set(PURPOSES) == set(Purpose)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            Told("opened", "representative", own=False, actor="Dana R.", purpose="MEMADMIN", occasion_kind="call",
                 categories=("claims", "coverage")),
            "Dana R., customer service, opened your coverage and claims to answer your call.",
        ),
        (
            Told("searched", "representative", own=False, actor="Dana R.", purpose="MEMADMIN"),
            "Your name came up in a search by Dana R., customer service, to serve members.",
        ),
        (
            Told("opened", "intake", own=True, label="Northwoods Imaging", purpose="HPAYMT",
                 categories=("claims", "sensitive_claims"), occasion_kind="file"),
            "A file from Northwoods Imaging brought your claims to have them paid.",
        ),
        (
            Told("opened", "intake", own=True, purpose="MEMADMIN", categories=("coverage",), occasion_kind="file"),
            "A file brought your coverage to keep your enrolment right.",
        ),
        (Told("opened", "member", own=True, categories=OPENED), "You opened your coverage and claims."),
        (Told("opened", "member", own=True, categories=("identity",)), "You opened your name and birth date."),
        (
            Told("refused", "nurse", own=False, actor="Ines O.", categories=("claims",), reason="no rule"),
            "Ines O., nurse, asked for your claims and was refused: no rule of our policy allows it.",
        ),
        (
            Told("refused", "nobody", own=False, reason="no session"),
            "Somebody who was not signed in asked for your record and was refused.",
        ),
        (
            Told("refused", "member", own=True, categories=("claims",), reason="needs terms"),
            "You asked for your claims. It was not shown: what we ask everyone to accept first had not been accepted.",
        ),
        (Told("signed in", "member", own=True), "You signed in."),
        (
            Told("acknowledged", "member", own=True, reason="member-terms 2026-11-01"),
            "You accepted our terms of use, version 2026-11-01.",
        ),
        (
            Told("call began", "representative", own=False, actor="Dana R."),
            "Dana R., customer service, began a call with you.",
        ),
        (
            Told("opened", "representative", own=False, actor="Dana R.", categories=("claims", "sensitive_claims")),
            "Dana R., customer service, opened your claims and sensitive claims.",
        ),
        (
            Told("opened", "jobs", own=False, categories=("contact",), purpose="MEMADMIN"),
            "A program of ours opened your address and phone to serve members.",
        ),
        (Told("unheard of", "nurse", own=False, actor="Ines O."), "Ines O., nurse, made an entry about you."),
    ],
)  # fmt: skip
def test_an_entry_reads_as_a_sentence(told: Told, said: str) -> None:
    assert plainly(told) == said


def test_who_and_what_stand_out() -> None:
    pieces = sentence(Told("opened", "nurse", own=False, actor="Ines O.", categories=("diary",)))
    assert [piece.text for piece in pieces if piece.strong] == ["Ines O., nurse,", "diary"]
