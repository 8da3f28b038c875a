"""Accounts, sessions, access codes and requests for one. Only keyed or plain hashes of what a person could present."""

from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone


class Account(models.Model):
    """One person's account in one capacity. Names and identifiers are not here."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the account.")
    role = models.TextField(db_comment="housekeeping: in what capacity this account acts.")
    person_id = models.UUIDField(null=True, db_comment="personal: the person a member's account belongs to.")
    holder = models.UUIDField(
        default=uuid4,
        db_default=RandomUUID(),
        db_comment="personal: whose account it is: the member, or whoever works with it; their contact is under it.",
    )
    organisation_id = models.UUIDField(
        null=True, db_comment="personal: for which organisation the holder acts; null for members and staff."
    )
    administers = models.BooleanField(
        default=False, db_default=False, db_comment="personal: whether the holder decides who else of it comes in."
    )
    renewed_at = models.DateTimeField(
        default=timezone.now,
        db_default=Now(),
        db_comment="housekeeping: when somebody last said that the holder still works there.",
    )
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
            models.CheckConstraint(
                condition=models.Q(person_id=None) | models.Q(holder=models.F("person_id")),
                name="accounts_a_member_holds_their_own",
            ),
        )


class Session(models.Model):
    """A signed-in browser. The secret itself is only in its cookie."""

    secret_hash = models.BinaryField(primary_key=True, db_comment="personal: SHA-256 of the session's secret.")
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, db_comment="housekeeping: whose session.")
    person_id = models.UUIDField(null=True, db_comment="personal: the member the account belongs to.")
    role = models.TextField(db_comment="housekeeping: in what capacity.")
    holder = models.UUIDField(db_comment="personal: whose account it is.")
    organisation_id = models.UUIDField(null=True, db_comment="personal: for which organisation.")
    actor = models.TextField(null=True, db_comment="personal: display name of whoever is no member.")
    occasion = models.UUIDField(db_comment="housekeeping: the visit this session is.")
    began = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when the session began.")
    seen = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was last used, to the minute.")
    idle = models.DurationField(db_comment="housekeeping: how long it may stay unused.")
    expires = models.DateTimeField(db_comment="housekeeping: when it ends whatever happens.")
    failed_before = models.IntegerField(
        default=0, db_default=0, db_comment="housekeeping: how many sign-ins failed between the last one and this."
    )
    method = models.TextField(
        default="password", db_default="password", db_comment="personal: by which ways the holder signed in."
    )
    browser = models.TextField(
        default="", db_default="", db_comment="personal: the family of the browser, such as Firefox; nothing finer."
    )
    proved_at = models.DateTimeField(
        default=timezone.now,
        db_default=Now(),
        db_comment="housekeeping: when the holder last showed that it is them, for acts that ask again.",
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


class Event(models.Model):
    """Something that happened with an account, for its holder. No address and no user agent."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the event.")
    account = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, db_index=False, db_comment="personal: whose account."
    )
    at = models.DateTimeField(default=timezone.now, db_comment="personal: when; removed after the operator's days.")
    kind = models.TextField(db_comment="personal: what, such as signed in.")
    method = models.TextField(default="", db_comment="personal: by which ways to sign in; empty where it is none.")
    browser = models.TextField(default="", db_comment="personal: the family of the browser; nothing finer.")

    class Meta:
        db_table_comment = "personal: what happened with accounts."
        indexes = (models.Index(fields=["account", "-at"], name="accounts_event_newest"),)


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
