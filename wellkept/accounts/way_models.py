"""Ways to sign in beside the password, and what is half done on the way in. Only sealed values and hashes."""

from uuid import uuid4

from django.db import models
from django.utils import timezone


class Half(models.Model):
    """A browser on its way in: it showed one way, or was promised a code by mail, and owes more. It opens nothing."""

    secret_hash = models.BinaryField(primary_key=True, db_comment="personal: SHA-256 of the secret in its cookie.")
    account = models.ForeignKey(
        "accounts.Account",
        null=True,
        on_delete=models.DO_NOTHING,
        db_comment="housekeeping: whose; null while only a name is known.",
    )
    login = models.BinaryField(null=True, db_comment="personal: keyed hash of the name for which a code was asked.")
    method = models.TextField(db_comment="personal: by which ways the holder came so far; empty: by none.")
    before = models.BinaryField(null=True, db_comment="personal: hash of the session this browser had before.")
    tries = models.IntegerField(default=0, db_comment="housekeeping: tries with what is owed; it closes at five.")
    expires = models.DateTimeField(db_comment="housekeeping: when it ends.")

    class Meta:
        db_table_comment = "personal: sign-ins that are not complete."
        indexes = (models.Index(fields=["expires"], name="accounts_half_expires"),)


class Passkey(models.Model):
    """A passkey (Web Authentication Level 3): its public half. What signs never leaves its owner's device."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the passkey.")
    account = models.ForeignKey("accounts.Account", on_delete=models.DO_NOTHING, db_comment="housekeeping: whose.")
    credential = models.BinaryField(unique=True, db_comment="personal: by what its device knows it.")
    public_key = models.BinaryField(db_comment="personal: what its signatures are checked with; it signs nothing.")
    sign_count = models.BigIntegerField(db_comment="housekeeping: how often its device says that it signed.")
    label = models.BinaryField(db_comment="personal: sealed; what its owner calls it.")
    discoverable = models.BooleanField(db_comment="housekeeping: whether it can sign in without a name.")
    added_on = models.DateField(db_comment="personal: the day it was added.")
    used_on = models.DateField(null=True, db_comment="personal: the day it was last used.")

    class Meta:
        db_table_comment = "personal: passkeys."
        indexes = (models.Index(fields=["account"], name="accounts_passkey_account"),)


class Authenticator(models.Model):
    """An authenticator app (TOTP, RFC 6238). Before its first code was typed it waits, and counts for nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the authenticator.")
    account = models.ForeignKey(
        "accounts.Account", on_delete=models.DO_NOTHING, db_index=False, db_comment="housekeeping: whose."
    )
    secret = models.BinaryField(db_comment="personal: sealed; what its codes are made of.")
    made_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was begun.")
    added_on = models.DateField(
        null=True, db_comment="personal: the day its first code was typed; null while it waits."
    )
    used_on = models.DateField(null=True, db_comment="personal: the day it was last used.")
    last_step = models.BigIntegerField(
        default=0,
        db_comment="housekeeping: the half minute of the last code that was used; none before it works again.",
    )
    failures = models.IntegerField(default=0, db_comment="housekeeping: tries since the last that worked.")

    class Meta:
        db_table_comment = "personal: authenticator apps."
        constraints = (
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(added_on=None), name="accounts_one_authenticator_waits"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(added_on__isnull=False), name="accounts_one_authenticator"
            ),
        )


class RecoveryCode(models.Model):
    """One of ten codes for the day on which every other second way is lost. Each works once."""

    code_hash = models.BinaryField(primary_key=True, db_comment="personal: keyed hash of the code.")
    account = models.ForeignKey("accounts.Account", on_delete=models.DO_NOTHING, db_comment="housekeeping: whose.")
    made_on = models.DateField(db_comment="personal: the day it was made.")
    used_on = models.DateField(null=True, db_comment="personal: the day it was used.")

    class Meta:
        db_table_comment = "personal: recovery codes."


class Challenge(models.Model):
    """A random number that a passkey has to sign, once, within five minutes."""

    challenge_hash = models.BinaryField(primary_key=True, db_comment="housekeeping: SHA-256 of the number.")
    purpose = models.TextField(db_comment="housekeeping: sign-in, second, again or add.")
    account_id = models.UUIDField(null=True, db_comment="housekeeping: whose passkey must sign; null: anybody's.")
    made_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")

    class Meta:
        db_table_comment = "housekeeping: numbers that passkeys have yet to sign."
        indexes = (models.Index(fields=["made_at"], name="accounts_challenge_made"),)


class MailedCode(models.Model):
    """Somebody asked for a sign-in code by mail. A job looks whose name it is; the code works for ten minutes."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="housekeeping: the request.")
    login = models.BinaryField(db_comment="personal: keyed hash of the sign-in name that was typed.")
    account_id = models.UUIDField(null=True, db_comment="housekeeping: whose name it is, once a job looked.")
    code_hash = models.BinaryField(null=True, unique=True, db_comment="personal: keyed hash of the code.")
    asked_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")
    sent_at = models.DateTimeField(null=True, db_comment="housekeeping: when a job took it up to send a code.")
    expires_at = models.DateTimeField(null=True, db_comment="housekeeping: when the code stops working.")

    class Meta:
        db_table_comment = "personal: sign-in codes that were asked for by mail."
        indexes = (
            models.Index(fields=["asked_at"], name="accounts_mailed_asked"),
            models.Index(fields=["account_id", "sent_at"], name="accounts_mailed_account"),
        )
