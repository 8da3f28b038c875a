"""``wellkept policy``: check the packs, and post new versions of their policies."""

from pathlib import Path

import click

from wellkept.policy import check, controls, packs, posted, table
from wellkept.policy.shapes import Pack, PackError


@click.group(name="policy")
def command() -> None:
    """Check the published policies, and post new versions of them."""


@command.command(name="check")
@click.option("--strict/--lenient", default=None, help="Allow no promise that is not kept; the rule in production.")
@click.argument("operators", nargs=-1)
def check_packs(strict: bool | None, operators: tuple[str, ...]) -> None:  # noqa: FBT001  (click passes what was said)
    """Say every problem of OPERATORS, or of all of them, and end with an error if there is one."""
    failed = [folder.name for folder in _folders(operators) if not _checked(folder, strict=strict)]
    if failed:
        raise click.exceptions.Exit(1)


@command.command(name="post")
@click.argument("operators", nargs=-1)
def post_versions(operators: tuple[str, ...]) -> None:
    """Record the text of every new version of OPERATORS, or of all of them. After this its words cannot change."""
    for folder in _folders(operators):
        new = _posted(_loaded(folder))
        click.echo(f"{folder.name}: posted {', '.join(new)}" if new else f"{folder.name}: nothing new")


@command.command(name="table")
@click.argument("operator")
@click.argument("letter")
def print_table(operator: str, letter: str) -> None:
    """Print the promises of OPERATOR whose ids begin with LETTER, as docs/promises.md holds them."""
    pack = _loaded(packs.packs_folder() / operator)
    click.echo(table.series(pack.versions[-1], letter.upper(), controls.of(pack)), nl=False)


def _checked(folder: Path, *, strict: bool | None) -> bool:
    try:
        pack = packs.load(folder)
        found = check.problems(pack, strict=strict)
    except PackError as error:
        found = [str(error)]
    for problem in found:
        click.echo(problem, err=True)
    click.echo(f"{folder.name}: {_count(found)}" if found else f"{folder.name}: {_promises(pack)}")
    return not found


def _count(found: list[str]) -> str:
    return "1 problem" if len(found) == 1 else f"{len(found)} problems"


def _promises(pack: Pack) -> str:
    newest = pack.versions[-1]
    kept, every = len(check.kept(newest)), len(newest.clauses)
    return f"no problem; {kept} of {every} promises name what keeps them, {every - kept} are not kept yet"


def _posted(pack: Pack) -> list[str]:
    try:
        return posted.post(pack)
    except PackError as error:
        raise click.ClickException(str(error)) from None


def _loaded(folder: Path) -> Pack:
    try:
        return packs.load(folder)
    except PackError as error:
        raise click.ClickException(str(error)) from None


def _folders(operators: tuple[str, ...]) -> list[Path]:
    home = packs.packs_folder()
    if operators:
        return [home / name for name in operators]
    return sorted(path.parent for path in home.glob("*/operator.toml"))
