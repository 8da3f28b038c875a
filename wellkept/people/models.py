"""Persons, how to reach them, and the keyed hashes that find them."""

from django.db import models

from wellkept.policy.records import Record


class Person(Record):
    """Who a person is, as a file told it. ``id`` equals ``person_id``."""

    household_id = models.UUIDField(db_comment="personal: the subscriber's household in one plan.")
    relationship = models.TextField(db_comment="personal: to the subscriber, as X12 individual relationship code.")
    name = models.BinaryField(db_comment="personal: sealed; first, middle, last and suffix as JSON.")
    birth_date = models.BinaryField(db_comment="personal: sealed; the day of birth.")
    member_number = models.BinaryField(db_comment="personal: sealed; the number on the card.")
    gender = models.TextField(blank=True, db_comment="personal: X12 gender code, empty when no file said it.")
    state = models.TextField(blank=True, db_comment="personal: US state of residence, for the law that applies.")
    own_care_on = models.DateField(
        null=True, db_comment="personal: of a minor, the day from which no parent opens the record; null: none does."
    )
    own_sensitive_on = models.DateField(
        null=True, db_comment="personal: the same of sensitive claims in it; null: no parent opens them."
    )
    file_id = models.UUIDField(db_comment="housekeeping: the file that said this last.")
    set_number = models.TextField(db_comment="housekeeping: the transaction set in that file.")
    told = models.TextField(
        db_comment="housekeeping: the file's date and a keyed hash of what it said; a lesser one changes nothing."
    )

    class Meta:
        db_table_comment = "personal: identity. A wrong join is undone by the file and set each row remembers."


class Contact(Record):
    """Where to reach a person, as a file or the person told it. ``id`` equals ``person_id``."""

    address = models.BinaryField(db_comment="personal: sealed; lines, city, state and ZIP as JSON.")
    phone = models.BinaryField(db_comment="personal: sealed; empty when none was told.")
    email = models.BinaryField(db_comment="personal: sealed; empty when none was told.")
    file_id = models.UUIDField(db_comment="housekeeping: the file, or the call, that said this last.")
    told = models.TextField(
        db_comment="housekeeping: the day it was said, and a keyed hash or the call; a lesser one changes nothing."
    )

    class Meta:
        db_table_comment = "personal: contact data."


class Confidential(Record):
    """Where a person wants what we send them, in confidence (R-05, 45 CFR 164.522(b)). ``id`` equals ``person_id``.

    Files cannot write here, and every row is restricted: it opens for the person and for the letters to them alone.
    """

    channel = models.TextField(db_comment="personal: letter (to the address), portal (no paper), or empty when ended.")
    address = models.BinaryField(db_comment="personal: sealed; lines, city, state, ZIP as JSON; empty for the portal.")
    since = models.DateTimeField(db_comment="personal: when the person gave or changed it last.")

    class Meta:
        db_table_comment = "personal: confidential communications."


class Number(Record):
    """A social security number that a file brought, or the taxpayer number in its place. ``id`` equals ``person_id``.

    ``social.last_four`` is the one way to read of it.
    """

    number = models.BinaryField(db_comment="personal: sealed; nine digits, of which the last four are ever shown.")
    file_id = models.UUIDField(db_comment="housekeeping: the file that said this last.")
    told = models.TextField(
        db_comment="housekeeping: the file's date and a keyed hash of what it said; a lesser one changes nothing."
    )

    class Meta:
        db_table_comment = "personal: social security numbers."


class Death(Record):
    """That a person died, as one of us was told and another confirmed; and whom we write to about the estate.

    ``deaths`` holds what it means. A step that waits for the second person stands in ``step``.
    """

    state = models.TextField(db_comment="personal: told, dead, or ended where it was not so or a mistake.")
    step = models.TextField(db_comment="housekeeping: what waits for a second person: death, estate, undo, or nothing.")
    told = models.BinaryField(db_comment="personal: sealed; day of death, who told us and how they stand, as JSON.")
    estate = models.BinaryField(db_comment="personal: sealed; the representative's name and address as JSON, or empty.")
    estate_asked = models.BinaryField(db_comment="personal: sealed; the same, while it waits for a second person.")
    paper = models.TextField(db_comment="personal: which kind of paper the second person saw; empty before.")
    seen_on = models.DateField(null=True, db_comment="personal: the day on which they saw it.")
    asked_by = models.UUIDField(db_comment="housekeeping: the account that told it.")
    asked_actor = models.TextField(db_comment="personal: the name of whoever told it.")
    asked_at = models.DateTimeField(db_comment="housekeeping: when.")
    decided_by = models.UUIDField(null=True, db_comment="housekeeping: the account that decided; never the same.")
    decided_actor = models.TextField(null=True, db_comment="personal: the name of whoever decided.")
    decided_at = models.DateTimeField(null=True, db_comment="housekeeping: when.")

    class Meta:
        db_table_comment = "personal: deaths, and where the estate is written to."


class Identity(models.Model):
    """One person is (plan, subscriber id, relationship, birth date, first name), under a keyed hash."""

    key = models.BinaryField(primary_key=True, db_comment="personal: keyed hash of what makes a person one.")
    person_id = models.UUIDField(
        db_comment="personal: the person; joining two people changes it, undoing changes it back."
    )
    file_id = models.UUIDField(db_comment="housekeeping: the file that brought this identity first.")
    set_number = models.TextField(db_comment="housekeeping: the set in that file.")

    class Meta:
        db_table_comment = "personal: which identity belongs to which person."
        indexes = (models.Index(fields=["person_id"], name="people_identity_person"),)


class Finder(models.Model):
    """A keyed hash under which a person is found; asked by functions only."""

    pk = models.CompositePrimaryKey("index", "kind", "person_id")
    index = models.BinaryField(db_comment="personal: keyed hash, 16 bytes.")
    kind = models.TextField(db_comment="housekeeping: what was hashed, for instance number_birth or roster.")
    plan_id = models.UUIDField(
        db_comment="housekeeping: the plan this person is in, to tell two plans of one person apart."
    )
    person_id = models.UUIDField(db_comment="personal: who is found.")
    until = models.DateField(
        null=True, db_comment="personal: of a former name, the last day on which it finds anybody."
    )

    class Meta:
        db_table_comment = "personal: blind indexes over identifiers."
        indexes = (models.Index(fields=["person_id"], name="people_finder_person"),)
