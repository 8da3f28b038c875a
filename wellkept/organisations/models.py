"""Plans, their terms, providers, and rosters of organisations: business data, not about a person's care."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from wellkept.organisations.paper_models import Paper, PaperPart

__all__ = ["Paper", "PaperPart"]


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
    network = models.TextField(db_comment="public: the network: in, out, or any.")
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


class Office(models.Model):
    """Where care is given, as a plan's roster tells it."""

    id = models.UUIDField(primary_key=True, db_comment="housekeeping: made from NPI, name and place.")
    npi = models.TextField(blank=True, db_comment="public: national provider identifier, empty when not told.")
    name = models.TextField(db_comment="public: who gives care.")
    search = models.TextField(db_comment="public: the name without accents and case, to be searched.")
    specialty = models.TextField(blank=True, db_comment="public: the kind of care, in the roster's words.")
    street = models.TextField(blank=True, db_comment="public: street and number.")
    city = models.TextField(blank=True, db_comment="public: city.")
    state = models.TextField(blank=True, db_comment="public: US state.")
    postal_code = models.TextField(db_comment="public: ZIP code, five digits.")
    phone = models.TextField(blank=True, db_comment="public: telephone.")
    accepts_new = models.BooleanField(null=True, db_comment="public: takes new patients; null when not told.")
    network = models.TextField(blank=True, db_comment="public: the network, in the roster's words.")
    languages = models.TextField(blank=True, db_comment="public: languages spoken, in the roster's words.")
    as_of = models.DateField(db_comment="public: the day of the roster.")
    collected_under = models.TextField(db_comment="public: the policy version this row was collected under.")

    class Meta:
        db_table_comment = "public: rosters of offices."
        indexes = (
            models.Index(fields=["postal_code"], name="organisations_office_zip"),
            models.Index(fields=["specialty", "name"], name="organisations_office_kind"),
            models.Index(fields=["network", "as_of"], name="organisations_office_network"),
        )


class Place(models.Model):
    """Where a ZIP code lies."""

    postal_code = models.TextField(primary_key=True, db_comment="public: ZIP code, five digits.")
    latitude = models.FloatField(db_comment="public: degrees north.")
    longitude = models.FloatField(db_comment="public: degrees east; west is negative.")

    class Meta:
        db_table_comment = "public: places of ZIP codes."
        indexes = (models.Index(fields=["latitude", "longitude"], name="organisations_place_where"),)


class Booklet(models.Model):
    """A document of a plan, such as its summary plan description."""

    id = models.UUIDField(primary_key=True, db_comment="housekeeping: made from plan, kind, language and title.")
    sponsor = models.TextField(blank=True, db_comment="public: the employer; empty: everybody's.")
    group_number = models.TextField(blank=True, db_comment="public: the group; empty: every plan of the operator.")
    kind = models.TextField(db_comment="public: summary plan description, summary of benefits, notice or form.")
    title = models.TextField(db_comment="public: its title.")
    language = models.TextField(db_comment="public: language, as BCP 47 tag.")
    effective = models.DateField(db_comment="public: from which day it holds.")
    digest = models.BinaryField(db_comment="public: SHA-256 of its bytes.")
    content = models.BinaryField(db_comment="public: the PDF.")
    collected_under = models.TextField(db_comment="public: the policy version this row was collected under.")

    class Meta:
        db_table_comment = "public: documents of plans."
        indexes = (models.Index(fields=["group_number"], name="organisations_booklet_group"),)


class Organisation(models.Model):
    """Who may register for an organisation, as the operator's roster tells it. Functions alone show a row."""

    id = models.UUIDField(primary_key=True, db_comment="housekeeping: made from kind and number, under a key.")
    kind = models.TextField(db_comment="public: provider, employer, agent or partner.")
    name = models.TextField(db_comment="public: as the roster writes it.")
    street = models.TextField(db_comment="public: street and number, where codes are posted to.")
    city = models.TextField(db_comment="public: city.")
    state = models.TextField(db_comment="public: US state.")
    postal_code = models.TextField(db_comment="public: ZIP code.")
    npi = models.TextField(blank=True, db_comment="public: national provider identifier; of providers alone.")
    tax_number = models.BinaryField(db_comment="personal: sealed; nine digits, which may be one person's own.")
    group_numbers = ArrayField(
        models.TextField(), default=list, db_comment="public: groups an employer has or an agent is appointed to."
    )
    agreement_number = models.TextField(blank=True, db_comment="trade secret: a partner's agreement with the operator.")
    producer_number = models.TextField(blank=True, db_comment="public: under which an agent sells.")
    standing = models.TextField(db_comment="trade secret: current, prospective or prior customer.")
    roster_on = models.DateField(db_comment="housekeeping: the day of the roster that named it last.")
    told = models.BinaryField(db_comment="housekeeping: keyed hash of what that roster said, to know it again.")
    file_id = models.UUIDField(db_comment="housekeeping: the file that changed this row last.")
    collected_under = models.TextField(db_comment="public: the policy version this row was collected under.")

    class Meta:
        db_table_comment = "trade secret: organisations whose people may register, by the operator's rosters."
        indexes = (models.Index(fields=["kind", "roster_on"], name="organisations_of_a_roster"),)


class Sought(models.Model):
    """A keyed hash of what somebody of an organisation would type to register."""

    pk = models.CompositePrimaryKey("index", "organisation")
    index = models.BinaryField(db_comment="personal: keyed hash, 16 bytes, of kind, name and numbers.")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.DO_NOTHING, related_name="+", db_comment="housekeeping: which it finds."
    )

    class Meta:
        db_table = "organisations_finder"
        db_table_comment = "personal: blind indexes over names and numbers of organisations."
