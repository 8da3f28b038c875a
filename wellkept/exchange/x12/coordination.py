"""Coordination of benefits: what another payer decided, as statements keep it. Organisations are named, people are not.

Sources: 005010X222A1 and 005010X223A2, loops 2320, 2330B and 2430; 005010X221A1, NM1 TT and NM1 PR of loop 2100.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wellkept.exchange.x12.texts import adjusted, day, money, written
from wellkept.exchange.x12.values import Adjudication, ClaimFiled, OtherPayer, Party


def others(claim: ClaimFiled) -> list[dict[str, Any]]:
    """Every other payer that has decided of a claim: name, turn, what it paid, when, and why not more."""
    return [told for payer in claim.other_payers if (told := decided(payer, claim))]


def decided(payer: OtherPayer, claim: ClaimFiled) -> dict[str, Any]:
    """What one other payer decided; empty where the file does not say that it has decided.

    Of the claim it paid AMT D, else what it paid for the lines (SVD02) together.
    """
    lines = list(of_lines(payer, claim))
    paid = payer.paid if payer.paid is not None else total(lines)
    if paid is None:
        return {}
    why = [*payer.adjustments, *(one for line in lines for one in line.adjustments)]
    days = [payer.decided, *(line.decided for line in lines)]
    return {
        "payer": organisation(payer.payer) or payer.plan_name,
        "turn": payer.responsibility,
        "paid": money(paid),
        "decided": max((day(one) for one in days if one), default=""),
        "adjustments": [adjusted(one) for one in why],
    }


def of_lines(payer: OtherPayer, claim: ClaimFiled) -> Iterator[Adjudication]:
    """What this payer decided of lines: SVD01 repeats its identifier. A claim with one other payer needs none."""
    identifier = payer.payer.identifier if payer.payer else ""
    for line in claim.lines:
        for one in line.adjudications:
            if one.payer == identifier or len(claim.other_payers) == 1:
                yield one


def total(lines: list[Adjudication]) -> Decimal | None:
    """What the lines come to; None where no line tells of the payer."""
    return sum((line.paid for line in lines), Decimal()) if lines else None


def organisation(party: Party | None) -> str:
    """The name of an organisation; a party with a first name is a person and is not named."""
    return written(party.name) if party and not party.name.first else ""
