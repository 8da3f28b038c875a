"""What a row of a claims table may say: the fields a mapping names columns for, with what the documentation prints."""

import re
from typing import Final

from wellkept.exchange.tables.columns import Column, day, matching, money, one_of, text, yes_no
from wellkept.exchange.tables.identifiers import diagnoses, identifier, ndc, npi, several

PENDING: Final = "pending"
PAID: Final = "paid"
DENIED: Final = "denied"
REVERSED: Final = "reversed"
STATUSES: Final = (PENDING, PAID, DENIED, REVERSED)
PHARMACY: Final = "pharmacy"
KINDS: Final = ("professional", "institutional", "dental", PHARMACY)
GROUPS: Final = ("CO", "OA", "PI", "PR", "CR")
ADJUSTMENTS: Final = ("", "_2", "_3", "_4")
DIAGNOSES: Final = tuple(f"diagnosis_{place}" for place in range(1, 13))

_CODE: Final = matching(re.compile(r"[0-9A-Za-z]{5}", re.ASCII), "is no procedure code of five letters and digits")
_REVENUE: Final = matching(re.compile(r"\d{3,4}", re.ASCII), "is no revenue code of four digits")
_REASON: Final = matching(re.compile(r"[0-9A-Za-z]{1,5}", re.ASCII), "is no reason code")
_PLACE: Final = matching(re.compile(r"[0-9A-Za-z]{1,4}", re.ASCII), "is no place of service and no type of bill")
_FREQUENCY: Final = matching(re.compile(r"[0-9A-Z]", re.ASCII), "is no claim frequency code of one digit")
_QUANTITY: Final = matching(re.compile(r"-?\d{1,10}(?:\.\d{1,4})?", re.ASCII), "is no quantity; write it as 30 or 2.5")
_WHOLE: Final = matching(re.compile(r"\d{1,4}", re.ASCII), "is no whole number")
_MODIFIERS: Final = several(re.compile(r"[0-9A-Z]{2}", re.ASCII), "holds what is no modifier of two characters")
_REMARKS: Final = several(re.compile(r"[0-9A-Z]{1,6}", re.ASCII), "holds what is no remark code")

CLAIM: Final = (
    Column("claim_number", "The administrator's number of the claim.", identifier(50), "2026-0001234", required=True),
    Column("claim_version", "What tells versions of one claim apart, where the number does not.", identifier(20), "02"),
    Column("patient_account", "The provider's own number (CLM01): claims of X12 files become one with these.",
           identifier(50), "PA-7781"),
    Column("original_claim_number", "The number of the first claim, where this row replaces it.", identifier(50),
           "2026-0001200"),
    Column("frequency", "Claim frequency code: 1 original, 7 replacement, 8 void.", _FREQUENCY, "1"),
    Column("kind", "Kind of claim.", one_of(*KINDS), "professional"),
    Column("member_number", "The subscriber's number, as enrolment files write it.", identifier(50), "EX100000001",
           required=True),
    Column("first_name", "The patient's first name.", text(60), "ERIKA", required=True),
    Column("last_name", "The patient's last name.", text(60), "QUITZOW"),
    Column("birth_date", "The patient's birth date.", day, "1980-05-15", required=True),
    Column("group", "Group number, where one member number stands in several plans.", identifier(50), "G-7"),
    Column("payer", "Who decides the claim, for the sentence people read.", text(120), "EXAMPLE PLAN"),
    Column("provider_npi", "NPI of who gave care.", npi, "1234567893"),
    Column("provider_name", "Name of who gave care, or of the pharmacy.", text(120), "LINDEN CLINIC"),
    Column("billing_npi", "NPI of who bills, where it is somebody else.", npi, "1234567893"),
    Column("billing_name", "Name of who bills.", text(120), "LINDEN CLINIC"),
    Column("billing_tax_id", "Tax number of who bills, where there is no NPI.", identifier(20), "33-3333333"),
    Column("place", "Place of service, or type of bill.", _PLACE, "11"),
    Column("filed", "Day on which the claim was filed.", day, "2026-03-01"),
    Column("received", "Day on which the claim was received.", day, "2026-03-02"),
    Column("decided", "Day on which the claim was decided.", day, "2026-03-18"),
    Column("paid_on", "Day of the payment.", day, "2026-03-20"),
    Column("diagnoses", "ICD-10-CM codes in one cell, the principal one first.", diagnoses, "E11.9;I10"),
    *(Column(name, "One ICD-10-CM code; diagnosis_1 is the principal one.", diagnoses, "E11.9") for name in DIAGNOSES),
    Column("claim_billed", "Billed dollars of the whole claim; its lines have to come to them.", money, "240.00"),
    Column("claim_paid", "Paid dollars of the whole claim; its lines have to come to them.", money, "49.60"),
    Column("sensitive", "yes where the claim is about sensitive care, whatever its codes say.", yes_no, "no"),
)  # fmt: skip
LINE: Final = (
    Column("line_number", "Number of the line in its claim.", identifier(10), "1"),
    Column("status", "pending, paid, denied or reversed. Lines of one claim may be paid and denied.",
           one_of(*STATUSES), "paid", required=True),
    Column("service_from", "First day of care; the day a prescription was filled.", day, "2026-02-10", required=True),
    Column("service_to", "Last day of care, where it is another.", day, "2026-02-10"),
    Column("procedure_code", "CPT, HCPCS or CDT code.", _CODE, "80053"),
    Column("modifiers", "Modifiers in one cell.", _MODIFIERS, "25"),
    Column("revenue_code", "Revenue code.", _REVENUE, "0450"),
    Column("units", "Units.", _QUANTITY, "1"),
    Column("ndc", "National drug code: 11 digits, or 10 with hyphens.", ndc, "00093-7146-56"),
    Column("drug", "Name of the medicine. Without it the claim is held to be sensitive.", text(120),
           "METFORMIN 500 MG TABLET"),
    Column("quantity", "Quantity dispensed.", _QUANTITY, "60"),
    Column("days_supply", "Days that the quantity lasts.", _WHOLE, "30"),
    Column("refill", "0 for the first filling, then the number of the refill.", _WHOLE, "0"),
    Column("billed", "Billed dollars.", money, "240.00", required=True),
    Column("allowed", "The plan's price. What is not covered is no part of it.", money, "112.00"),
    Column("discount", "What the provider agreed to take off: adjustment CO-45.", money, "128.00"),
    Column("not_covered", "What the plan does not cover; it needs a group and a reason.", money, "0.00"),
    Column("not_covered_group", "Who bears what is not covered: PR or CO.", one_of(*GROUPS), "PR"),
    Column("not_covered_reason", "Claim adjustment reason code of what is not covered.", _REASON, "96"),
    Column("deductible", "Towards the member's deductible: adjustment PR-1.", money, "0.00"),
    Column("coinsurance", "The member's share of the price: adjustment PR-2.", money, "22.40"),
    Column("copay", "The member's fixed amount: adjustment PR-3.", money, "40.00"),
    Column("other_insurance", "What another insurance took over: adjustment OA-23.", money, "0.00"),
    *(
        column
        for place in ADJUSTMENTS
        for column in (
            Column(f"adjustment_group{place}", "Group of a further adjustment.", one_of(*GROUPS), "CO"),
            Column(f"adjustment_reason{place}", "Its claim adjustment reason code.", _REASON, "97"),
            Column(f"adjustment_amount{place}", "Its dollars; positive lowers the payment.", money, "0.00"),
        )
    ),
    Column("remarks", "Remark codes in one cell.", _REMARKS, "N130"),
    Column("owed", "What the member owes of this line. Its parts, where any is stated, have to come to it.", money,
           "62.40"),
    Column("paid", "Paid dollars.", money, "49.60"),
)  # fmt: skip
FIELDS: Final = {field.name: field for field in (*CLAIM, *LINE)}
OF_CLAIM: Final = frozenset(field.name for field in CLAIM)
