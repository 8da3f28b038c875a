"""Letters: what is too private for mail goes on paper. Mail itself has no model here: it can carry no personal data."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from wellkept.policy.records import Record


class Letter(Record):
    """A letter to one person, sealed until it is printed and emptied then."""

    kind = models.TextField(db_comment="personal: what the letter is, for instance access code.")
    body = models.BinaryField(db_comment="personal: sealed; empty once printed.")
    made_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was made.")
    printed_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was printed.")

    class Meta:
        db_table_comment = "personal: the print queue."
        indexes = (
            models.Index(fields=["made_at"], condition=models.Q(printed_at=None), name="notices_letter_waiting"),
        )


class News(Record):
    """Something is new for a person: of which kind, about what. What it says lies elsewhere."""

    kind = models.TextField(db_comment="personal: claims or answers.")
    about = models.UUIDField(null=True, db_comment="phi: the claim or request.")
    cause = models.UUIDField(default=uuid4, db_comment="housekeeping: what made it new; told once.")
    made_at = models.DateTimeField(default=timezone.now, db_comment="phi: when it came.")
    seen_at = models.DateTimeField(null=True, db_comment="personal: when the person marked it as read.")
    told_at = models.DateTimeField(null=True, db_comment="personal: when a mail or letter told of it.")

    class Meta:
        db_table_comment = "phi: what is new for whom."
        indexes = (models.Index(fields=["person_id", "-made_at"], name="notices_news_person"),)
        constraints = (models.UniqueConstraint(fields=["person_id", "cause"], name="notices_news_once"),)


class Choice(Record):
    """How a person wants to be told of one kind of news."""

    kind = models.TextField(db_comment="personal: claims or answers.")
    channel = models.TextField(db_comment="personal: portal, mail or letter.")

    class Meta:
        db_table_comment = "personal: how people want to be told."


class Address(Record):
    """A mail address that a person gave to be told at, confirmed by a code."""

    address = models.BinaryField(db_comment="personal: sealed; the address.")
    code_hash = models.BinaryField(db_comment="personal: SHA-256 of the row's id and the code that was sent.")
    code_until = models.DateTimeField(db_comment="housekeeping: until when the code works.")
    asked_at = models.DateTimeField(db_comment="housekeeping: when the code was sent.")
    tries = models.IntegerField(default=0, db_comment="housekeeping: how many wrong codes were typed.")
    confirmed_at = models.DateTimeField(null=True, db_comment="personal: when it was confirmed; null before.")

    class Meta:
        db_table_comment = "personal: confirmed mail addresses."


class Informed(Record):
    """A person was told of the privacy policy: of which version, why, and by which way (45 CFR 164.520)."""

    version = models.TextField(db_comment="public: the version of the policy.")
    why = models.TextField(db_comment="housekeeping: enrolment, revision or reminder.")
    way = models.TextField(db_comment="personal: letter, mail, or portal where the person wants no paper.")
    at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")

    class Meta:
        db_table_comment = "personal: who was told of which version of the policy."
        indexes = (models.Index(fields=["person_id", "-at"], name="notices_informed_person"),)
