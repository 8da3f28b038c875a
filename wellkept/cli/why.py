"""``wellkept why``: explain a decision of the gate, from the pack or from the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import click

from wellkept.cli import cluster
from wellkept.cli.process import become
from wellkept.policy.shapes import Clause, Pack
from wellkept.policy.words import Category, Purpose, Role


@dataclass(frozen=True, slots=True)
class Told:
    """What is supposed to be true: ties, needs that are met, a restriction, a contract that keeps the role out."""

    relationships: tuple[str, ...]
    met: tuple[str, ...]
    restricted: bool
    narrowed: bool


def words(kind: type[Role | Purpose | Category]) -> click.Choice[str]:
    """The values of one of our lists of words."""
    return click.Choice([str(one.value) for one in kind])


@click.command(name="why")
@click.option("--operator", envvar="WELLKEPT_OPERATOR", required=True, help="Whose policy decides.")
@click.option("--purpose", type=words(Purpose), required=True, help="What the record would be opened for.")
@click.option("--category", type=words(Category), required=True, help="Which part of the record.")
@click.option("--role", type=words(Role), help="Explain by the policy alone: who would open it.")
@click.option("--relationship", "relationships", multiple=True, help="With --role: what ties them to the person.")
@click.option("--needs-met", "met", multiple=True, help="With --role: a need that is true, for instance agreement.")
@click.option("--restricted", is_flag=True, help="With --role: the person has had it restricted.")
@click.option("--narrowed", is_flag=True, help="With --role: the contract of the person's plan keeps the role out.")
@click.option("--account", type=click.UUID, help="Ask the database: whose account would open it.")
@click.option("--person", type=click.UUID, help="With --account: whose record. The question is entered in the ledger.")
@click.option("--occasion", type=click.UUID, help="With --account: on which call or visit.")
def command(
    *,
    operator: str,
    purpose: str,
    category: str,
    role: str | None,
    relationships: tuple[str, ...],
    met: tuple[str, ...],
    restricted: bool,
    narrowed: bool,
    account: UUID | None,
    person: UUID | None,
    occasion: UUID | None,
) -> None:
    """Say whether something may be opened, by which rule and clause, and what would be needed."""
    asked = (Purpose(purpose), Category(category))
    if role is not None and account is None and person is None and occasion is None:
        told = Told(relationships or ("none",), met, restricted=restricted, narrowed=narrowed)
        lines = by_policy(operator, *asked, role=Role(role), told=told)
    elif account is not None and person is not None and not (role or relationships or met or restricted or narrowed):
        lines = by_database(operator, *asked, account=account, person=person, occasion=occasion)
    else:
        raise click.UsageError("Say either --role, with --relationship, or --account and --person.")
    for line in lines:
        click.echo(line)


def by_policy(
    operator: str,
    purpose: Purpose,
    category: Category,
    *,
    role: Role,
    told: Told,
) -> Iterator[str]:
    """The explanation from the pack, without a database."""
    from django.conf import settings

    from wellkept.access.why import explain
    from wellkept.policy import packs

    # Nobody's pages are running: the sentences stay as they are written.
    if not settings.configured:
        settings.configure(USE_I18N=False)
    try:
        pack = packs.named(operator)
    except packs.PackError as error:
        raise click.ClickException(str(error)) from error
    found = explain(
        pack,
        in_force(pack),
        role=role,
        relationships=told.relationships,
        purpose=purpose,
        category=category,
        met=told.met,
        restricted=told.restricted,
        narrowed=told.narrowed,
    )
    yield f"Yes. {found.why}" if found.allowed else f"No. {found.why}"
    if found.clause:
        yield f"{found.clause.id}, {found.clause.heading}:"
        yield f"  {found.clause.text.strip()}"
    yield from found.needed


def in_force(pack: Pack) -> tuple[Clause, ...]:
    """The clauses of the policy in force today."""
    from wellkept.policy import packs

    return packs.now_in_force(pack).clauses


def by_database(
    operator: str, purpose: Purpose, category: Category, *, account: UUID, person: UUID, occasion: UUID | None
) -> Iterator[str]:
    """The explanation of one account and one person, by the gate itself."""
    try:
        cluster.ensure_running(cluster.state_folder())
    except cluster.ClusterError as error:
        raise click.ClickException(str(error)) from error
    become(operator=operator, role="proof")
    from django.conf import settings

    from wellkept.access.explained import explained, sentences

    found = explained(account=account, person=person, purpose=purpose, category=category, occasion=occasion)
    yield from sentences(found, purpose=purpose, category=category, clauses=in_force(settings.PACK))
