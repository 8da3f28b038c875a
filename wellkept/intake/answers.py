"""What others say of files that were sent to them (999 and TA1): verdicts and codes, file by file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from wellkept.intake.models import Acknowledged

# AK901 and IK501; TA104 uses the first three.
VERDICTS: Final = {
    "A": "accepted", "E": "accepted, with errors noted", "P": "accepted in part", "R": "rejected",
    "M": "rejected: its authentication failed", "W": "rejected: its assurance failed", "X": "rejected: not deciphered",
}  # fmt: skip
TAKEN: Final = ("A", "E")


@dataclass(frozen=True, slots=True)
class Answer:
    """One verdict. ``number`` names a set or an interchange; it is empty where the whole ``group`` is meant."""

    kind: str
    group: str
    identifier: str
    number: str
    verdict: str
    codes: tuple[str, ...]
    errors: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """Whether all of it was taken."""
        return self.verdict in TAKEN


def keep(file_id: UUID, answers: Sequence[Answer]) -> None:
    """Keep what a file answers, in the transaction that ends its reading."""
    Acknowledged.objects.bulk_create(
        Acknowledged(
            file_id=file_id, kind=one.kind, group=one.group, identifier=one.identifier, number=one.number,
            verdict=one.verdict, codes=list(one.codes), errors=list(one.errors),
        )
        for one in answers
    )  # fmt: skip


def told_of(files: Collection[UUID]) -> list[Answer]:
    """What these files answer, in their order."""
    rows = Acknowledged.objects.filter(file_id__in=files).order_by("id")
    names = ("kind", "group", "identifier", "number", "verdict", "codes", "errors")
    return [
        Answer(kind, group, identifier, number, verdict, tuple(codes), tuple(errors))
        for kind, group, identifier, number, verdict, codes, errors in rows.values_list(*names)
    ]


def sentence(answer: Answer) -> str:
    """An answer in words."""
    if answer.kind == "TA1":
        what = f"TA1: interchange {answer.number}"
    elif answer.number:
        what = f"999: set {answer.number} ({answer.identifier}) of group {answer.group}"
    else:
        what = f"999: group {answer.group}"
    why = [f"code {code}" for code in answer.codes if code != "000"] + list(answer.errors)
    verdict = VERDICTS.get(answer.verdict, "no verdict that we know")
    return f"{what}: {verdict}" + (f" ({'; '.join(why)})" if why else "")
