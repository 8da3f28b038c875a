"""Every kind of ledger entry has a sentence for the person it names."""

import re
from pathlib import Path

from wellkept.ledger.sentence import DEEDS

HOUSE = Path(__file__).parents[2] / "wellkept"
WRITTEN = re.compile(
    r"(?:ledger_write|people_enter)\(\s*(?:case when .*? then '([^']+)' else '([^']+)' end|'([^']+)')", re.DOTALL
)
# Written by commands of the operator; they name nobody.
NOBODYS = {"maintenance", "epoch"}


def kinds(text: str) -> set[str]:
    return {kind for found in WRITTEN.findall(text) for kind in found if kind}


def test_every_kind_that_a_function_writes_has_its_sentence() -> None:
    written = {kind for path in HOUSE.rglob("*.sql") for kind in kinds(path.read_text())}
    assert {"opened", "refused", "signed in"} <= written
    assert written - set(DEEDS) - NOBODYS == set()


def test_it_reads_kinds_that_are_chosen() -> None:
    assert kinds("ledger_write(case when v is null then 'opened' else 'refused' end, x)") == {"opened", "refused"}
    assert kinds("ledger_write('danced', x)") == {"danced"}
