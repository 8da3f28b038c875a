"""``wellkept operator``: begin a new operator, with a policy of its own."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from wellkept.policy import founding, packs
from wellkept.policy.founding import Answers
from wellkept.policy.shapes import PackError

QUESTIONS: Final = (
    ("display_name", "What is it called, in full", ""),
    ("short_name", "And in one word, for the tab of a browser", ""),
    ("tagline", "One sentence that says what it is, for the welcome page", ""),
    ("hosts", "Under which host names will it answer (commas between)", "localhost"),
    ("phone", "The toll-free number people call, such as 1-800-555-0100", ""),
    ("hours", "When somebody answers there", "Monday to Friday, 8 am to 6 pm Central time"),
    ("postal_address", "The address for letters, line by line (semicolons between)", ""),
    ("time_zone", "The time zone its clocks run on", "America/Chicago"),
    ("privacy_mail", "The mailbox of the privacy office", ""),
    ("service_mail", "The mailbox of customer service", ""),
    ("security_mail", "The mailbox for whoever finds a hole in it", ""),
    ("brand", "Its colour, as six hex digits", "#1f4e79"),
)
SPANISH: Final = (
    ("tagline_es", "The same sentence for the welcome page, in Spanish", ""),
    ("hours_es", "The same hours, in Spanish", "De lunes a viernes, de 8 a. m. a 6 p. m., hora del Centro"),
)
LISTS: Final = {"hosts": ",", "postal_address": ";"}
NEXT: Final = """
{folder} is written. Nothing is posted yet. What comes next, in this order:

  1. Read {policy}: every word of it will be your promise.
  2. Read access.toml, states.toml and documents/ beside it.
  3. wellkept policy check {name}     says what is missing or does not fit
  4. wellkept policy post {name}      after this the words of this version cannot change
  5. wellkept db migrate --operator {name} && wellkept serve --operator {name}

docs/operators.md goes through each step.
"""


@click.group(name="operator")
def command() -> None:
    """Begin a new operator."""


@command.command()
@click.argument("name")
def new(name: str) -> None:
    """Ask what a new operator is, and write its folder. NAME is one word in small letters."""
    if sentence := founding.complaint("name", name):
        raise click.BadParameter(sentence, param_hint="NAME")
    try:
        answers = asked()
        folder = founding.found(packs.packs_folder(), name, answers, day=day_there(answers.time_zone))
        pack = packs.load(folder)
    except PackError as error:
        raise click.ClickException(str(error)) from error
    click.echo(NEXT.format(folder=folder, policy=pack.versions[-1].path.name, name=name))


def asked() -> Answers:
    """Every answer, each asked again until it can stand."""
    click.echo("An operator makes the promises of one of these policies:\n")
    if not standing():
        raise PackError(f"{packs.packs_folder()}: No operator is here whose promises could be taken.")
    kinds = {folder.name: packs.load(folder) for folder in standing()}
    for kind, pack in kinds.items():
        click.echo(f"  {kind}: {len(pack.versions[-1].clauses)} promises, as {pack.display_name} makes them")
    promises = click.prompt("\nWhose promises do you make", type=click.Choice(list(kinds)))
    given = {key: one(key, text, default) for key, text, default in QUESTIONS}
    if "es" in kinds[promises].languages and click.confirm("Does it speak Spanish too", default=True):
        given |= {key: one(key, text, default) for key, text, default in SPANISH}
    lists = {key: founding.listed(given.pop(key), mark) for key, mark in LISTS.items()}
    return Answers(promises=promises, hosts=lists["hosts"], postal_address=lists["postal_address"], **given)


def day_there(time_zone: str) -> date:
    """The day it is where the new operator works."""
    return datetime.now(ZoneInfo(time_zone)).date()


def standing() -> list[Path]:
    """The packs whose promises can be taken."""
    return sorted(path.parent for path in packs.packs_folder().glob("*/operator.toml"))


def one(key: str, text: str, default: str) -> str:
    """One answer. What cannot stand is said in a sentence, and the question comes again."""
    answer: str = click.prompt(text, default=default or None, value_proc=checked(key))
    return answer


def checked(key: str) -> Callable[[str], str]:
    """What reads an answer to ``key``."""

    def read(answer: str) -> str:
        if sentence := founding.complaint(key, answer):
            raise click.UsageError(sentence)
        return answer.strip()

    return read
