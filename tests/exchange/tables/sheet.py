"""Claims tables of invented people, as the shipped mapping reads them."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.intake.book import CLAIMS, Claim

HEAD = (
    "claim_number", "claim_type", "frequency", "member_id", "group_number", "patient_first_name", "patient_last_name",
    "patient_birth_date", "rendering_npi", "rendering_name", "date_filed", "date_received", "date_paid", "diagnosis_1",
    "line_number", "line_status", "service_from", "procedure_code", "billed_amount", "copay_amount",
    "member_responsibility", "paid_amount",
)  # fmt: skip
STATUS = {"1": "P", "4": "D", "22": "R"}
Cells = dict[str, str]


def row(claim: Claim, *, line: str = "1", day: str = "2026-03-20", **more: str) -> Cells:
    """One line of a claim; ``more`` by column."""
    one = claim.member
    born = f"{one.born[:4]}-{one.born[4:6]}-{one.born[6:]}"
    owed = f"{float(claim.charge) - float(claim.paid):.2f}"
    return {
        "claim_number": claim.number, "claim_type": "P", "frequency": claim.frequency, "member_id": one.number,
        "group_number": claim.group or one.group, "patient_first_name": one.first, "patient_last_name": one.last,
        "patient_birth_date": born, "rendering_npi": "1234567893", "rendering_name": "LINDEN CLINIC",
        "date_filed": "2026-03-01", "date_received": "2026-03-02", "date_paid": day, "diagnosis_1": claim.diagnosis,
        "line_number": line, "line_status": STATUS[claim.status], "service_from": "2026-02-10",
        "procedure_code": claim.procedure, "billed_amount": claim.charge, "copay_amount": owed,
        "member_responsibility": owed, "paid_amount": claim.paid,
    } | more  # fmt: skip


def rows(claims: Sequence[Claim] = CLAIMS) -> list[Cells]:
    """One line a claim, and a second one of the first."""
    made = [row(claim) for claim in claims]
    second = row(claims[0], line="2", billed_amount="50", paid_amount="50", copay_amount="0", member_responsibility="0")
    return [made[0], second, *made[1:]]


def table(
    path: Path, lines: Sequence[Mapping[str, str]], *, encoding: str = "utf-8", separator: str = ",", end: str = "\n"
) -> Path:
    """A table of these lines."""
    head = list(dict.fromkeys([*HEAD, *(name for line in lines for name in line)]))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, head, delimiter=separator, lineterminator=end)
        writer.writeheader()
        writer.writerows(lines)
    return path


def control(path: Path, *lines: str) -> Path:
    """A control file."""
    path.write_text("\n".join(("kind,count,billed,paid", *lines)) + "\n", encoding="utf-8")
    return path
