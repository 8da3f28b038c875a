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
    since = models.DateTimeField(db_comment="phi: from when.")
    until = models.DateTimeField(null=True, db_comment="phi: until when; null: without end.")

    class Meta:
        db_table_comment = "phi: restrictions."


class Authorization(Record):
    """An authorization a person gave (45 CFR 164.508): to one account, or to a person whether they have one or not."""

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

    class Meta:
        db_table_comment = "phi: authorizations."
