"""The same portal once more on this machine for a round: over TLS, with a policy that has a new version."""

import contextlib
import ipaddress
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wellkept.cli import cluster, serve
from wellkept.cli.cluster.server import free_port
from wellkept.cli.supervise import environment_of
from wellkept.policy import controls, packs, posted
from wellkept.policy.shapes import Pack
from wellkept.proof.family import canary
from wellkept.proof.ground import Rehearsal, connected
from wellkept.proof.mailbox import mailbox

PATIENCE: Final = 30.0
NAME: Final = "127.0.0.1"
LAPSED: Final = "rehearsed-review"
REVIEW: Final = """
[[control]]
id = "{id}"
kind = "attested"
sentence = "In this rehearsal people owe a review, and let it lapse."
owner = "A rehearsal"
last_review = {last}
next_review = {due}
"""


@contextlib.contextmanager
def rehearsed(pack: Pack, *, today: str, more: Mapping[str, str] | None = None) -> Iterator[Rehearsal]:
    """Start it, and end it afterwards. Raises ``ClusterError`` when it does not answer.

    ``more`` is added to the environment of its process. Its mails go to a mailbox of its own, and nowhere else.
    """
    with tempfile.TemporaryDirectory() as folder, mailbox() as box:
        home = Path(folder)
        certificate, key = vouched(home)
        clause, word = pack.versions[-1].clauses[0].id, canary().title()
        lapsed = let_lapse(pack, home / "packs", today=today)
        version = revise(pack, home / "packs", clause=clause, word=word, today=today)
        port = free_port()
        pages = serve.web(
            operator=pack.name, host=NAME, port=port, workers=1, threads=2, tls=(str(certificate), str(key))
        )
        environment = environment_of(replace(pages, environment={**pages.environment, **(more or {})}))
        environment = {name: said for name, said in environment.items() if not name.startswith("WELLKEPT_SMTP")}
        environment |= {"WELLKEPT_OPERATORS": str(home / "packs"), "WELLKEPT_SMTP": f"127.0.0.1:{box.port}"}
        with running(list(pages.command), environment) as process:
            there = Rehearsal(f"https://{NAME}:{port}", certificate, version, clause, word, lapsed, box.mails)
            wait_for(there, process)
            yield there


def let_lapse(pack: Pack, home: Path, *, today: str) -> str:
    """A copy of the pack in ``home`` in which a promise rests on a review too, which was due yesterday.

    Returns which: the last one that something keeps, in the version in force.
    """
    copy, day = home / pack.name, date.fromisoformat(today)
    shutil.copytree(pack.folder, copy)
    version = packs.in_force(pack, day)
    clause = [one.id for one in version.clauses if one.kept_by and one.not_kept is None][-1]
    path = copy / "policy" / version.path.name
    before, begun, rest = path.read_text(encoding="utf-8").partition(f"## {clause} ")
    path.write_text(before + begun + rest.replace("Kept by: ", f"Kept by: {LAPSED}, ", 1), encoding="utf-8")
    with (copy / controls.ATTESTED).open("a", encoding="utf-8") as attested:
        last, due = day - timedelta(days=400), day - timedelta(days=1)
        attested.write(REVIEW.format(id=LAPSED, last=last.isoformat(), due=due.isoformat()))
    return clause


def revise(pack: Pack, home: Path, *, clause: str, word: str, today: str) -> str:
    """The pack copied to ``home`` posts a version today, in every language, that takes effect tomorrow; its name."""
    newest = packs.load(home / pack.name).versions[-1]
    tomorrow = (date.fromisoformat(today) + timedelta(days=1)).isoformat()
    days = {"version": tomorrow, "posted": today, "effective": tomorrow}
    front = "".join(f"{name}: {value}\n" for name, value in days.items())
    for path in newest.path.parent.glob(f"{newest.path.stem}.*"):
        body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("---\n")[2]
        begun = f"## {clause} "
        before, _, rest = body.partition(begun)
        heading, _, said = rest.partition("\n\n")
        added = f"{word} is a word we added." if path == newest.path else f"{word}."
        changed = f"{before}{begun}{heading}\n\n{added}\n{said}"
        name = path.name.replace(newest.path.stem, tomorrow)
        path.with_name(name).write_text(f"---\n{front}---\n{changed}", encoding="utf-8")
    posted.post(packs.load(home / pack.name))
    return tomorrow


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own, told to stop at the end."""
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(there: Rehearsal, process: subprocess.Popen[bytes]) -> None:
    """Return when it answers. Raises ``ClusterError`` at once where its process has ended."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        line = connected("https", urlsplit(there.base).netloc, there.certificate, strict=True)
        with contextlib.suppress(OSError, HTTPException), contextlib.closing(line):
            line.request("GET", "/robots.txt")
            line.getresponse()
            return
        time.sleep(0.1)
    raise cluster.ClusterError(f"The rehearsal at {there.base} did not answer.")


def vouched(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine alone that ends in an hour, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A rehearsal of Wellkept")])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(NAME)), x509.DNSName("localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].touch(mode=0o600)
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths
