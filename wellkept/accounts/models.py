"""Accounts, sessions, access codes and requests for one. Only keyed or plain hashes of what a person could present."""

from uuid import uuid4

from django.db import models
from django.utils import timezone


class Account(models.Model):
    """One person's account in one capacity. Names and identifiers are not here."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the account.")
    role = models.TextField(db_comment="housekeeping: in what capacity this account acts.")
    person_id = models.UUIDField(null=True, db_comment="personal: the person a member's account belongs to.")
    login = models.BinaryField(unique=True, db_comment="personal: keyed hash of the sign-in name.")
    password = models.TextField(db_comment="personal: Argon2id hash; given to the entrance alone, one try at a time.")
    actor = models.TextField(null=True, db_comment="personal: the name members read when staff opened their record.")
    created_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when the account was made.")
    closed_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was closed.")
    failures = models.IntegerField(
        default=0,
        db_comment="housekeeping: tries with a password since the last that worked; the password closes at 100.",
    )
    failure_noted = models.DateTimeField(
        null=True, db_comment="housekeeping: when an entry last told of failed sign-ins; one an hour at most."
    )
    collected_under = models.TextField(db_comment="public: the policy version this row was collected under.")

    class Meta:
        db_table_comment = "personal: accounts."
        constraints = (
            models.UniqueConstraint(
                fields=["person_id", "role"], condition=models.Q(closed_at=None), name="accounts_one_account_per_person"
            ),
        )


class Session(models.Model):
    """A signed-in browser. The secret itself is only in its cookie."""

    secret_hash = models.BinaryField(primary_key=True, db_comment="personal: SHA-256 of the session's secret.")
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, db_comment="housekeeping: whose session.")
    person_id = models.UUIDField(null=True, db_comment="personal: the member the account belongs to.")
    role = models.TextField(db_comment="housekeeping: in what capacity.")
    actor = models.TextField(null=True, db_comment="personal: display name of a member of staff.")
    occasion = models.UUIDField(db_comment="housekeeping: the visit this session is.")
    began = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when the session began.")
    seen = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was last used, to the minute.")
    idle = models.DurationField(db_comment="housekeeping: how long it may stay unused.")
    expires = models.DateTimeField(db_comment="housekeeping: when it ends whatever happens.")
    failed_before = models.IntegerField(
        default=0, db_default=0, db_comment="housekeeping: how many sign-ins failed between the last one and this."
    )
    policy_version = models.TextField(
        null=True, db_comment="public: the version of the policy in force when the session began."
    )

    class Meta:
        db_table_comment = "personal: sessions by the hash of their secret."


class Met(models.Model):
    """A version of the policy that an account met at a sign-in, and when its holder said that they read it (U-37)."""

    pk = models.CompositePrimaryKey("account_id", "version")
    account = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, db_index=False, db_comment="housekeeping: whose account."
    )
    version = models.TextField(db_comment="public: a version of the policy.")
    first_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: the first sign-in under it.")
    last_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: the last sign-in under it.")
    read_at = models.DateTimeField(
        null=True, db_comment="housekeeping: when the holder said that they read it; null before."
    )

    class Meta:
        db_table_comment = "housekeeping: the versions of the policy that accounts met."


class AccessCode(models.Model):
    """A code posted to one person for one registration: single use, expiring, bound, hashed (U-30)."""

    code_hash = models.BinaryField(primary_key=True, db_comment="personal: keyed hash of the code.")
    person_id = models.UUIDField(db_comment="personal: for whom alone it is.")
    birth_date = models.BinaryField(db_comment="personal: keyed hash of the birth date it is bound to.")
    issued_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was issued.")
    expires_at = models.DateTimeField(db_comment="housekeeping: when it stops working.")
    tries = models.IntegerField(
        default=0, db_comment="housekeeping: wrong birth dates given with it; it closes at five."
    )
    used_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was used.")

    class Meta:
        db_table_comment = "personal: access codes."
        indexes = (models.Index(fields=["person_id"], name="accounts_code_person"),)


class Registration(models.Model):
    """Somebody asked to register. Nothing typed is kept: one keyed hash that the roster knows or not."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the request.")
    roster = models.BinaryField(db_comment="personal: keyed hash of member number, group, name and birth date.")
    birth_date = models.BinaryField(db_comment="personal: keyed hash of the birth date, for the code to be bound to.")
    asked_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")

    class Meta:
        db_table_comment = "personal: requests to register that no job has answered yet."
