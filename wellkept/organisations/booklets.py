"""The documents of plans: summary plan descriptions, summaries of benefits, notices and forms, as PDF files.

What a plan has to hand out: ERISA section 104(b) (summary plan description), 45 CFR 147.200 (summary of benefits).
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from wellkept.organisations.kinds import DOCUMENTS
from wellkept.organisations.models import Booklet

HEAD: Final = b"%PDF-"
LARGEST: Final = 20 * 1024 * 1024
"""Bytes of one document."""


@dataclass(frozen=True, slots=True)
class BookletLine:
    """One document without its bytes. ``size`` is in bytes."""

    id: UUID
    kind: str
    title: str
    language: str
    effective: date
    size: int


def booklets(groups: Collection[tuple[str, str]], *, on: date) -> list[BookletLine]:
    """The documents in force on a day for plans named by sponsor and group number, and those for everybody.

    Of one kind and title the newest that is in force stands, each kind in the order of ``DOCUMENTS``.
    """
    rows = (
        Booklet.objects.filter(_of(groups), effective__lte=on)
        .extra(select={"size": "octet_length(content)"})
        .order_by("-effective")
        .values_list("id", "kind", "title", "language", "effective", "size", named=True)
    )
    newest: dict[tuple[str, str, str], BookletLine] = {}
    for row in rows:
        line = BookletLine(row.id, row.kind, row.title, row.language, row.effective, row.size)
        newest.setdefault((line.kind, line.title, line.language), line)
    return sorted(newest.values(), key=lambda line: (DOCUMENTS.index(line.kind), line.title, line.language))


def content(number: UUID, groups: Collection[tuple[str, str]]) -> bytes | None:
    """The bytes of a document of one of these plans or of everybody's; None where there is no such document."""
    found = Booklet.objects.filter(_of(groups), id=number).values_list("content", flat=True).first()
    return bytes(found) if found is not None else None


def bring(
    pdf: bytes, *, kind: str, title: str, language: str, effective: date, sponsor: str, group: str, collected_under: str
) -> UUID:
    """Keep a document; the same plan, kind, title, language and day again replaces it. Returns its id.

    Raises ``ValidationError`` for what is no PDF, too large, or of no kind we know.
    """
    if kind not in DOCUMENTS:
        raise ValidationError(_("A document is one of: %(kinds)s.") % {"kinds": ", ".join(DOCUMENTS)})
    check(pdf[: len(HEAD)], size=len(pdf))
    number = uuid5(NAMESPACE_URL, "\x1f".join([sponsor, group, kind, title, language, str(effective)]))
    Booklet.objects.update_or_create(
        id=number,
        defaults={
            "sponsor": sponsor, "group_number": group, "kind": kind, "title": title, "language": language,
            "effective": effective, "digest": hashlib.sha256(pdf).digest(), "content": pdf,
            "collected_under": collected_under,
        },
    )  # fmt: skip
    return number


def check(head: bytes, *, size: int) -> None:
    """Raise ``ValidationError`` for what is no PDF by its first bytes, or too large."""
    if head != HEAD:
        raise ValidationError(_("A document has to be a PDF file."))
    if size > LARGEST:
        raise ValidationError(_("A document may have at most 20 MB."))


def _of(groups: Collection[tuple[str, str]]) -> Q:
    found = Q(sponsor="", group_number="")
    for sponsor, group in groups:
        found |= Q(sponsor__iexact=sponsor, group_number=group) | Q(sponsor="", group_number=group)
    return found
