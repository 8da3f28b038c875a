"""Finds every promise that names nothing which could keep it; start-up asks what ``wellkept policy check`` asks.

Serves B-08 and U-09: an operator with a problem does not start.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from wellkept.policy import contents, controls, languages, names, packs, posted
from wellkept.policy.controls import Control
from wellkept.policy.practices import PRACTICES
from wellkept.policy.shapes import Clause, Pack, PackError, PolicyVersion

LONGEST_REVIEW: Final = timedelta(days=731)
"""A review put off for longer than two years would never turn its promise red."""

NO_TEXT: Final = {"authorization", "appointment", "releasing"}
"""Needs that no text to agree to answers: a person's own word, and what an agreement in force with others covers."""

HOUSE_PROMISES: Final = {"B": 11}
"""What every operator promises because the house keeps it for all of them: B-01 to B-11."""


def problems(
    pack: Pack,
    *,
    strict: bool | None = None,
    day: date | None = None,
    root: Path = names.ROOT,
    house: Mapping[str, Control] | None = None,
) -> list[str]:
    """Every problem of ``pack`` as one sentence with its file and line; none means it may start.

    ``strict`` allows no promise that is not kept, and is the rule where the pack says ``production = true``.
    """
    try:
        known = controls.of(pack) if house is None else house
    except PackError as error:
        return [str(error)]
    today = day or packs.today(pack)
    versions = standing(pack, today)
    found = [
        *_series(pack),
        *(line for version in versions for line in _ids(pack, version)),
        *(line for version in versions for line in _keepers(version, known)),
        *_unresolved(known, root),
        *_reviews(pack, known, today),
        *_unread(pack, root),
        *(line for version in versions for line in _rules(pack, version)),
        *_documents(pack, today),
        *languages.problems(pack, versions),
        *posted.problems(pack),
        *contents.problems(pack),
    ]
    if pack.production if strict is None else strict:
        found += [line for version in versions for line in _not_kept(version)]
    return found


def standing(pack: Pack, day: date) -> tuple[PolicyVersion, ...]:
    """The version in force on ``day`` and those after it. Earlier ones are history and name what kept them then."""
    begun = [version for version in pack.versions if version.effective <= day]
    return pack.versions[max(len(begun) - 1, 0) :]


def _series(pack: Pack) -> Iterator[str]:
    for letter, count in HOUSE_PROMISES.items():
        if pack.promises.get(letter) != count:
            file = pack.folder / "operator.toml"
            yield f"{file}:1: [promises] must hold {letter} = {count}, which the house keeps for everyone."


def _ids(pack: Pack, version: PolicyVersion) -> Iterator[str]:
    wanted = {f"{letter}-{at:02}" for letter, count in pack.promises.items() for at in range(1, count + 1)}
    there = {clause.id: clause for clause in version.clauses}
    for missing in sorted(wanted - there.keys()):
        yield f"{version.path}:1: {missing} is missing from this version."
    for stranger in sorted(there.keys() - wanted):
        yield f"{version.path}:{there[stranger].line}: {stranger} is not among the promises of operator.toml."


def _keepers(version: PolicyVersion, known: Mapping[str, Control]) -> Iterator[str]:
    for clause in version.clauses:
        for name in clause.kept_by:
            if name not in known:
                yield f'{version.path}:{clause.line}: {clause.id} is kept by "{name}", and no control has that id.'


def _unresolved(known: Mapping[str, Control], root: Path) -> Iterator[str]:
    for control in known.values():
        tried = {"keeper": control.keeper, "probe": control.probe, "test": control.test}
        if not names.has_tests(root):
            tried = {what: name for what, name in tried.items() if "::" not in str(name)}
        for what, name in tried.items():
            if name is not None and not names.known(name, root):
                place = f"{controls.FILE}:{control.line}"
                yield f'{place}: The {what} of "{control.id}" is "{name}", and nothing has that name.'


def _reviews(pack: Pack, known: Mapping[str, Control], day: date) -> Iterator[str]:
    """Pages print the day of the last review: one that is to come was none. The next is within two years."""
    for control in known.values():
        last, following = control.last_review, control.next_review
        if last is not None and following is not None and following - last > LONGEST_REVIEW:
            place = f"{pack.folder / controls.ATTESTED}:{control.line}"
            yield f'{place}: The next review of "{control.id}" is more than two years after the last one.'
        if control.last_review is not None and control.last_review > day:
            place = f"{pack.folder / controls.ATTESTED}:{control.line}"
            yield f'{place}: The last review of "{control.id}" is dated {control.last_review}, which has not come yet.'


def _unread(pack: Pack, root: Path) -> Iterator[str]:
    for practice in PRACTICES:
        if not names.speaks_of(root / practice.read_by, practice.name):
            file = pack.folder / "operator.toml"
            yield f'{file}:1: The practice "{practice.name}" is not read by {practice.read_by}.'


def _rules(pack: Pack, version: PolicyVersion) -> Iterator[str]:
    there = {clause.id for clause in version.clauses}
    for rule in pack.rules:
        if rule.clause not in there:
            file = pack.folder / "access.toml"
            yield f'{file}:1: The rule "{rule.id}" rests on {rule.clause}, which version {version.version} lacks.'


def _documents(pack: Pack, day: date) -> Iterator[str]:
    """A need that no text in force answers is never met, and whoever has it opens nothing."""
    for rule in pack.rules:
        for need in set(rule.needs) - NO_TEXT:
            texts = (pack.folder / "documents").glob(f"{rule.role}-{need}-*.md")
            days = [path.stem.removeprefix(f"{rule.role}-{need}-") for path in texts if not languages.of_file(path)]
            if not [one for one in days if one <= day.isoformat()]:
                file = pack.folder / "access.toml"
                yield f'{file}:1: The rule "{rule.id}" asks for {need}, and no document of {rule.role} answers it.'


def _not_kept(version: PolicyVersion) -> Iterator[str]:
    for clause in version.clauses:
        if clause.not_kept is not None:
            yield f"{version.path}:{clause.line}: {clause.id} is not kept: {clause.not_kept}."


def kept(version: PolicyVersion) -> tuple[Clause, ...]:
    """The clauses of ``version`` that something keeps."""
    return tuple(clause for clause in version.clauses if clause.not_kept is None)
