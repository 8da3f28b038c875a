"""What a file said, as finished values: frozen, with ``Decimal`` amounts in dollars and ``date`` days.

An element that was not sent is ``""``, ``None`` or ``()``. Every top value names the transaction set it came from and
``segment``, the place of its first segment counted from 1 at the start of the file. Field comments name the X12 place
(005010X220A1, 005010X222A2, 005010X223A3, 005010X221A1).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TransactionSet:
    """One ST..SE: where it stands, and which guide it follows."""

    file: str
    interchange: str  # ISA13
    group: str  # GS06
    control_number: str  # ST02
    kind: str  # 834, 837P, 837I, 835
    guide: str  # ST03 or GS08
    segment: int  # of the ST


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, or an organisation's in ``last``."""

    last: str
    first: str = ""
    middle: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """N3 and N4."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach somebody: PER03 and PER04, and so on. ``kind`` is TE, HP, WP, CP, EM, FX ..."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Reference:
    """REF01 and REF02."""

    qualifier: str
    value: str


@dataclass(frozen=True, slots=True)
class Party:
    """A person or organisation named by NM1 or N1. ``npi`` is the identifier when its qualifier is XX."""

    entity: str
    name: Name
    qualifier: str = ""
    identifier: str = ""
    npi: str = ""
    tax_id: str = ""
    birth_date: date | None = None
    gender: str = ""
    address: Address | None = None
    contacts: tuple[Contact, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """One HD loop (2300) of an enrolment."""

    maintenance_type: str  # HD01
    insurance_line: str  # HD03
    plan_description: str  # HD04
    coverage_level: str  # HD05
    begins: date | None = None  # DTP 348
    ends: date | None = None  # DTP 349
    policy_number: str = ""  # REF 1L


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One INS loop (2000) of an 834: a member, and what changes or holds for them."""

    transaction: TransactionSet
    segment: int
    purpose: str  # BGN01
    file_kind: str  # BGN08: 2 change, 4 full file, RX replacement
    file_date: date | None  # BGN03
    master_policy_number: str  # REF 38
    sponsor: Party | None  # N1 P5
    insurer: Party | None  # N1 IN
    is_subscriber: bool  # INS01
    relationship: str  # INS02
    maintenance_type: str  # INS03
    maintenance_reason: str  # INS04
    benefit_status: str  # INS05
    employment_status: str  # INS08
    name: Name
    member: Party  # NM1 IL or 74, with address (N3, N4), contacts (PER), birth date and gender (DMG)
    died: date | None = None  # INS12
    subscriber_id: str = ""  # REF 0F
    policy_number: str = ""  # REF 1L
    member_ids: tuple[Reference, ...] = ()  # NM108 and NM109, then every other REF of the member
    previous_name: Name | None = None  # NM1 70
    mailing_address: Address | None = None  # NM1 31
    employment_begins: date | None = None  # DTP 336
    employment_ends: date | None = None  # DTP 337
    eligibility_begins: date | None = None  # DTP 356
    eligibility_ends: date | None = None  # DTP 357
    maintenance_effective: date | None = None  # DTP 303
    coverages: tuple[Coverage, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One composite of HI. ``qualifier`` is ABK, BK (principal), ABF, BF, ABJ, BJ (admitting), APR, PR, ABN, BN."""

    qualifier: str
    code: str
    present_on_admission: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """SV101, SV202 or SVC01: the code, whose code it is, and its modifiers."""

    qualifier: str
    code: str
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One triplet of a CAS: why the paid amount differs from the charge."""

    group: str
    reason: str
    amount: Decimal
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Adjudication:
    """One 2430 loop of a line: what another payer decided of it."""

    payer: str  # SVD01, the identifier of the payer's NM1 PR in 2330B
    paid: Decimal  # SVD02
    decided: date | None = None  # DTP 573
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One LX loop (2400) of a claim."""

    number: str  # LX01
    segment: int
    charge: Decimal
    procedure: Procedure | None = None
    revenue_code: str = ""  # SV201
    unit: str = ""  # UN, MJ, DA
    units: Decimal | None = None
    place: str = ""  # SV105
    pointers: tuple[int, ...] = ()  # SV107, 1 is the first diagnosis
    begins: date | None = None  # DTP 472
    ends: date | None = None
    control_number: str = ""  # REF 6R
    rendering: Party | None = None  # NM1 82
    other_paid: Decimal | None = None  # sum of SVD02
    adjudications: tuple[Adjudication, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """One 2320 loop of a claim: another coverage, and what it paid."""

    responsibility: str  # SBR01
    relationship: str  # SBR02
    group_number: str  # SBR03
    plan_name: str  # SBR04
    payer: Party | None = None  # NM1 PR
    subscriber: Party | None = None  # NM1 IL
    paid: Decimal | None = None  # AMT D
    claim_number: str = ""  # REF F8
    decided: date | None = None  # DTP 573
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimFiled:
    """One CLM loop (2300) of an 837, with the people above it."""

    transaction: TransactionSet
    segment: int
    institutional: bool
    purpose: str  # BHT02: 00 original, 18 reissue
    filed: date | None  # BHT04
    control_number: str  # CLM01
    charge: Decimal  # CLM02
    facility_code: str  # CLM05-1: place of service, or the first digits of the type of bill
    facility_qualifier: str  # CLM05-2
    frequency: str  # CLM05-3: 1 original, 7 replacement, 8 void
    billing: Party
    subscriber: Party
    patient: Party
    relationship: str  # SBR02 of the subscriber, PAT01 of another patient
    responsibility: str  # SBR01
    group_number: str  # SBR03
    plan_name: str  # SBR04
    filing_indicator: str  # SBR09
    payer: Party | None = None
    rendering: Party | None = None  # NM1 82
    attending: Party | None = None  # NM1 71
    referring: Party | None = None  # NM1 DN
    facility: Party | None = None  # NM1 77
    original_reference: str = ""  # REF F8: the payer's number of the claim that this one follows
    clearinghouse_trace: str = ""  # REF D9
    prior_authorization: str = ""  # REF G1
    service_begins: date | None = None  # DTP 434, or the first day of any line
    service_ends: date | None = None
    admitted: date | None = None  # DTP 435
    diagnoses: tuple[Diagnosis, ...] = ()
    procedures: tuple[Diagnosis, ...] = ()  # HI BBR, BR, BBQ, BQ
    lines: tuple[ClaimLine, ...] = ()
    other_payers: tuple[OtherPayer, ...] = ()


@dataclass(frozen=True, slots=True)
class Remittance:
    """The head of an 835: who pays whom, how much, and under which trace number."""

    transaction: TransactionSet
    segment: int
    amount: Decimal  # BPR02
    credit: bool  # BPR03 is C
    method: str  # BPR04: CHK, ACH, NON
    paid: date | None  # BPR16
    trace_number: str  # TRN02
    payer_tax_id: str  # TRN03, without its leading 1
    produced: date | None = None  # DTM 405
    payer: Party | None = None  # N1 PR
    payee: Party | None = None  # N1 PE


@dataclass(frozen=True, slots=True)
class LineDecided:
    """One SVC loop (2110) of an 835."""

    segment: int
    procedure: Procedure
    charge: Decimal  # SVC02
    paid: Decimal  # SVC03
    revenue_code: str = ""  # SVC04, or SVC01 when its qualifier is NU
    units: Decimal | None = None  # SVC05
    begins: date | None = None  # DTM 472, 150
    ends: date | None = None  # DTM 472, 151
    control_number: str = ""  # REF 6R
    allowed: Decimal | None = None  # AMT B6
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()  # LQ02


@dataclass(frozen=True, slots=True)
class ClaimDecided:
    """One CLP loop (2100) of an 835."""

    transaction: TransactionSet
    segment: int
    trace_number: str  # TRN02 of the remittance
    control_number: str  # CLP01
    status: str  # CLP02
    charge: Decimal  # CLP03
    paid: Decimal  # CLP04
    patient_responsibility: Decimal  # CLP05, 0 when not sent
    filing_indicator: str  # CLP06
    payer_claim_number: str  # CLP07
    facility_code: str  # CLP08
    frequency: str  # CLP09
    patient: Party | None = None  # NM1 QC
    subscriber: Party | None = None  # NM1 IL
    corrected: Party | None = None  # NM1 74
    rendering: Party | None = None  # NM1 82
    crossover: Party | None = None  # NM1 TT, to whom the claim was sent on
    priority: Party | None = None  # NM1 PR, who should have paid first
    group_number: str = ""  # REF 1L
    statement_begins: date | None = None  # DTM 232
    statement_ends: date | None = None  # DTM 233
    received: date | None = None  # DTM 050
    allowed: Decimal | None = None  # AMT AU
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()  # MIA05, MIA20 to 23, MOA03 to 07
    lines: tuple[LineDecided, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """One pair of a PLB: money kept from or added to the payment that belongs to no claim. Positive lowers it."""

    transaction: TransactionSet
    segment: int
    trace_number: str
    provider: str  # PLB01
    fiscal_date: date | None  # PLB02
    reason: str  # PLB03-1
    reference: str  # PLB03-2
    amount: Decimal  # PLB04


@dataclass(frozen=True, slots=True)
class Announced:
    """A QTY of an 834's head: how many members (TO), subscribers (ET) or dependents (DT) its sender says are in it."""

    transaction: TransactionSet
    segment: int
    qualifier: str  # QTY01
    number: Decimal  # QTY02


@dataclass(frozen=True, slots=True)
class PremiumPaid:
    """The head of an 820: who pays whom, how much, and under which trace number."""

    transaction: TransactionSet
    segment: int
    amount: Decimal  # BPR02
    credit: bool  # BPR03 is not D
    method: str  # BPR04
    trace_number: str  # TRN02
    paid: date | None = None  # BPR16
    payer: Party | None = None  # N1 PR
    payee: Party | None = None  # N1 PE


@dataclass(frozen=True, slots=True)
class PremiumPart:
    """One RMR of an 820: what was paid for one person's coverage, or for an organisation's."""

    transaction: TransactionSet
    segment: int
    qualifier: str  # RMR01
    reference: str  # RMR02
    amount: Decimal  # RMR04
    person: Party | None = None  # NM1 IL, EY or QE of its entity
    begins: date | None = None  # DTM 582
    ends: date | None = None
    adjusted: Decimal = Decimal(0)  # the sum of ADX01, which RMR04 holds already


@dataclass(frozen=True, slots=True)
class Answered:
    """What a 999 says of one set (IK5), or of its group (AK9) where ``number`` is empty."""

    transaction: TransactionSet
    segment: int
    group: str  # AK102
    identifier: str  # AK201
    number: str  # AK202
    verdict: str  # IK501 or AK901
    codes: tuple[str, ...] = ()  # IK502 to 06, AK905 to 09
    errors: tuple[str, ...] = ()  # IK3 and IK4 in words: place and code


Value = (
    Announced
    | Enrolment
    | ClaimFiled
    | Remittance
    | ClaimDecided
    | ProviderAdjustment
    | PremiumPaid
    | PremiumPart
    | Answered
)
