"""What another insurance decided is told as files state it, without the name of any person."""

import json
import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from x12sdk.io import X12ModelReader

from tests.exchange.x12.samples import CLAIM, REMITTANCE, interchange, told, transaction, values
from wellkept.exchange.x12.statements import decision, filing
from wellkept.exchange.x12.values import ClaimDecided, ClaimFiled, Remittance

PROFESSIONAL, PAYMENT = "005010X222A1", "005010X221A1"
SHARED = Path(os.environ.get("WELLKEPT_SHARED", Path(__file__).parents[4] / "shared")) / "data" / "x12" / "835"


def filed(body: str = CLAIM) -> dict[str, Any]:
    found = values(told(interchange(transaction(body, PROFESSIONAL), guide=PROFESSIONAL)))
    return filing(next(one for one in found if isinstance(one, ClaimFiled))).content


def paid(body: str = REMITTANCE) -> dict[str, Any]:
    found = values(told(interchange(transaction(body, PAYMENT), guide=PAYMENT)))
    head = next(one for one in found if isinstance(one, Remittance))
    return decision(next(one for one in found if isinstance(one, ClaimDecided)), head).content


def test_another_payer_that_decided_is_told_with_what_it_paid_and_why_not_more() -> None:
    (other,) = filed()["others"]
    assert (other["payer"], other["turn"], other["paid"]) == ("OTHER PAYER", "S", "80")
    assert other["adjustments"] == [["PR", "1", "20"], ["PR", "2", "140"]]


def test_where_no_amount_stands_on_the_claim_the_lines_say_it() -> None:
    (other,) = filed(CLAIM.replace("AMT*D*80\n", ""))["others"]
    assert other["paid"] == "60"


def test_a_payer_that_has_decided_nothing_is_not_told() -> None:
    body = "\n".join(one for one in CLAIM.splitlines() if not one.startswith(("AMT*D", "SVD", "CAS*PR*2")))
    assert filed(body)["others"] == []


def test_no_name_of_a_person_is_kept() -> None:
    (other,) = filed(CLAIM.replace("NM1*PR*2*OTHER PAYER*", "NM1*PR*1*OTHER*JOHN"))["others"]
    assert other["payer"] == "OTHER PLAN"
    assert "OTTO" not in json.dumps(filed())


def test_where_a_payment_was_sent_on_and_who_pays_first_is_told() -> None:
    names = "NM1*QC"
    carriers = "NM1*TT*2*NEXT PLAN*****PI*N1\nNM1*PR*2*FIRST PLAN*****PI*F1\nNM1*QC"
    content = paid(REMITTANCE.replace(names, carriers, 1))
    assert (content["forwarded"], content["pays_first"]) == ("NEXT PLAN", "FIRST PLAN")
    assert (paid()["forwarded"], paid()["pays_first"]) == ("", "")


@pytest.mark.parametrize(
    "name", ["lfh__secondary-payment", "lfh__tertiary-payment", "lfh__cob-contractural-adjustment"]
)
def test_what_earlier_payers_took_off_equals_what_another_reader_sums(name: str) -> None:
    path = SHARED / f"{name}.x12"
    if not path.is_file():
        pytest.skip("The shared samples are not beside this checkout; name their folder in WELLKEPT_SHARED.")
    with X12ModelReader(str(path)) as reader:
        models: list[Any] = list(reader.models())
    theirs = [groups(one) for model in models for one in model.claims()]
    # The samples divide the parts of a service with another sign than their own ISA16 names.
    mended = path.read_bytes().replace(b">", b":").replace(b"SVC*HC*", b"SVC*HC:")
    found = [one for one in values(told(mended)) if isinstance(one, ClaimDecided)]
    ours = [summed(decision(one, None).content) for one in found]
    assert ours == theirs
    assert all(one["OA-23"] for one in ours)


def summed(content: dict[str, Any]) -> dict[str, Decimal]:
    of_lines = (one for line in content["lines"] for one in line["adjustments"])
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for group, reason, amount in [*content["adjustments"], *of_lines]:
        sums[f"{group}-{reason}"] += Decimal(amount)
    return sums


def groups(claim: Any) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    lines = [segment for line in claim.service_lines for segment in line.cas_segment or []]
    for segment in [*claim.adjustments, *lines]:
        for place in range(1, 7):
            reason = getattr(segment, f"adjustment_reason_code_{place}", None)
            if reason:
                group = getattr(segment.adjustment_group_code, "value", segment.adjustment_group_code)
                sums[f"{group}-{reason}"] += getattr(segment, f"monetary_amount_{place}")
    return sums
