"""``wellkept verify``: is a receipt true? It asks no server."""

import sys
from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LONGEST = 1_000_000


@click.command()
@click.argument("receipt", type=FILE)
@click.option("--key", "vkey", help="The ledger's public key, as the operator publishes it: name+id+key.")
@click.option("--checkpoint", type=FILE, help="A checkpoint you got from the operator, a witness or a newspaper.")
@click.option(
    "--witness", "witness_keys", multiple=True, help="The public key of a witness who signed that checkpoint."
)
def verify(receipt: Path, vkey: str | None, checkpoint: Path | None, witness_keys: tuple[str, ...]) -> None:
    """Check a receipt, offline. Ends with 1 when it is false."""
    from wellkept.ledger import check
    from wellkept.ledger.checkpoint import NoteError, verifier

    try:
        key = verifier(vkey) if vkey else None
        witnesses = [verifier(one) for one in witness_keys]
    except NoteError as error:
        raise click.BadParameter(f"{error}.", param_hint="--key or --witness") from error
    try:
        found, head = check.check(_text(receipt), key=key)
        named = verifier(found.key)
        compared = check.compare(head, named, checkpoint, witnesses) if checkpoint else []
    except check.ReceiptFalse as error:
        click.echo(f"This receipt is FALSE: {printable(str(error))}.")
        sys.exit(1)
    click.echo("This receipt is true.")
    click.echo(f"\n  {printable(found.says)}\n")
    click.echo(f"It is entry {found.leaf + 1} of {head.size} in the ledger {printable(head.origin)}.")
    click.echo(f"The ledger's head was signed with the key\n  {printable(found.key)}")
    for line in compared:
        click.echo(printable(line))
    if key is None:
        click.echo("You gave no key. Compare that line with the key the operator publishes before you rely on this.")


def _text(path: Path) -> str:
    from wellkept.ledger.check import ReceiptFalse

    if path.stat().st_size > LONGEST:
        raise ReceiptFalse("a receipt is not that long")
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReceiptFalse("the file is not text") from error


def printable(text: str) -> str:
    """Text that cannot steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


command = verify
