"""Coverage, claims, balances. A claim is the sum of statements: what was filed and decided, in whichever order told."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from wellkept.policy.records import Record


class Coverage(Record):
    """One kind of coverage of one person in one plan."""

    line = models.TextField(db_comment="phi: insurance line code, for instance HLT or DEN.")
    description = models.TextField(blank=True, db_comment="phi: the plan's own words for this coverage.")
    level = models.TextField(blank=True, db_comment="phi: coverage level code, for instance FAM.")
    begins_on = models.DateField(null=True, db_comment="phi: first day covered; null when no file said it.")
    ends_on = models.DateField(null=True, db_comment="phi: last day covered; null while it goes on.")
    said_ends_on = models.DateField(null=True, db_comment="phi: the last day as a file said it of this person.")
    absent_on = models.DateField(
        null=True, db_comment="phi: the last day by the first full file after it that names this coverage no more."
    )
    absent_file_id = models.UUIDField(null=True, db_comment="housekeeping: the full file that named it no more.")
    file_id = models.UUIDField(db_comment="housekeeping: the file that said this last.")
    set_number = models.TextField(db_comment="housekeeping: the set in that file.")
    told = models.TextField(
        db_default="",
        db_comment="housekeeping: the day of the file that said the words, and a keyed hash; a lesser changes nothing.",
    )
    begins_told = models.TextField(
        db_comment="housekeeping: the day of the file that said it, and a keyed hash; a lesser changes nothing."
    )
    ends_told = models.TextField(
        db_comment="housekeeping: when a file said the last day, and a keyed hash; a lesser changes nothing."
    )

    class Meta:
        db_table_comment = "phi: coverage."


class Claim(Record):
    """One claim as its statements add up. Amounts in US dollars; null means that no file has said it."""

    number = models.BinaryField(db_comment="phi: sealed; the number to quote on the phone.")
    number_told = models.TextField(
        db_default="",
        db_comment="housekeeping: whose number it is, the day it was said, and a keyed hash; a lesser changes nothing.",
    )
    provider_id = models.UUIDField(null=True, db_comment="phi: who gave care.")
    served_from = models.DateField(null=True, db_comment="phi: first day of care.")
    served_to = models.DateField(null=True, db_comment="phi: last day of care.")
    received_on = models.DateField(null=True, db_comment="phi: the day a file says it was received.")
    decided_on = models.DateField(null=True, db_comment="phi: the day a file says it was decided.")
    status = models.TextField(
        db_comment="phi: filed, withdrawn, paid, denied, reversed, or joined where it is told as another claim."
    )
    billed = models.DecimalField(max_digits=14, decimal_places=2, null=True, db_comment="phi: what was billed.")
    allowed = models.DecimalField(max_digits=14, decimal_places=2, null=True, db_comment="phi: the plan's price.")
    paid = models.DecimalField(max_digits=14, decimal_places=2, null=True, db_comment="phi: what the plan paid.")
    owed = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, db_comment="phi: the sum of patient-responsibility amounts."
    )
    kind = models.TextField(
        blank=True, db_comment="phi: professional, institutional, pharmacy, or empty when only a payment told of it."
    )
    account = models.UUIDField(null=True, db_comment="phi: keyed hash of the office's number of the claim.")
    by_npi = models.BooleanField(db_default=False, db_comment="housekeeping: the office was named by its NPI.")
    payer_numbers = ArrayField(
        models.UUIDField(), null=True, db_comment="phi: keyed hashes of the numbers payers gave the claim."
    )
    joined = models.UUIDField(null=True, db_comment="housekeeping: the claim this one turned out to be part of.")
    deductible = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, db_comment="phi: what the decision counts towards the deductible."
    )
    shared = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        db_comment="phi: what the decision counts towards the out-of-pocket maximum.",
    )

    class Meta:
        db_table_comment = "phi: claims."
        indexes = (
            models.Index(fields=["person_id", "-served_from"], name="benefits_claim_person"),
            models.Index(
                fields=["person_id", "joined"], name="benefits_claim_joined", condition=models.Q(joined__isnull=False)
            ),
        )


class Filing(Record):
    """What a provider filed (837): one statement, named by its content."""

    claim_id = models.UUIDField(db_comment="housekeeping: the claim.")
    filed_on = models.DateField(null=True, db_comment="phi: when the file says it was filed.")
    frequency = models.TextField(blank=True, db_comment="phi: claim frequency code.")
    content = models.JSONField(db_comment="phi: amounts, dates, codes and lines as filed. No name and no identifier.")
    file_id = models.UUIDField(db_comment="housekeeping: the first file that said this.")
    set_number = models.TextField(db_comment="housekeeping: the set in that file.")

    class Meta:
        db_table_comment = "phi: filings."
        indexes = (models.Index(fields=["person_id", "claim_id"], name="benefits_filing_claim"),)


class Decision(Record):
    """What a payer decided (835): one statement, named by its content."""

    claim_id = models.UUIDField(db_comment="housekeeping: the claim.")
    decided_on = models.DateField(null=True, db_comment="phi: the payment date of the remittance.")
    status_code = models.TextField(db_comment="phi: claim status code.")
    content = models.JSONField(
        db_comment="phi: amounts, dates, adjustments and lines as decided. No name and no identifier."
    )
    file_id = models.UUIDField(db_comment="housekeeping: the first file that said this.")
    set_number = models.TextField(db_comment="housekeeping: the set in that file.")

    class Meta:
        db_table_comment = "phi: decisions."
        indexes = (models.Index(fields=["person_id", "claim_id"], name="benefits_decision_claim"),)


class Told(Record):
    """What the person told us on a prescribed form, begun or sent (U-17)."""

    form = models.TextField(db_comment="phi: which form: claim, other_insurance or change.")
    version = models.TextField(db_comment="housekeeping: the version of the form these answers were given under.")
    answers = models.BinaryField(db_comment="phi: sealed; the answers by the name of their question, as JSON.")
    begun_at = models.DateTimeField(db_comment="housekeeping: when it was begun.")
    touched_at = models.DateTimeField(default=timezone.now, db_comment="housekeeping: when it was last written.")
    sent_at = models.DateTimeField(null=True, db_comment="housekeeping: when it was sent; null while it is not.")

    class Meta:
        db_table_comment = "phi: what people told us on forms."
        indexes = (models.Index(fields=["person_id", "form", "-begun_at"], name="benefits_told_person"),)


class Balance(Record):
    """How much of a deductible or an out-of-pocket maximum was reached in one plan year, as told or added up."""

    name = models.TextField(blank=True, db_comment="phi: the plan's own name, where the file said it.")
    network = models.TextField(db_comment="phi: the network: in, out, or any.")
    year_begins = models.DateField(db_comment="phi: first day of the plan year.")
    kind = models.TextField(db_comment="phi: deductible or out_of_pocket.")
    scope = models.TextField(db_comment="phi: person or family.")
    amount = models.DecimalField(max_digits=14, decimal_places=2, db_comment="phi: how much was reached.")
    as_of = models.DateField(db_comment="phi: the day of which this is true.")
    source = models.TextField(db_comment="housekeeping: told by a file, or added up from claims.")
    told = models.TextField(
        db_comment="housekeeping: that day and a hash of the row; a lesser changes nothing.", db_default=""
    )
    file_id = models.UUIDField(null=True, db_comment="housekeeping: the file that said this last.")
    line = models.BigIntegerField(null=True, db_comment="housekeeping: the line in that file.")

    class Meta:
        db_table_comment = "phi: deductibles and out-of-pocket maximums, how much of them was reached."


class ReasonCode(models.Model):
    """One code of a list that the operator holds: why a payer paid less, in the list's own words."""

    id = models.BigAutoField(primary_key=True, db_comment="public: the number of the row.")
    list = models.TextField(db_comment="public: carc (adjustment reasons) or rarc (remarks).")
    code = models.TextField(db_comment="public: the code.")
    description = models.TextField(db_comment="public: the list's own words.")
    note = models.TextField(blank=True, db_comment="public: what the operator notes beside it.")
    valid_from = models.DateField(db_comment="public: first day; 1900-01-01 where the list says none.")
    valid_to = models.DateField(null=True, db_comment="public: last day; null while it is valid.")
    told = models.TextField(db_comment="housekeeping: the day of the list, and a hash; a lesser changes nothing.")

    class Meta:
        db_table_comment = "public: lists of reason codes."
        constraints = (models.UniqueConstraint(fields=["list", "code", "valid_from"], name="benefits_reasoncode_once"),)
