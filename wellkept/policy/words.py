"""The words everyone speaks: purposes of use, categories, roles, classes, retention, and the type of a key.

Purposes are HL7 v3 PurposeOfUse codes (code system 2.16.840.1.113883.5.8). No word here means sale, trade, rent,
licence or marketing, and none may be added: U-07, P-06.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Purpose(StrEnum):
    """Why a record is opened, in HL7 v3 PurposeOfUse codes."""

    PAYMENT = "HPAYMT"
    OPERATIONS = "HOPERAT"
    TREATMENT = "TREAT"
    PATIENT_REQUEST = "PATRQT"
    RESEARCH = "HRESCH"
    LEGAL = "HLEGAL"
    CARE_MANAGEMENT = "CAREMGT"
    MEMBER_ADMINISTRATION = "MEMADMIN"
    FRAUD = "FRAUD"
    ELIGIBILITY = "ELIGVER"


class Category(StrEnum):
    """What kind of thing a row is. Sensitive care is a category of the row, not of the table (R-17)."""

    IDENTITY = "identity"
    CONTACT = "contact"
    SOCIAL = "social_security"
    COVERAGE = "coverage"
    CLAIMS = "claims"
    SENSITIVE_CLAIMS = "sensitive_claims"
    OPENINGS = "openings"
    ASSESSMENT = "assessment"
    DIARY = "diary"
    PROGRAMME = "programme"
    RECORD = "record"
    MESSAGES = "messages"
    REQUESTS = "requests"
    INQUIRY = "inquiry"
    ENROLMENT = "enrolment"
    PAPERS = "papers"
    CALLS = "calls"


class Role(StrEnum):
    """In what capacity somebody acts. The last ones are machines."""

    MEMBER = "member"
    PROVIDER = "provider"
    EMPLOYER = "employer"
    AGENT = "agent"
    PARTNER = "partner"
    REPRESENTATIVE = "representative"
    NURSE = "nurse"
    PRIVACY_OFFICER = "privacy_officer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    ACCESS_ADMINISTRATOR = "access_administrator"
    NEWCOMER = "newcomer"
    INTAKE = "intake"
    JOBS = "jobs"
    MAIL_ROOM = "mail_room"


class FieldClass(StrEnum):
    """The confidential classes of U-10, and the two that are not confidential."""

    PHI = "protected health information"
    FINANCIAL = "non-public financial information"
    TRADE_SECRET = "trade secret"
    PERSONAL = "personal data"
    PUBLIC = "public"
    HOUSEKEEPING = "housekeeping"


class Retention(StrEnum):
    """The classes a data key belongs to. Each is destroyed on its own when its duty ends (B-04)."""

    BENEFITS = "benefits"
    CONTACT = "contact"
    WELLNESS = "wellness"
    MESSAGES = "messages"
    INQUIRY = "inquiry"


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """You may not: the sentence to show, the clause that refuses, the gate's short reason, and the entry of it."""

    def __init__(self, sentence: str, *, clause: str = "", reason: str = "", entry: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.clause = clause
        self.reason = reason
        self.entry = entry


class Key(Protocol):
    """What an opening hands out: whose record is open, which categories, for what, and how to read what is sealed.

    Only ``wellkept.access`` makes one. Rooms take it and ask nothing else about who is looking.
    """

    @property
    def entry(self) -> int:
        """The ledger entry that opened this."""

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """The people (or other subjects) whose rows are open."""

    @property
    def categories(self) -> frozenset[str]:
        """The categories whose rows are open."""

    @property
    def purpose(self) -> str:
        """The purpose of use that was stated."""

    def unseal(self, subject: UUID, retention: str, field: str, row: UUID, sealed: bytes) -> str:
        """The text that was sealed for ``field`` of ``row``; raises ``LookupError`` when its key was destroyed."""

    def seal(self, subject: UUID, retention: str, field: str, row: UUID, text: str) -> bytes:
        """``text`` sealed for ``field`` of ``row`` under the subject's key."""

    def unseal_bytes(self, subject: UUID, retention: str, field: str, row: UUID, sealed: bytes) -> bytes:
        """The bytes that were sealed for ``field`` of ``row``, such as a part of a file."""

    def seal_bytes(self, subject: UUID, retention: str, field: str, row: UUID, content: bytes) -> bytes:
        """``content`` sealed for ``field`` of ``row`` under the subject's key."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of ledger entry: the sentence a person reads, and what remains of it when their data goes."""

    name: str
    sentence: str
    erasure: str


Facts = Mapping[str, str | int | None]
