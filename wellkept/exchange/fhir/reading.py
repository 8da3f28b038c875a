"""The resources of a file as statements: each taken whole or put aside with its line and reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wellkept.exchange.fhir import benefits, enrolments
from wellkept.exchange.fhir.directory import NAMED, Directory, resources
from wellkept.exchange.fhir.elements import Resource, text
from wellkept.exchange.fhir.lines import ERRORS, NotReadError, Wrong, documents
from wellkept.intake.values import Statement

READ: Final = ("ExplanationOfBenefit", "Coverage")


def read(path: Path, directory: Directory) -> Iterator[tuple[int, list[Statement] | Wrong]]:
    """What each resource of a file says, with its line; in a bundle the line is the entry. It never raises for it."""
    for line, document in documents(path):
        if isinstance(document, Wrong):
            yield line, document
            continue
        bundle = text(document, "resourceType") == "Bundle"
        for entry, (resource, _) in enumerate(resources(document), start=1):
            place = entry if bundle else line
            yield place, told(resource, directory, line=place)


def told(resource: Resource, directory: Directory, *, line: int) -> list[Statement] | Wrong:
    """What one resource says, or why it is put aside. Who only names others says nothing by itself."""
    kind = text(resource, "resourceType")
    if kind in NAMED and kind != "Coverage":
        return []
    if kind not in READ:
        return Wrong(line, "resourceType", "Resources of this kind are not read.")
    try:
        if kind == "Coverage":
            return [enrolments.enrolment(resource, directory)]
        return benefits.statements(resource, directory)
    except NotReadError as error:
        return Wrong(line, kind, str(error))
    except ERRORS:
        return Wrong(line, kind, "It is not built as the standard says.")
