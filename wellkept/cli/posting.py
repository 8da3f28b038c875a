"""The mail room at work: a batch is written whole into a folder, and only then is it emptied here.

A run that is killed leaves its batch open: the next run writes the same letters under the same references again.
"""

import csv
import hashlib
import io
import json
import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import ObjectInUse

from wellkept.access import queries as access
from wellkept.accounts.letter import postal
from wellkept.cli.cluster.places import ClusterError, make_folder, write_private
from wellkept.consent import appointments
from wellkept.disclosures import actions as disclosures
from wellkept.files import paper
from wellkept.notices import post, queries
from wellkept.notices.post import ToWrite
from wellkept.organisations import queries as organisations
from wellkept.people import confidential, joins
from wellkept.people import queries as people
from wellkept.people.confidential import Wish
from wellkept.people.deaths import Estate
from wellkept.policy import packs
from wellkept.policy.words import Category, Key, Purpose
from wellkept.service.reaching import back

RELATIONSHIP: Final = "letter"
RELEASE: Final = "release"
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
MANIFEST: Final = "manifest.csv"
COLUMNS: Final = ("reference", "class", "pages", "bytes", "sha256")
OTHERS: Final = 0o077


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in a folder: its line of the manifest. The class says whether somebody who opens it can use it."""

    letter: UUID
    reference: str
    kind: str
    pages: int
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A batch that is whole: its id, where it lies, how many letters and pages, the SHA-256 of its manifest."""

    batch: str
    path: Path
    letters: int
    pages: int
    manifest: str


@dataclass(frozen=True, slots=True)
class To:
    """Where a letter goes: the lines of its window. ``paper`` False: its person wants none."""

    name: tuple[str, ...]
    address: tuple[str, ...]
    paper: bool


def private(folder: Path) -> Path:
    """The folder, made where it is missing. Raises ``ClusterError`` where others may read it."""
    make_folder(folder)
    if folder.stat().st_mode & OTHERS:
        raise ClusterError(f"Others can read the folder {folder}: say `chmod 700 {folder}` first.")
    return folder


def write_batch(folder: Path, *, most: int) -> Folder | None:
    """Write one batch of at most so many letters; None where nothing waits. Each person is opened for it, once.

    Raises ``ClusterError`` where another run writes letters now.
    """
    try:
        batch = post.begin(new_id(), most=most)
    except OperationalError as error:
        if not isinstance(error.__cause__, ObjectInUse):
            raise
        raise ClusterError("Another run writes letters now: wait until it has ended.") from error
    if batch is None:
        return None
    run = uuid4()
    access.begin(run, kind="job", label="letters")
    partial = folder / f".{batch}"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    found = [write_one(one, run=run, folder=partial) for one in post.to_write(batch)]
    written = [one for one in found if one]
    listed = manifest(written)
    write_private(partial / MANIFEST, listed)
    return closed(batch, partial, folder / batch, written, hashlib.sha256(listed).hexdigest())


def closed(batch: str, partial: Path, whole: Path, written: Sequence[Written], digest: str) -> Folder:
    """Name the folder as whole, on disk, and then empty its letters here, all or none."""
    shutil.rmtree(whole, ignore_errors=True)  # what a run left that was killed before its letters were emptied
    if written:
        settle(partial)
        partial.rename(whole)
        settle(whole.parent)
    else:
        shutil.rmtree(partial)
    pages, size = sum(one.pages for one in written), sum(one.size for one in written)
    with transaction.atomic():
        post.close(
            batch, letters=[one.letter for one in written], pages=pages, size=size, manifest=bytes.fromhex(digest)
        )
    return Folder(batch=batch, path=whole, letters=len(written), pages=pages, manifest=digest)


def settle(folder: Path) -> None:
    """Return when the names in the folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_one(one: ToWrite, *, run: UUID, folder: Path) -> Written | None:
    """Write one letter into the folder; None where it may not go on paper, or knows no address to go to."""
    elsewhere = asked_elsewhere(one.person, run=run)
    categories = dict.fromkeys((Category.IDENTITY, Category.CONTACT, Category(one.category)))
    with access.enter_as_machine(
        subjects=[one.person],
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=list(categories),
        occasion=run,
        relationship=RELATIONSHIP,
    ) as key:
        page = queries.page(key, one.letter)
        if page is None:
            return None
        asked = json.loads(page.text)
        to, about = where(key, elsewhere=elsewhere, attention=asked["data"].get("attention", "")), None
        if one.kind == RELEASE:
            to, about = outside(asked["data"]["recipient"], goes=disclosures.leaves(one.letter)), one.letter
        elif one.kind == post.HELPER:
            about = UUID(asked["data"]["about"])
            to = outside(asked["data"]["recipient"], goes=appointments.posts(about))
        at = confidential.hashed(to.address)
        if not to.paper or not to.address or post.came_back_from(key, at, outside=about is not None):
            post.leave(one.letter, waits=to.paper, back=back(settings.PACK))
            return None
        under = packs.now_in_force(settings.PACK).version
        post.record(key, one.letter, plan=None, address=at, collected_under=under, about=about)
        window = {"to": [*to.name, *to.address], "reference": one.reference}
        return kept(one, paper.pdf(asked["template"], asked["data"] | window), folder)


def kept(one: ToWrite, made: bytes, folder: Path) -> Written:
    """The letter as a private file, named by its reference alone."""
    write_private(folder / f"{one.reference}.pdf", made)
    kind = "code" if one.kind in post.CODES else "letter"
    digest = hashlib.sha256(made).hexdigest()
    return Written(one.letter, one.reference, kind, paper.pages(made), len(made), digest)


def outside(recipient: Sequence[str], *, goes: bool) -> To:
    """Where a letter to somebody else goes: to its recipient, or nowhere once what it is for has ended."""
    name, *address = recipient
    return To((name,), tuple(address), paper=goes)


def where(key: Key, *, elsewhere: Wish | Estate | None, attention: str) -> To:
    """Where a letter to whom is open goes: a person where they wish, an organisation where its roster says.

    Of the dead, whoever represents the estate.
    """
    (subject,) = key.subjects
    office = organisations.organisation(subject)
    if office is not None:
        named = _("Attention: %(name)s") % {"name": attention}
        return To((office.name, named) if attention else (office.name,), office.address, paper=True)
    who, mailing = people.identity(key), confidential.mailing(key, elsewhere=elsewhere)
    if mailing.estate is not None:
        named = _("Estate of %(name)s") % {"name": who.full if who else ""}
        return To((named.strip(), mailing.estate), tuple(postal(mailing.address)), paper=True)
    return To((who.full,) if who else (), tuple(postal(mailing.address)), paper=mailing.paper)


def asked_elsewhere(person: UUID, *, run: UUID) -> Wish | Estate | None:
    """Where the same person asked on a joined record that letters go; each record is opened by an entry of its own."""
    for other in joins.joined_with(person):
        with access.enter_as_machine(
            subjects=[other],
            purpose=Purpose.MEMBER_ADMINISTRATION,
            categories=[Category.CONTACT],
            occasion=run,
            relationship=RELATIONSHIP,
        ) as key:
            if asked := confidential.standing(key):
                return asked
    return None


def manifest(written: Sequence[Written]) -> bytes:
    """What a print house counts against: each letter by its reference, and nothing of whom it is to."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows((one.reference, one.kind, one.pages, one.size, one.digest) for one in written)
    return text.getvalue().encode("ascii")


def new_id() -> str:
    """A name for a batch, such as "B-7KQ2M0XD"."""
    return "B-" + "".join(secrets.choice(ALPHABET) for _sign in range(8))
