"""What went wrong with the private cluster, said in one sentence that a person can act on."""

import re
import subprocess
from pathlib import Path

from wellkept.cli.cluster.places import ClusterError

ESSENTIAL = ("PG_VERSION", "base", "global/pg_control", "pg_wal", "pg_xact")


def damaged(data: Path, reason: str) -> str:
    """The sentence for a data folder that cannot be used."""
    advice = "move it away, then restore a backup with `wellkept db restore`"
    return f"The database folder {data} is damaged ({reason}): {advice}."


def check_data_folder(data: Path) -> None:
    """Raise ``ClusterError`` when a part without which nothing can start is missing."""
    for part in ESSENTIAL:
        if not (data / part).exists():
            raise ClusterError(damaged(data, f"{part} is missing"))


def explain(said: str, *, doing: str, data: Path) -> str:
    """The sentence for what PostgreSQL printed while it was asked to make, start or stop the cluster."""
    line = telling_line(said)
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return f"The disk is full: PostgreSQL could not {doing} the database in {data}."
    if "Permission denied" in said or "not permitted" in said:
        return f"PostgreSQL may not use {data} ({line}): give WELLKEPT_STATE a folder that its user can reach."
    if "Cannot allocate memory" in said or "could not map" in said:
        return f"There is not enough memory to {doing} the database in {data}."
    if re.search(
        r"PANIC|invalid (checkpoint|magic|primary)|could not (open|read|access|locate)|checksum|corrupt|incompatible",
        said,
    ):
        return damaged(data, line)
    return f"PostgreSQL could not {doing} the database in {data}: {line}."


def telling_line(said: str) -> str:
    """The first line that names a fault, without its time and level, else the last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"PANIC|FATAL|error:|could not", line)]
    chosen = (telling or lines[-1:] or ["it said nothing"])[0]
    return re.sub(r"^.*?(PANIC|FATAL|LOG|error): +", "", chosen).rstrip(".")


def is_postgres(pid: int) -> bool:
    """Whether the process of that number is a PostgreSQL server, asked of ``ps`` where there is no /proc."""
    answer = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607  (ps is where PATH says)
    return "postgres" in answer.stdout or "postmaster" in answer.stdout
