"""Tables that are not claims: a file that begins, and how many of its rows were taken when it ends."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wellkept.access import queries as access
from wellkept.intake.actions import begin_file
from wellkept.intake.models import File, SetAside

FAULTS_KEPT: Final = 1_000


def begin(name: str) -> UUID:
    """A table whose reading begins; its id is the occasion of what it brings."""
    file_id = begin_file(name=name, mode="lenient")
    access.begin(file_id, kind="file")
    return file_id


def end(
    file_id: UUID,
    *,
    digest: bytes,
    taken: int,
    wrong: Sequence[tuple[int, str, str]],
    more: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """The file was read to its end: how many rows were taken, and the line, column and reason of those put aside.

    ``more`` is what else was counted, by name.
    """
    now = timezone.now()
    with transaction.atomic():
        SetAside.objects.bulk_create(
            SetAside(file_id=file_id, segment=line, element=column, reason=reason, fatal=True)
            for line, column, reason in wrong[:FAULTS_KEPT]
        )
        File.objects.filter(id=file_id).update(
            read_at=now, applied_at=now, digest=digest,
            counts={"rows": taken, "rows_aside": len({line for line, _, _ in wrong}), **more},
        )  # fmt: skip
