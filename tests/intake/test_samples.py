"""Files that others wrote: every one goes in or says why not, and what goes in has the money another reader finds."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from x12sdk.generate import generate_834, generate_835, generate_837i, generate_837p

from tests.exchange.x12.samples import SHARED, inventory, needs_samples
from tests.exchange.x12.test_samples import PUT_ASIDE, models
from tests.intake.house import House, bring, wellkept
from wellkept.exchange.x12.guides import READ

pytestmark = pytest.mark.database
# Stages each file and prints how many claims wait and the sums of their charges and payments, unsealed.
TOTALS = """
import json, sys
from decimal import Decimal
from pathlib import Path
from wellkept.cli.process import become
become(operator="umr", role="intake")
from django.db import connections
from wellkept.cli.imports.running import house
from wellkept.exchange.x12.bring import bring
from wellkept.intake.applying import steps
from wellkept.intake.values import DECISION, FILING

here = house()
for path in map(Path, sys.argv[1:]):
    file_id, counts = bring(path, mode="lenient", hashes=here.hashes, key=here.key)
    said = [one for kind in (FILING, DECISION) for step in steps(file_id, kind, here.key) for one in step]
    sums = [sum((Decimal(one.content.get(name) or 0) for one in said), Decimal()) for name in ("charge", "paid")]
    print(json.dumps([str(path), counts.filings, counts.decisions, len(said), *map(str, sums)]))
connections.close_all()
"""


def totals(house: House, *paths: Path) -> list[list[Any]]:
    done = wellkept(house, *paths, script=TOTALS)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def of_another_reader(path: str) -> Iterator[tuple[Decimal, Decimal]]:
    """Charge and payment of each claim as x12sdk reads them."""
    for model in models(path):
        if hasattr(model, "claims"):
            for one in model.claims():
                yield Decimal(str(one.charge)), Decimal(str(getattr(one, "paid", None) or 0))


def compared(found: list[list[Any]]) -> int:
    """Hold totals against the other reader; returns how many files both take."""
    both = 0
    for path, filings, decisions, staged, charge, paid in found:
        try:
            theirs = list(of_another_reader(path))
        except Exception:  # noqa: BLE001, S112  (the other reader does not take this file)
            continue
        both += 1
        assert filings + decisions == staged == len(theirs), path
        assert Decimal(charge) == sum(one for one, _ in theirs), path
        assert Decimal(paid) == sum(one for _, one in theirs), path
    return both


@needs_samples
def test_every_file_goes_in_or_says_why_not(house: House) -> None:
    paths = [SHARED / row["file"] for row in inventory()]
    said = bring(house, *paths, expect=1)
    assert "Traceback" not in said
    assert all(f"{path.name}: " in said for path in paths)
    assert house.count("intake_file", "applied_at is not null") == len(paths)
    assert house.count("intake_staged", "not apart") == 0
    assert house.count("people_person") > 0


@needs_samples
def test_claims_and_money_of_the_files_we_take_equal_another_readers(house: House) -> None:
    taken = [SHARED / row["file"] for row in inventory() if row["gs08"] in READ and row["file"] not in PUT_ASIDE]
    claims = [path for path in taken if path.parent.name.startswith(("837", "835"))]
    assert compared(totals(house, *claims)) >= len(claims) // 2


def test_claims_and_money_of_generated_files_equal_another_readers(house: House, tmp_path: Path) -> None:
    files = {
        "p.837": generate_837p(seed=5, claims=40), "i.837": generate_837i(seed=6, claims=40),
        "r.835": generate_835(seed=7, claims=40), "e.834": generate_834(seed=8, enrollees=40),
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    paths = [tmp_path / name for name in files]
    assert compared(totals(house, *paths[:3])) == 3
    house.empty()
    bring(house, *paths, expect=0)
    assert house.count("intake_staged", "not apart") == 0
    assert house.count("people_person") > 0
