"""Tries against what is sealed: whether a name, a number, a street or a claim number lies open anywhere."""

from pathlib import Path
from typing import Final

from wellkept.proof import search
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.lock import secret
from wellkept.proof.probes.site import found

BLIND: Final = "gate_hold"
READABLE_DUMPS: Final = (b"PGDMP", b"\x1f\x8b", b"PK\x03\x04", b"--\n-- PostgreSQL")


def words(ground: Ground) -> list[str]:
    """Every canary of the standing family."""
    return [word for member in ground.members.values() for word in (*member.canaries, member.social)]


def no_canary_lies_open(ground: Ground) -> list[Try]:
    """Look for every name, street and number of the family: in tables, in their own records, in files as bytes."""
    one = ground.members["one"]
    tables = search.in_tables(ground, words(ground))
    records = search.in_records(ground, one, secret(ground, one), words(ground))
    met, searched = search.in_files(search.files(ground), [*words(ground), BLIND])
    files, sighted = ([word for _where, word in met if (word == BLIND) is blind] for blind in (False, True))
    return [
        found(
            "Find a name in our tables",
            f"We looked for {len(words(ground))} made-up names, streets and numbers in every table, as text and as "
            "bytes.",
            bad=bool(tables),
        ),
        found(
            "Find one in a record itself",
            "A made-up member opened their whole record, and we read what is stored as it lies there.",
            bad=bool(records),
        ),
        found(
            "Find one in a file",
            f"We looked for them in {searched // 10**6} MB of files: the database's own, logs, letters, backups.",
            bad=bool(files),
        ),
        Try(
            "Look whether our search sees",
            "We looked in the same files for a word that must be there.",
            "It sees" if sighted or not embedded(ground) else "It is blind",
            held=bool(sighted) or not embedded(ground),
        ),
    ]


def embedded(ground: Ground) -> bool:
    """Whether the database's own files lie in the state folder."""
    return (ground.state / "postgres" / "data").is_dir()


def no_backup_can_be_read(ground: Ground) -> list[Try]:
    """Look at every backup that lies here: it must look like noise, and hold no canary."""
    kept = [
        path
        for path in sorted((ground.state / ground.pack.name / "backups").glob("*"))
        if path.is_file() and path.suffix != ".json"
    ]
    open_ones = [path for path in kept if readable(path)]
    inside, _ = search.in_files(kept, [*words(ground), BLIND])
    outcome = "None found" if kept else "No backup here yet"
    return [
        Try(
            "Read a backup",
            f"We looked at each of {len(kept)} files of backups for a form that any program reads.",
            outcome if not open_ones else "Found",
            held=not open_ones,
        ),
        Try(
            "Find a name in a backup",
            "We looked in the same files for made-up names, and for a word that every backup has inside.",
            outcome if not inside else "Found",
            held=not inside,
        ),
    ]


def readable(path: Path) -> bool:
    """Whether a file begins like a dump or an archive, or its bytes are not spread as those of noise are."""
    with path.open("rb") as file:
        head = file.read(65536)
    if head.startswith(READABLE_DUMPS):
        return True
    counts = [head.count(bytes([value])) for value in range(256)]
    return len(head) > 4096 and max(counts[0], counts[32]) > len(head) / 64
