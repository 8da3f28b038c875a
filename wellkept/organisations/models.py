"""Plans and providers: business data that stands in directories and on cards, not about a person's care."""

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
