"""What adjudications say: dollars by what they are, of CARIN Blue Button 2.0 and of CMS Blue Button 2.

CARIN: C4BB Adjudication and HL7 adjudication codes. CMS: variables of its claims, whose names stand last in the code or
the address of a coding.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from wellkept.exchange.fhir.elements import Resource, amount, codes, inner

SUBMITTED: Final = "submitted"
ALLOWED: Final = "allowed"
PAID: Final = "paid"
BENEFIT: Final = "benefit"
PATIENT_PAID: Final = "paid to patient"
DEDUCTIBLE: Final = "deductible"
COINSURANCE: Final = "coinsurance"
COPAY: Final = "copay"
NONCOVERED: Final = "noncovered"
LIABILITY: Final = "liability"
DISCOUNT: Final = "discount"
MEANT: Final = {
    "submitted": SUBMITTED, "line_sbmtd_chrg_amt": SUBMITTED, "rev_cntr_tot_chrg_amt": SUBMITTED,
    "clm_tot_chrg_amt": SUBMITTED, "tot_rx_cst_amt": SUBMITTED,
    "eligible": ALLOWED, "line_alowd_chrg_amt": ALLOWED,
    "paidtoprovider": PAID, "line_nch_pmt_amt": PAID, "rev_cntr_pmt_amt_amt": PAID, "cvrd_d_plan_pd_amt": PAID,
    "benefit": BENEFIT, "paidtopatient": PATIENT_PAID,
    "deductible": DEDUCTIBLE, "line_bene_ptb_ddctbl_amt": DEDUCTIBLE, "rev_cntr_cash_ddctbl_amt": DEDUCTIBLE,
    "coinsurance": COINSURANCE, "line_coinsrnc_amt": COINSURANCE, "rev_cntr_coinsrnc_wge_adjstd_c": COINSURANCE,
    "copay": COPAY, "ptnt_pay_amt": COPAY,
    "noncovered": NONCOVERED, "rev_cntr_ncvrd_chrg_amt": NONCOVERED,
    "memberliability": LIABILITY, "rev_cntr_ptnt_rspnsblty_pmt": LIABILITY, "discount": DISCOUNT,
}  # fmt: skip
# As CAS writes them: group and reason (X12 code lists 1033 and 139).
ADJUSTED: Final = (
    (DEDUCTIBLE, "PR", "1"),
    (COINSURANCE, "PR", "2"),
    (COPAY, "PR", "3"),
    (NONCOVERED, "OA", "96"),
    (DISCOUNT, "CO", "45"),
)
SHARES: Final = (DEDUCTIBLE, COINSURANCE, COPAY)
Told = dict[str, Decimal]


def told(adjudications: Iterable[Resource]) -> Told:
    """What some adjudications or totals say. Of two of a kind the first counts; raises ``NotReadError``."""
    found: Told = {}
    for one in adjudications:
        meant = next((MEANT[c] for system, c in named(one) if c in MEANT), None)
        dollars = amount(inner(one, "amount"))
        if meant is not None and dollars is not None:
            found.setdefault(meant, dollars)
    return found


def named(adjudication: Resource) -> list[tuple[str, str]]:
    """System and code of the category, and the system's own last part, which is where CMS names its variables."""
    said = list(codes(inner(adjudication, "category")))
    return said + [("", system.rpartition("/")[2]) for system, _ in said]


def paid(said: Told) -> Decimal | None:
    """What the plan paid: to provider and patient, else the benefit; None where nothing says it."""
    if PAID in said or PATIENT_PAID in said:
        return said.get(PAID, Decimal()) + said.get(PATIENT_PAID, Decimal())
    return said.get(BENEFIT)


def added(rows: Iterable[Told]) -> Told:
    """The sums of lines."""
    sums: Told = {}
    for row in rows:
        for name, dollars in row.items():
            sums[name] = sums.get(name, Decimal()) + dollars
    return sums


def adjustments(said: Told) -> list[list[str]]:
    """Group, reason and amount, as an 835 states them. What the member owes beyond their shares was not covered."""
    rows = [[group, reason, format(said[name], "f")] for name, group, reason in ADJUSTED if said.get(name)]
    rest = said.get(LIABILITY, Decimal()) - sum((said.get(name, Decimal()) for name in SHARES), Decimal())
    return rows + ([["PR", "96", format(rest, "f")]] if rest > 0 else [])


def owed(said: Told) -> Decimal | None:
    """What the member owes: as it is said, else the shares; None where nothing says it."""
    if LIABILITY in said:
        return said[LIABILITY]
    shares = [said[name] for name in SHARES if name in said]
    return sum(shares, Decimal()) if shares else None
