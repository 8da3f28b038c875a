"""A claim as the statements that intake keeps: what was filed, and what was decided, in the shapes that X12 files give.

See ``exchange.x12.statements``. A pending claim is filed alone, a reversal is decided alone.
"""

from decimal import Decimal
from typing import Any, Final

from wellkept.exchange.tables.claims.fields import DENIED, DIAGNOSES, PENDING, PHARMACY, REVERSED
from wellkept.exchange.tables.claims.judging import added, adjustments
from wellkept.exchange.tables.claims.runs import Claim, Line, Values
from wellkept.intake.naming import plain
from wellkept.intake.values import DECISION, FILING, About, Content, Naming, Statement

PAID_STATUS: Final = "1"  # CLP02, as the other two
DENIED_STATUS: Final = "4"
REVERSAL_STATUS: Final = "22"
PRINCIPAL: Final = "ABK"  # HI01-1
OTHER: Final = "ABF"
CORE: Final = "claims core"


def statements(claim: Claim) -> list[Statement]:
    """The statements of a claim that was judged and found good."""
    status = claim.said["status"]
    found = [filing(claim)] if status != REVERSED else []
    return found if status == PENDING else [*found, decision(claim)]


def filing(claim: Claim) -> Statement:
    """What was filed."""
    said = claim.said
    content: Content = {
        "kind": said.get("kind") or "",
        "filed": said.get("filed") or "",
        "from": first_day(claim),
        "to": last_day(claim),
        "charge": money(added(claim, "billed")),
        "place": said.get("place") or "",
        "frequency": said.get("frequency") or "",
        "diagnoses": diagnoses(said),
        "lines": [filed_line(claim, line, place) for place, line in enumerate(claim.lines, 1)],
        "others": [],
    } | sensitive(said)
    follows = said.get("original_claim_number") or said["claim_number"]
    which = about(said, day=content["filed"], code=content["frequency"], payer_number=follows)
    return Statement(FILING, naming(said), content, sender(said), which)


def decision(claim: Claim) -> Statement:
    """What was decided."""
    said = claim.said
    statuses = {line.values["status"] for line in claim.lines}
    status = REVERSAL_STATUS if REVERSED in statuses else DENIED_STATUS if statuses == {DENIED} else PAID_STATUS
    content: Content = {
        "payer": said.get("payer") or "",
        "status": status,
        "decided": said.get("paid_on") or said.get("decided") or "",
        "received": said.get("received") or "",
        "from": first_day(claim),
        "to": last_day(claim),
        "charge": money(added(claim, "billed")),
        "paid": money(added(claim, "paid")),
        "owed": all_stated(claim, "owed"),
        "allowed": all_stated(claim, "allowed"),
        "frequency": said.get("frequency") or "",
        "forwarded": "",
        "pays_first": "",
        "adjustments": [],
        "remarks": [],
        "lines": [decided_line(claim, line, place) for place, line in enumerate(claim.lines, 1)],
    } | sensitive(said)
    which = about(said, day=content["decided"], code=status, payer_number=said["claim_number"])
    return Statement(DECISION, naming(said), content, sender(said), which)


def naming(said: Values) -> Naming:
    """Who the patient is, as enrolment files name them."""
    return Naming(
        number=said["member_number"], first=said["first_name"], last=said.get("last_name") or "",
        birth_date=said["birth_date"], group=said.get("group") or "",
    )  # fmt: skip


def about(said: Values, *, day: str, code: str, payer_number: str) -> About:
    """Which claim it is. A replacement names the claim it replaces, as REF F8 of an 837 does.

    It is named by the provider's number where that is stated, so that X12 files tell of the same one; else by the
    administrator's, which is one claim's alone whoever bills.
    """
    own = said.get("original_claim_number") or said["claim_number"]
    account = said.get("patient_account")
    return About(
        number=account or own,
        payer_number=payer_number,
        biller=biller(said) if account else f"{CORE} {plain(said.get('payer') or '')}",
        provider_npi=said.get("provider_npi") or said.get("billing_npi") or "",
        provider=said.get("provider_name") or said.get("billing_name") or "",
        day=day,
        code=code,
    )


def biller(said: Values) -> str:
    """Who bills, in the form that names a claim of an X12 file: the NPI, else the tax number, else the name."""
    return (
        said.get("billing_npi")
        or said.get("billing_tax_id")
        or said.get("provider_npi")
        or plain(said.get("billing_name") or said.get("provider_name") or "")
    )


def sender(said: Values) -> str:
    """The organisation that says it."""
    return said.get("payer") or ""


def sensitive(said: Values) -> dict[str, bool]:
    """What the file itself holds to be sensitive."""
    return {"sensitive": True} if said.get("sensitive") else {}


def filed_line(claim: Claim, line: Line, place: int) -> dict[str, Any]:
    """One line as filed."""
    values = line.values
    return served(claim, line, place) | {
        "number": values.get("line_number") or str(place),
        "charge": money(values["billed"]),
        "units": values.get("units") or "",
    }


def decided_line(claim: Claim, line: Line, place: int) -> dict[str, Any]:
    """One line as decided."""
    values = line.values
    return served(claim, line, place) | {
        "charge": money(values["billed"]),
        "paid": money(values["paid"]),
        "allowed": money(values.get("allowed")),
        "units": values.get("units") or "",
        "adjustments": [[group, reason, money(amount)] for group, reason, amount in adjustments(values)],
        "remarks": list(values.get("remarks") or ()),
    }


def served(claim: Claim, line: Line, place: int) -> dict[str, Any]:
    """What was done, and when. ``control`` is hashed before it is kept."""
    values = line.values
    number = values.get("line_number") or place
    return {
        "control": f"{claim.said['claim_number']}-{number}",
        "code": code(values),
        "revenue": (values.get("revenue_code") or "").zfill(4) if values.get("revenue_code") else "",
        "from": values["service_from"],
        "to": values.get("service_to") or values["service_from"],
    } | medicine(values)


def code(values: Values) -> str:
    """Procedure and modifiers, or the drug: "99213-25", "NDC 00093714656"."""
    if values.get("kind") == PHARMACY or not values.get("procedure_code"):
        return f"NDC {values['ndc']}" if values.get("ndc") else ""
    return "-".join((values["procedure_code"].upper(), *(values.get("modifiers") or ())))


def medicine(values: Values) -> dict[str, str]:
    """What a pharmacy line says besides; nothing for others."""
    if not values.get("ndc"):
        return {}
    names = ("ndc", "drug", "quantity", "days_supply", "refill")
    return {name: values[name] for name in names if values.get(name)}


def diagnoses(said: Values) -> list[list[str]]:
    """Every diagnosis once, the principal one first."""
    cells = (said.get("diagnoses"), *(said.get(name) for name in DIAGNOSES))
    codes = dict.fromkeys(one for cell in cells for one in cell or ())
    return [[OTHER if place else PRINCIPAL, one] for place, one in enumerate(codes)]


def all_stated(claim: Claim, name: str) -> str:
    """What the lines come to, where every one states it."""
    return money(added(claim, name)) if all(line.values.get(name) is not None for line in claim.lines) else ""


def first_day(claim: Claim) -> str:
    """The first day of any line."""
    return str(min(line.values["service_from"] for line in claim.lines))


def last_day(claim: Claim) -> str:
    """The last day of any line."""
    return str(max(line.values.get("service_to") or line.values["service_from"] for line in claim.lines))


def money(value: Decimal | None) -> str:
    """Dollars with two decimals, which is all that a table can state; empty where none was."""
    return "" if value is None else f"{value:.2f}"
