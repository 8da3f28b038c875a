"""``wellkept letters``: what is too private for mail, on paper."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from uuid import UUID, uuid4

import click
from django.utils.translation import gettext as _

from wellkept.cli import cluster
from wellkept.cli.cluster import ClusterError
from wellkept.cli.cluster.places import make_folder, write_private
from wellkept.cli.process import become

if TYPE_CHECKING:
    from wellkept.notices.queries import Waiting
    from wellkept.people.confidential import Wish


@click.group(name="letters")
def command() -> None:
    """Letters that wait to be printed."""


@command.command(name="print")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose letters.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: the state folder.")
def print_letters(operator: str, folder: Path | None) -> None:
    """Write each waiting letter into a file that only you can read, and empty it in the database."""
    state = cluster.state_folder()
    target = (folder or state / operator / "letters").absolute()
    try:
        cluster.ensure_running(state)
        make_folder(target)
        become(operator=operator, role="jobs")
        written = print_all(target)
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{written} letters are in {target}. Print them, post them, and delete the files.")


def print_all(target: Path) -> int:
    """Print every letter that waits; returns how many. Each person is opened for it, with an entry."""
    from wellkept.access import queries as access
    from wellkept.notices import queries

    run = uuid4()
    access.begin(run, kind="job", label="letters")
    written = 0
    while letters := queries.waiting():
        done = [print_one(waiting, run=run, target=target) for waiting in letters]
        written += done.count("printed")
        if not all(done):
            break  # another print run has the rest
    return written


def print_one(waiting: "Waiting", *, run: UUID, target: Path) -> Literal["printed", "withheld", ""]:
    """Print one letter, unless another run has (""). The file is whole before the row is emptied.

    It has its name from the row: a run that is killed between the two writes the same file again. A letter to somebody
    who wants no paper any more is withheld, and emptied like the others.
    """
    from wellkept.access import queries as access
    from wellkept.notices import actions, queries
    from wellkept.people import confidential
    from wellkept.people.queries import identity
    from wellkept.policy.words import Category, Purpose

    elsewhere = asked_elsewhere(waiting.person, run=run)
    shown = dict.fromkeys((Category.IDENTITY, Category.CONTACT, Category(waiting.category)))
    with access.enter_as_machine(
        subjects=[waiting.person],
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=list(shown),
        occasion=run,
        relationship="letter",
    ) as key:
        page = queries.page(key, person=waiting.person, letter=waiting.letter)
        if page is None:
            return ""
        to, mailing = identity(key), confidential.mailing(key, elsewhere=elsewhere)
        if mailing.paper:
            name = f"{page.made_at:%Y-%m-%d}-{waiting.letter}"
            write(target, name, kind=waiting.kind, text=page.text, to=to.full if to else "", address=mailing.address)
        actions.printed(key, person=waiting.person, letter=waiting.letter)
        return "printed" if mailing.paper else "withheld"


def asked_elsewhere(person: UUID, *, run: UUID) -> "Wish | None":
    """Where the same person asked on a joined record that letters go; each record is opened by an entry of its own."""
    from wellkept.access import queries as access
    from wellkept.people import confidential, joins
    from wellkept.policy.words import Category, Purpose

    for other in joins.joined_with(person):
        with access.enter_as_machine(
            subjects=[other],
            purpose=Purpose.MEMBER_ADMINISTRATION,
            categories=[Category.CONTACT],
            occasion=run,
            relationship="letter",
        ) as key:
            if asked := confidential.wish(key):
                return asked
    return None


def write(target: Path, name: str, *, kind: str, text: str, to: str, address: Sequence[str]) -> None:
    """The letter as a private file: a code as text, every other paper as a tagged PDF.

    Where nobody knows an address, the paper says so in its place.
    """
    from django.conf import settings

    from wellkept.accounts import letter
    from wellkept.files import paper

    if kind == letter.KIND:
        write_private(target / f"{name}.txt", letter.head(settings.PACK, to=to, address=address) + text)
        return
    asked = json.loads(text)
    lines = letter.postal(address) or [_("No address on file: call before you post this.")]
    made = paper.pdf(asked["template"], asked["data"] | {"to": [to, *lines]})
    write_private(target / f"{name}.pdf", made)


@command.command(name="mail")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose mails.")
@click.option("--to", required=True, help="Your own address.")
def try_mail(operator: str, to: str) -> None:
    """Send every kind of mail we can send to yourself, over the server that WELLKEPT_SMTP names."""
    from wellkept.exchange.mail import sending
    from wellkept.exchange.mail.texts import Mail
    from wellkept.policy import packs

    if not sending.configured():
        raise click.ClickException("No mail server is named: set WELLKEPT_SMTP to its host:port.")
    for kind in Mail:
        try:
            sending.send(kind, to=to, pack=packs.named(operator), code="ABCD2345")
        except (sending.MailError, ValueError) as error:
            raise click.ClickException(str(error)) from None
        click.echo(f"{kind.value}: sent.")
