"""Tries against what came in: each file is held against what its sender states and against what became of it."""

from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.site import found


def every_file_comes_out(ground: Ground) -> list[Try]:
    """Ask the database for every total of every file that does not come out."""
    with ground.connect("proof") as proof:
        rows = proof.execute("select source from wellkept.intake_differences()").fetchall()
    lost = [row for row in rows if row[0] == "accepted"]
    return [
        found(
            "Find a total that differs from its sender's",
            "We compared what each sender states with what we read of its file.",
            bad=len(rows) > len(lost),
        ),
        found(
            "Find a record that came in and is nowhere",
            "We compared what was taken from each file with what became of it.",
            bad=bool(lost),
        ),
    ]
