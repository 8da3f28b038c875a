"""Plans, their terms, providers: business data that stands in directories and on cards, not about a person's care."""

from django.db import models


class Plan(models.Model):
    """A plan of one employer's group."""

    id = models.UUIDField(primary_key=True, db_comment="housekeeping: made from sponsor and group number.")
    sponsor = models.TextField(db_comment="public: the employer's name.")
    group_number = models.TextField(db_comment="public: the group or policy number on the card.")
    collected_under = models.TextField(db_comment="public: the policy version this row was collected under.")

    class Meta:
        db_table_comment = "public: plans and the employers that sponsor them."


class Provider(models.Model):
    """Who gave care, as files name them."""

    id = models.UUIDField(primary_key=True, db_comment="housekeeping: made from the NPI, else from the name.")
    npi = models.TextField(blank=True, db_comment="public: national provider identifier, empty when no file gave one.")
    name = models.TextField(db_comment="public: as the register and the files write it.")
    collected_under = models.TextField(db_comment="public: the policy version this row was collected under.")

    class Meta:
        db_table_comment = "public: providers."
        indexes = (models.Index(fields=["npi"], name="organisations_provider_npi"),)


class Terms(models.Model):
    """One row of a plan's terms as a file told it: the sums of a plan year, or the price of one kind of care."""

    id = models.UUIDField(primary_key=True, db_comment="housekeeping: made from what names the row.")
    plan_id = models.UUIDField(db_comment="public: the plan.")
    name = models.TextField(db_comment="public: the plan's own name, of which a group may have several.")
    network = models.TextField(db_comment="public: in, out, or any.")
    year_begins = models.DateField(db_comment="public: first day of the plan year.")
    service = models.TextField(blank=True, db_comment="public: kind of care; empty on the row of the sums.")
    covered = models.BooleanField(null=True, db_comment="public: whether the plan pays for it; null when not told.")
    copay = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, db_comment="public: what the member pays a visit."
    )
    coinsurance = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, db_comment="public: the member's share in percent."
    )
    note = models.TextField(blank=True, db_comment="public: the plan's own words.")
    deductible_person = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, db_comment="public: deductible of one person."
    )
    deductible_family = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, db_comment="public: deductible of a family."
    )
    out_of_pocket_person = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, db_comment="public: most that one person pays in a year."
    )
    out_of_pocket_family = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, db_comment="public: most that a family pays in a year."
    )
    as_of = models.DateField(db_comment="public: the day of which this is true.")
    told = models.TextField(db_comment="housekeeping: that day and a hash of the row; a lesser changes nothing.")
    collected_under = models.TextField(db_comment="public: the policy version this row was collected under.")

    class Meta:
        db_table_comment = "public: what plans pay for, as their administrators told it."
        indexes = (models.Index(fields=["plan_id"], name="organisations_terms_plan"),)
