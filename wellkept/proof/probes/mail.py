"""Tries against mail: whether anything could send one, and whether a letter lies open."""

import re
from pathlib import Path
from typing import Final

from wellkept.proof import search
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.site import found
from wellkept.proof.probes.vault import words

PROGRAM: Final = Path(__file__).parents[2]
SENDS: Final = re.compile(
    r"\b(smtplib|aiosmtpd|django\.core\.mail|send_mail|EmailMessage|EmailMultiAlternatives|mail_admins|sendmail)\b"
)
PORTS: Final = {25, 465, 587, 2525}
CONNECTIONS: Final = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))


def nothing_sends_mail(ground: Ground) -> list[Try]:
    """Read every file of the program for what sends mail; look for a line to a mail server, and for open letters."""
    sources = [path for path in PROGRAM.rglob("*.py") if "proof" not in path.relative_to(PROGRAM).parts]
    sends = [path for path in sources if SENDS.search(path.read_text(encoding="utf-8"))]
    letters, _ = search.in_files(sorted((ground.state / ground.pack.name / "letters").glob("*")), words(ground))
    return [
        found(
            "Find a part that sends mail",
            f"We read {len(sources)} files of the program for any known way to send a mail.",
            bad=bool(sends) or not sources,
        ),
        found(
            "Find a line to a mail server",
            "We looked through the lines this machine has open, and sign-ups and sign-ins were under way.",
            bad=bool(lines()),
        ),
        found(
            "Find a letter of the family",
            "We looked for made-up names in letters that wait to be printed.",
            bad=bool(letters),
        ),
    ]


def lines() -> list[str]:
    """Each line to a mail server's port that this machine has open, as the system lists it."""
    rows = [
        row.split()
        for path in CONNECTIONS
        if path.exists()
        for row in path.read_text(encoding="ascii").splitlines()[1:]
    ]
    return [row[2] for row in rows if int(row[2].rpartition(":")[2], 16) in PORTS]
