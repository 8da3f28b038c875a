"""What people authorised, had restricted or acknowledged."""

from django.db import models
from django.utils import timezone

from wellkept.policy.records import Record


class Document(models.Model):
    """A text somebody has to agree to before they open anything: terms, a confidentiality agreement."""

    pk = models.CompositePrimaryKey("name", "version")
    name = models.TextField(db_comment="public: the document.")
    version = models.TextField(db_comment="public: its version.")
    audience = models.TextField(db_comment="public: the role that has to agree to it.")
    need = models.TextField(db_comment="public: the need of a rule it answers, for instance agreement.")
    effective = models.DateTimeField(db_comment="public: from when it binds.")

    class Meta:
        db_table_comment = "public: documents that have to be acknowledged."


class Acknowledgement(models.Model):
    """An account agreed to one version of a document."""

    pk = models.CompositePrimaryKey("account_id", "document", "version")
    account_id = models.UUIDField(db_comment="personal: who agreed.")
    document = models.TextField(db_comment="public: to what.")
    version = models.TextField(db_comment="public: in which version.")
    at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")
    language = models.TextField(default="en", db_default="en", db_comment="personal: in which language it was shown.")

    class Meta:
        db_table_comment = "personal: who agreed to what."


class Restriction(Record):
    """A restriction the plan granted (45 CFR 164.522(a)). Null in a column means any."""

    role = models.TextField(null=True, db_comment="phi: who may not open.")
    purpose = models.TextField(null=True, db_comment="phi: for which purpose.")
    opens = models.TextField(null=True, db_comment="phi: which category.")
    since = models.DateTimeField(null=True, db_comment="phi: from when; null while it is not granted.")
    until = models.DateTimeField(null=True, db_comment="phi: until when; null: without end.")

    about = models.UUIDField(null=True, db_comment="phi: the claim its person paid for in full, and no other.")
    sort = models.TextField(null=True, db_comment="phi: for whom it is asked: member, representative, recipient, paid.")
    asked_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was asked for.")
    due_on = models.DateField(
        null=True, db_comment="housekeeping: the last business day on which an answer keeps the promise (U-33)."
    )
    words = models.BinaryField(null=True, db_comment="phi: sealed; what the person wrote.")
    decided_at = models.DateTimeField(null=True, db_comment="housekeeping: when a person decided.")
    decided_by = models.TextField(null=True, db_comment="personal: the display name of who decided.")
    answer = models.BinaryField(null=True, db_comment="phi: sealed; the answer.")

    class Meta:
        db_table_comment = "phi: restrictions."


class Authorization(Record):
    """An authorization a person gave (45 CFR 164.508): to an account, to a person, or to somebody outside.

    ``account_id`` and ``to_person`` are both null where it is to somebody outside.
    """

    account_id = models.UUIDField(null=True, db_comment="personal: to which account; null where it is to a person.")
    to_person = models.UUIDField(null=True, db_comment="personal: to which person; null where it is to an account.")
    recipient = models.BinaryField(
        default=b"", db_default=b"", db_comment="personal: sealed; the name by which the person knew them."
    )
    purpose = models.TextField(db_comment="phi: for what.")
    opens = models.JSONField(db_comment="phi: which categories.")
    since = models.DateTimeField(db_comment="phi: from when.")
    expires = models.DateTimeField(db_comment="phi: until when.")
    revoked = models.DateTimeField(null=True, db_comment="phi: when the person took it back.")
    address = models.BinaryField(null=True, db_comment="personal: sealed; where they are, who is outside.")
    statement = models.BinaryField(
        null=True, db_comment="phi: sealed; what was shown and agreed to; null where no page asked for it."
    )
    form = models.TextField(null=True, db_comment="public: the version of what was shown.")
    language = models.TextField(null=True, db_comment="personal: in which language it was shown.")

    class Meta:
        db_table_comment = "phi: authorizations."


class Appointment(Record):
    """Somebody who may act for a person: a helper the person named, or a representative whose paper two of us saw."""

    kind = models.TextField(db_comment="phi: as what: helper, guardian, power_of_attorney, court_order or executor.")
    holder = models.UUIDField(db_comment="personal: who holds the account that acts; random until a code is used.")
    name = models.BinaryField(db_comment="personal: sealed; the name by which they were named.")
    opens = models.JSONField(db_comment="phi: which categories.")
    state = models.TextField(db_comment="housekeeping: waits for a second one of us, stands, declined or ended.")
    since = models.DateTimeField(db_comment="phi: from when.")
    expires = models.DateTimeField(db_comment="phi: until when.")
    ended_at = models.DateTimeField(null=True, db_comment="phi: when it ended before its time.")
    ended_by = models.TextField(
        default="", db_default="", db_comment="phi: who ended it: person, helper or a reason of the desk."
    )
    accepted_at = models.DateTimeField(null=True, db_comment="phi: when they took it on.")
    adult = models.BooleanField(
        default=False,
        db_default=False,
        db_comment="phi: of a paper, whether the person was of age when it was written down.",
    )
    paper = models.TextField(default="", db_default="", db_comment="phi: which paper bears it out; empty for a helper.")
    seen_on = models.DateField(null=True, db_comment="phi: on which day the second one of us saw the paper.")
    asked_by = models.UUIDField(null=True, db_comment="personal: whose account of ours wrote it; null: the person.")
    asked_actor = models.TextField(default="", db_default="", db_comment="personal: the name of whoever wrote it down.")
    asked_at = models.DateTimeField(db_comment="housekeeping: when it was written down.")
    decided_by = models.UUIDField(null=True, db_comment="personal: which other account of ours decided.")
    decided_actor = models.TextField(default="", db_default="", db_comment="personal: the name of whoever decided.")
    decided_at = models.DateTimeField(null=True, db_comment="housekeeping: when that was decided.")
    statement = models.BinaryField(
        null=True, db_comment="phi: sealed; what was shown and agreed to; null where a paper says it."
    )
    form = models.TextField(null=True, db_comment="public: the version of what was shown.")
    language = models.TextField(null=True, db_comment="personal: in which language it was shown.")

    class Meta:
        db_table_comment = "phi: who may act for a person, for how long, and in what."
