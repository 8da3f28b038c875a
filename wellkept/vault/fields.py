"""The sealed fields of the house: for each its stable code, and the retention class whose key seals it (U-32, B-04).

A code goes into the associated data of every value sealed under it, so it is never renamed and never used for a second
thing; tables and columns may be renamed as often as they like. A new sealed field is a new line here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wellkept.policy.words import Retention

_BY_CLASS: Final[Mapping[Retention, tuple[str, ...]]] = {
    Retention.BENEFITS: (
        "person.name",
        "person.birth_date",
        "person.member_number",
        "person.social_security_number",
        "person.join_reason",
        "account.display_name",
        "account.second_factor",
        "account.typed",
        "account.passkey_label",
        "organisation.contact",
        "organisation.paper",
        "organisation.tax_number",
        "coverage.other_payer",
        "coverage.note",
        "claim.number",
        "claim.patient_account",
        "claim.note",
        "enrolment.request",
        "enrolment.note",
        "card.number",
        "consent.note",
        "authorization.scope",
        "authorization.recipient",
        "authorization.address",
        "authorization.statement",
        "restriction.words",
        "restriction.answer",
        "appointment.name",
        "appointment.statement",
        "relationship.note",
        "disclosure.recipient",
        "disclosure.note",
        "disclosure.conditions",
        "request.words",
        "request.answer",
        "call.note",
        "case.reason",
        "case.note",
        "intake.content",
        "letter.body",
        "file.name",
        "file.text",
        "file.bytes",
        "told.answers",
    ),
    Retention.CONTACT: (
        "contact.address",
        "contact.phone",
        "contact.email",
        "contact.confidential_address",
        "contact.death_told",
        "contact.estate",
        "account.recovery_contact",
        "account.recovery_prompt",
        "notice.recipient",
        "notice.subscription",
    ),
    Retention.WELLNESS: (
        "assessment.answers",
        "assessment.result",
        "diary.value",
        "diary.note",
        "programme.invitation",
        "programme.note",
        "programme.goal",
        "maternity.answers",
        "maternity.due_date",
        "record.entry",
        "record.note",
        "record.allergy",
        "record.condition",
        "record.medication",
        "record.immunization",
        "record.observation",
        "record.document",
    ),
    Retention.MESSAGES: (
        "message.subject",
        "message.body",
        "message.file_name",
        "message.file",
    ),
    Retention.INQUIRY: (
        "registration.told",
        "inquiry.name",
        "inquiry.reply_to",
        "inquiry.subject",
        "inquiry.body",
        "inquiry.answer",
        "inquiry.file_name",
        "inquiry.file",
    ),
}

SEALED: Final[Mapping[str, Retention]] = MappingProxyType(
    {code: retention for retention, codes in _BY_CLASS.items() for code in codes}
)


def check(field: str, *, retention: str | None = None) -> None:
    """Raise ``ValueError`` for a code that is not declared, or one kept under another class than ``retention``.

    A value sealed under the wrong class would outlive the removal that should have ended it, or end too early.
    """
    declared = SEALED.get(field)
    if declared is None:
        raise ValueError(f"{field!r} is no sealed field: declare it in wellkept/vault/fields.py.")
    if retention not in (None, declared):
        raise ValueError(f"{field!r} is kept under {declared}, not under {retention}.")
