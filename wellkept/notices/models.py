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
    batch = models.TextField(null=True, db_comment="housekeeping: the batch that prints it; null while it waits.")
    stuck = models.TextField(
        null=True,
        db_comment="personal: since when we know the address it cannot go to; null where nothing holds it up.",
    )

    class Meta:
        db_table_comment = "personal: the print queue."
        indexes = (
            models.Index(fields=["made_at"], condition=models.Q(printed_at=None), name="notices_letter_waiting"),
        )


class Batch(models.Model):
    """Letters that were written into one folder for a print house. It names nobody."""

    id = models.TextField(primary_key=True, db_comment="housekeeping: the batch.")
    made_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was begun.")
    closed_at = models.DateTimeField(
        null=True, db_comment="housekeeping: when its letters were whole and emptied here."
    )
    letters = models.IntegerField(default=0, db_comment="housekeeping: how many letters.")
    pages = models.IntegerField(default=0, db_comment="housekeeping: how many pages.")
    bytes = models.BigIntegerField(default=0, db_comment="housekeeping: how many bytes.")
    manifest = models.BinaryField(default=b"", db_comment="housekeeping: SHA-256 of its list.")

    class Meta:
        db_table_comment = "housekeeping: batches of letters for a print house."


class Reference(models.Model):
    """What a letter bears, by which it is known when it comes back. Read by functions only."""

    reference = models.TextField(primary_key=True, db_comment="personal: what stands in the letter's window.")
    person_id = models.UUIDField(db_comment="personal: whom it is to.")
    letter_id = models.UUIDField(unique=True, db_comment="housekeeping: the letter.")

    class Meta:
        db_table_comment = "personal: the references of letters."


class Posted(Record):
    """A letter that went out: where to as a keyed hash, and whether it came back. ``id`` is the letter's.

    Every row is restricted: it opens for the person, and for whoever posts letters, and for nobody else.
    """

    address = models.BinaryField(db_comment="personal: keyed hash of the address it went to; tells equal ones alone.")
    posted_at = models.DateTimeField(null=True, db_comment="personal: when its batch was whole; null before.")
    returned_at = models.DateTimeField(null=True, db_comment="personal: when it came back; null where it did not.")
    settled_at = models.DateTimeField(
        null=True, db_comment="personal: when the person said that the address is right, or another one was used."
    )
    about = models.UUIDField(
        null=True,
        db_comment="housekeeping: of a letter to somebody else the helper's part or the release; null: to the person.",
    )

    class Meta:
        db_table_comment = "personal: letters that went out, and which came back."
        indexes = (
            models.Index(
                fields=["person_id"],
                name="notices_posted_back",
                condition=models.Q(returned_at__isnull=False, settled_at=None),
            ),
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
    right_at = models.DateTimeField(null=True, db_comment="personal: when its owner last said that it is still right.")
    came_back_at = models.DateTimeField(null=True, db_comment="personal: when a mail to it came back; null before.")

    class Meta:
        db_table_comment = "personal: confirmed mail addresses."


class FormerAddress(Record):
    """The mail address before a change, for as long as whoever reads mail there may take the change back (P-18)."""

    address = models.BinaryField(db_comment="personal: sealed; the address, bound to the id it had.")
    confirmed_at = models.DateTimeField(db_comment="personal: when it was confirmed.")
    right_at = models.DateTimeField(null=True, db_comment="personal: when its owner last said that it is still right.")
    undo_hash = models.BinaryField(db_comment="personal: SHA-256 of what names this row in the link that was mailed.")
    replaced_at = models.DateTimeField(default=timezone.now, db_comment="personal: when another took its place.")
    until = models.DateTimeField(db_comment="housekeeping: until when it may come back; then it is removed.")

    class Meta:
        db_table_comment = "personal: mail addresses of the last 72 hours."


class Informed(Record):
    """A person was told of the privacy policy: of which version, why, and by which way (45 CFR 164.520)."""

    version = models.TextField(db_comment="public: the version of the policy.")
    why = models.TextField(db_comment="housekeeping: enrolment, revision or reminder.")
    way = models.TextField(db_comment="personal: letter, mail, or portal where the person wants no paper.")
    at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when.")

    class Meta:
        db_table_comment = "personal: who was told of which version of the policy."
        indexes = (models.Index(fields=["person_id", "-at"], name="notices_informed_person"),)


class Mailed(Record):
    """One mail that went out, by the token it would come back by. Kept for thirty days."""

    token_hash = models.BinaryField(unique=True, db_comment="personal: SHA-256 of the token in its return address.")
    address_id = models.UUIDField(db_comment="housekeeping: the address it went to.")
    sent_at = models.DateTimeField(default=timezone.now, db_comment="personal: when.")

    class Meta:
        db_table_comment = "personal: which mails may come back, and to whose address they went."
        indexes = (models.Index(fields=["sent_at"], name="notices_mailed_old"),)


class Still(Record):
    """When a person who has no mail address last said that letters reach them."""

    right_at = models.DateTimeField(default=timezone.now, db_comment="personal: when they said that it is still right.")

    class Meta:
        db_table_comment = "personal: when people last confirmed where letters go."
        constraints = (models.UniqueConstraint(fields=["person_id"], name="notices_still_once"),)


class Subscription(Record):
    """Whether a person is on the list for publications."""

    joined_at = models.DateTimeField(
        null=True, db_comment="personal: since when they are on the list; null: never were."
    )
    left_at = models.DateTimeField(null=True, db_comment="personal: when they left it; null while they are on it.")

    class Meta:
        db_table_comment = "personal: who is on the list for publications, and who left it."
        constraints = (models.UniqueConstraint(fields=["person_id"], name="notices_subscription_once"),)


class LeaveLink(Record):
    """The link by which a person leaves the list, the same in every mail: it works for good. No page reads it."""

    token = models.BinaryField(db_comment="personal: sealed; what the link says.")
    token_hash = models.BinaryField(unique=True, db_comment="personal: SHA-256 of that.")

    class Meta:
        db_table_comment = "personal: the links by which people leave the list for publications."
        constraints = (models.UniqueConstraint(fields=["person_id"], name="notices_leavelink_once"),)


class Published(Record):
    """A person was mailed of one publication; taken before the mail goes out, so that two jobs cannot send it twice."""

    publication = models.TextField(db_comment="public: the publication.")
    taken_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when a job took it to send.")
    sent_at = models.DateTimeField(null=True, db_comment="personal: when the mail went out; null before.")

    class Meta:
        db_table_comment = "personal: who was told of which publication."
        constraints = (models.UniqueConstraint(fields=["person_id", "publication"], name="notices_published_once"),)
