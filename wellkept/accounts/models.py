"""Accounts, sessions, access codes and requests for one. Only keyed or plain hashes of what a person could present."""

from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from wellkept.accounts.way_models import Authenticator, Challenge, Half, MailedCode, Passkey, RecoveryCode

__all__ = ["Authenticator", "Challenge", "Half", "MailedCode", "Passkey", "RecoveryCode"]


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
    lapsed_at = models.DateTimeField(
        null=True, db_comment="housekeeping: when it was noted that nobody had renewed it; null while it is in force."
    )
    failures = models.IntegerField(
        default=0,
        db_comment="housekeeping: tries with a password since the last that worked; the password closes at 100.",
    )
    short_password = models.BooleanField(
        default=False,
        db_default=False,
        db_comment="housekeeping: whether it has fewer than 15 characters, so that a second way must stand beside it.",
    )
    failure_noted = models.DateTimeField(
        null=True, db_comment="housekeeping: when an entry last told of failed sign-ins; one an hour at most."
    )
    collected_under = models.TextField(db_comment="public: the policy version this row was collected under.")

    class Meta:
        db_table_comment = "personal: accounts."
        indexes = (
            models.Index(
                fields=["organisation_id"],
                name="accounts_account_office",
                condition=models.Q(closed_at=None, organisation_id__isnull=False),
            ),
            models.Index(fields=["holder"], name="accounts_account_holder"),
        )
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
    tries = models.IntegerField(
        default=0,
        db_default=0,
        db_comment="housekeeping: tries of this browser with a closed password, or to prove itself again; at most 20.",
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


class Alarm(models.Model):
    """Somebody said that a use of their account was not theirs; customer service waits for their call."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the alarm.")
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, db_comment="personal: whose account.")
    role = models.TextField(db_comment="housekeeping: in what capacity.")
    number = models.TextField(db_comment="personal: what they quote on the phone.")
    about = models.TextField(db_comment="personal: the kind of event or session it was about.")
    raised_at = models.DateTimeField(default=timezone.now, db_comment="personal: when they said it.")
    done_at = models.DateTimeField(null=True, db_comment="housekeeping: when somebody had seen to it.")
    done_by = models.TextField(null=True, db_comment="personal: who of ours had.")

    class Meta:
        db_table_comment = "personal: what people said was not them."


class Typed(models.Model):
    """A form that was sent after its sender's sign-in had run out, sealed under a key of their browser's cookie."""

    row_id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: bound into the seal.")
    secret_hash = models.BinaryField(unique=True, db_comment="personal: SHA-256 of what the cookie holds.")
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, db_comment="personal: for whom alone it is.")
    sealed = models.BinaryField(db_comment="personal: sealed; which page, and what was typed there.")
    until = models.DateTimeField(db_comment="housekeeping: when it is destroyed, half an hour after it was sent.")

    class Meta:
        db_table_comment = "personal: forms that wait for their sender to sign in again."


class AccessCode(models.Model):
    """A code for one person alone: single use, expiring, bound, hashed (U-30).

    It says what its account will be: a member's, or of somebody who works with an organisation.
    """

    code_hash = models.BinaryField(primary_key=True, db_comment="personal: keyed hash of the code.")
    person_id = models.UUIDField(null=True, db_comment="personal: the member whom alone it is for; null for others.")
    role = models.TextField(
        default="member", db_default="member", db_comment="housekeeping: in what capacity its account will act."
    )
    holder = models.UUIDField(null=True, db_comment="personal: who will hold the account; null where it is the member.")
    organisation_id = models.UUIDField(
        null=True, db_comment="personal: for which organisation the account will act; null for members."
    )
    administers = models.BooleanField(
        default=False, db_default=False, db_comment="personal: whether its holder will decide who else comes in."
    )
    actor = models.TextField(
        null=True, db_comment="personal: the name its holder gave; emptied once the code is used or has run out."
    )
    place = models.UUIDField(
        null=True,
        db_comment="personal: whose place it fills: of all codes for one place a single one is used. Null: its person.",
    )
    birth_date = models.BinaryField(
        null=True, db_comment="personal: keyed hash of the birth date it is bound to; null where nobody told one."
    )
    email = models.BinaryField(
        null=True,
        db_comment="personal: sealed; the e-mail address given with the request, the holder's once it is used.",
    )
    email_row = models.UUIDField(null=True, db_comment="housekeeping: the row of that address once it is the holder's.")
    issued_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was issued.")
    expires_at = models.DateTimeField(db_comment="housekeeping: when it stops working.")
    tries = models.IntegerField(
        default=0, db_default=0, db_comment="housekeeping: wrong birth dates given with it; it closes at five."
    )
    used_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was used.")

    class Meta:
        db_table_comment = "personal: access codes."
        indexes = (
            models.Index(fields=["person_id"], name="accounts_code_person"),
            models.Index(fields=["place"], name="accounts_code_place", condition=models.Q(used_at=None)),
        )


class Invitation(models.Model):
    """An administrator of an organisation invited one person by name. The code itself is an ``AccessCode``."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the invitation.")
    organisation_id = models.UUIDField(db_comment="personal: into which organisation.")
    holder = models.UUIDField(unique=True, db_comment="personal: who will hold the account; nobody does yet.")
    name = models.TextField(db_comment="personal: the name of whoever is invited.")
    birth_date = models.BinaryField(db_comment="personal: keyed hash of their birth date, which the code is bound to.")
    invited_by = models.UUIDField(db_comment="personal: which administrator invited them.")
    invited_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")
    expires_at = models.DateTimeField(db_comment="housekeeping: when its code stops working.")

    class Meta:
        db_table_comment = "personal: who was invited into an organisation."
        indexes = (models.Index(fields=["organisation_id"], name="accounts_invitation_office"),)


class Registration(models.Model):
    """Somebody asked to register. What they typed is sealed under a key of the request's own and goes with it.

    ``state``: waiting (for the program), unmatched (for a person), chosen (a person said who is meant), done (empty).
    """

    id = models.UUIDField(
        primary_key=True, default=uuid4, db_comment="housekeeping: the request, and whose key seals what was typed."
    )
    audience = models.TextField(
        default="member", db_default="member", db_comment="housekeeping: which kind of account was asked for."
    )
    roster = models.BinaryField(db_comment="personal: keyed hash of what finds somebody on the list; empty once done.")
    birth_date = models.BinaryField(
        db_comment="personal: keyed hash of the birth date, for the code to be bound to; empty once done."
    )
    told = models.BinaryField(
        default=b"", db_default=b"", db_comment="personal: sealed; what was typed; empty once done."
    )
    state = models.TextField(
        default="waiting", db_default="waiting", db_comment="housekeeping: waiting, unmatched, chosen or done."
    )
    meant = models.UUIDField(null=True, db_comment="personal: the person or organisation a representative found.")
    asked_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")
    put_off_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was last put off; null: never.")

    class Meta:
        db_table_comment = "personal: requests to register that are not answered yet."
        indexes = (models.Index(fields=["state", "asked_at"], name="accounts_registration_state"),)


class Ending(models.Model):
    """A member was told that their account closes on a day, because their coverage ended."""

    account = models.OneToOneField(
        Account, on_delete=models.DO_NOTHING, primary_key=True, db_comment="housekeeping: whose account."
    )
    covered_until = models.DateField(db_comment="phi: the last day of their coverage.")
    closes_on = models.DateField(db_comment="housekeeping: the day on which the account closes.")
    told_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when they were told.")

    class Meta:
        db_table_comment = "phi: accounts that close."


class Recovery(models.Model):
    """What lets the holder of an account back in who forgot the password: a response, and a reminder of it (P-09)."""

    account = models.OneToOneField(
        Account, on_delete=models.DO_NOTHING, primary_key=True, db_comment="housekeeping: whose account."
    )
    row_id = models.UUIDField(db_comment="housekeeping: to what the reminder is bound that is sealed here.")
    prompt = models.BinaryField(db_comment="personal: sealed; the holder's own reminder of where the response lies.")
    response = models.TextField(null=True, db_comment="personal: Argon2id hash of the response; null once used.")
    birth_date = models.BinaryField(db_comment="personal: keyed hash of the birth date that is asked with it.")
    made_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when the response was made.")
    used_at = models.DateTimeField(null=True, db_comment="housekeeping: when it let somebody back in.")
    failures = models.IntegerField(
        default=0, db_comment="housekeeping: tries since it was made; the way closes at twenty."
    )

    class Meta:
        db_table_comment = "personal: secret responses of accounts."


class RecoveryAsked(models.Model):
    """Somebody said that they forgot their password. A job looks whose name it is, and removes this."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the request.")
    login = models.BinaryField(db_comment="personal: keyed hash of the sign-in name that was typed.")
    asked_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")

    class Meta:
        db_table_comment = "personal: forgotten passwords that no job has looked at yet."


class RecoveryLink(models.Model):
    """A link that was mailed: it works once, for an hour, for five tries."""

    token = models.BinaryField(primary_key=True, db_comment="personal: SHA-256 of the link's random part.")
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, db_comment="housekeeping: whose.")
    made_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was mailed.")
    expires_at = models.DateTimeField(db_comment="housekeeping: when it stops working.")
    tries = models.IntegerField(default=0, db_comment="housekeeping: tries with it; it closes at five.")
    used_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was used, or another took its place.")

    class Meta:
        db_table_comment = "personal: links to a new password."
