"""``wellkept ledger``: seal entries, show the signed head, give receipts, and read the whole ledger again."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import click

if TYPE_CHECKING:
    from wellkept.ledger.checkpoint import Checkpoint, Signer, Verifier

EVERY = 100_000


class Place(NamedTuple):
    """Whose ledger, and where its files are."""

    operator: str
    folder: Path
    key: Path

    def connect(self) -> Any:  # noqa: ANN401  (psycopg is read only when a command needs it)
        """A connection as the sealer, in autocommit."""
        from wellkept.cli.cluster import ClusterError, connect

        try:
            return connect(operator=self.operator, role="seal", autocommit=True)
        except ClusterError as error:
            raise click.ClickException(str(error)) from error

    def signer(self) -> "Signer":
        """The ledger's private key under the operator's name; made the first time."""
        from wellkept.ledger.checkpoint import Signer
        from wellkept.ledger.seal import read_key
        from wellkept.policy import packs

        return Signer(f"{packs.named(self.operator).hosts[0]}/ledger", read_key(self.key))


@click.group()
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose ledger.")
@click.pass_context
def ledger(context: click.Context, operator: str) -> None:
    """The ledger: seal it, show its head, give receipts, read it all again."""
    from wellkept.cli.cluster import state_folder

    state = state_folder() / operator
    context.obj = Place(operator, state / "ledger", state / "ledger.key")


@ledger.command()
@click.option("--once/--forever", default=True, help="Seal what waits and end, or go on every second.")
@click.pass_obj
def seal(place: Place, *, once: bool) -> None:
    """Seal the entries that wait, sign the head, publish it."""
    from threading import Event

    from wellkept.ledger import publish
    from wellkept.ledger.seal import SealError, seal_forever, seal_once

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with publish.alone(place.folder):
            if once:
                with place.connect() as connection:
                    click.echo(f"{seal_once(connection, place.signer(), place.folder):,} entries sealed.")
            else:
                seal_forever(place.connect, place.signer(), place.folder, stop=stop, tell=click.echo)
    except BlockingIOError as error:
        raise click.ClickException("Another sealer is at work on this ledger.") from error
    except SealError as error:
        raise click.ClickException(f"Nothing was signed: {error}.") from error
    except OSError as error:
        raise click.ClickException(f"The ledger cannot be published: {error}.") from error


@ledger.command()
@click.pass_obj
def checkpoint(place: Place) -> None:
    """Show the last signed head, as a witness takes it, and the public key on standard error."""
    from wellkept.ledger import tables

    with place.connect() as connection:
        try:
            click.echo(tables.head(connection).note, nl=False)
        except LookupError as error:
            raise click.ClickException(f"{error}.") from error
        click.echo(tables.epochs(connection)[-1].vkey, err=True)


@ledger.command()
@click.argument("entry", type=int)
@click.option("--subject", type=click.UUID, required=True, help="The person the receipt is for.")
@click.pass_obj
def receipt(place: Place, entry: int, subject: UUID) -> None:
    """Write the receipt of ENTRY for one of the people it names."""
    from wellkept.ledger.receipt import as_file, receipt_as_sealer

    with place.connect() as connection:
        try:
            click.echo(as_file(receipt_as_sealer(connection, entry, subject)), nl=False)
        except LookupError as error:
            raise click.ClickException(f"{error}.") from error


@ledger.command()
@click.option(
    "--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A checkpoint kept elsewhere."
)
@click.option("--key", "vkey", help="The ledger's public key, if not the one the database names.")
@click.pass_obj
def verify(place: Place, against: Path | None, vkey: str | None) -> None:
    """Read every entry again and compare it with what was sealed and published. Ends with 1 when anything differs."""
    from wellkept.ledger import publish, tables
    from wellkept.ledger.checkpoint import NoteError, verifier
    from wellkept.ledger.findings import Finding
    from wellkept.ledger.verify import verify as findings

    faults = 0
    with place.connect() as connection:
        try:
            keys = [verifier(vkey)] if vkey else [epoch.key for epoch in tables.epochs(connection)]
            head = tables.head(connection)
            kept = _read(against, keys) if against else None
        except (LookupError, NoteError) as error:
            raise click.ClickException(f"{error}.") from error
        try:
            outside = publish.published(place.folder, keys)
            first = [] if outside else [Finding("published", f"there is no checkpoint in {place.folder}")]
        except publish.Unpublished as error:
            outside, first = None, [Finding("published", str(error))]
        for found in (*first, *findings(connection, folder=place.folder, published=outside, against=kept, tell=_tell)):
            faults += 1
            click.echo(found.sentence)
    if faults:
        click.echo(f"{faults} findings. The ledger is NOT as it was sealed.")
        sys.exit(1)
    click.echo(f"{head.size:,} leaves read. Every entry is as it was sealed.")


def _read(path: Path, keys: "list[Verifier]") -> "Checkpoint":
    from wellkept.ledger.checkpoint import NoteError, read_checkpoint, read_note, signers

    try:
        note = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise NoteError(f"{path} is not a checkpoint") from error
    if not signers(note, keys):
        raise NoteError(f"{path} is not signed by the key of this ledger")
    return read_checkpoint(read_note(note)[0])


def _tell(done: int, of: int) -> None:
    if done == of or done % EVERY < EVERY // 10:
        click.echo(f"{done:,} of {of:,} leaves read.", err=True)


@ledger.command()
@click.option("--reason", required=True, help="Why: it stands in the ledger and is public.")
@click.option(
    "--lost", type=click.IntRange(min=0), help="How many sealed entries are gone, if the published tiles are too."
)
@click.pass_obj
def epoch(place: Place, reason: str, lost: int | None) -> None:
    """Begin a new epoch after a restore. Nobody else may be at work in the database."""
    from wellkept.ledger import publish
    from wellkept.ledger.epoch import new_epoch
    from wellkept.ledger.seal import SealError

    try:
        with publish.alone(place.folder), place.connect() as connection:
            fresh = new_epoch(connection, place.signer(), place.folder, reason=reason, lost=lost)
    except BlockingIOError as error:
        raise click.ClickException("A sealer is at work on this ledger: stop it first.") from error
    except (SealError, publish.Unpublished) as error:
        raise click.ClickException(f"No epoch was begun: {error}.") from error
    click.echo(f"Epoch {fresh.number} begins with {fresh.size:,} leaves.")


command = ledger
