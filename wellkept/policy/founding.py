"""Writes the folder of a new operator from a pack that stands and from what its founder answered.

Serves B-08. The promises come with their words and with what keeps them, so the new policy promises only what
the program keeps, and says of the rest that it does not. Nothing is posted: whoever answers for it reads it first.
"""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from wellkept.policy import colours
from wellkept.policy.shapes import PackError

NAME: Final = re.compile(r"^[a-z][a-z0-9]{1,19}$")
_HOST: Final = r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?"
_MAIL: Final = (
    re.compile(r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$"),
    'An address such as "privacy@example.org".',
)
_SHAPES: Final = {
    "name": (NAME, "Two to twenty small letters and digits, a letter first: it names a folder and a database."),
    "hosts": (
        re.compile(rf"^{_HOST}(\s*,\s*{_HOST})*$"),
        'Host names alone, with commas between them, such as "benefits.example.org".',
    ),
    "phone": (re.compile(r"^1-\d{3}-\d{3}-\d{4}$"), "Write it as 1-800-555-0100."),
    "privacy_mail": _MAIL,
    "service_mail": _MAIL,
    "security_mail": _MAIL,
}
_LANGUAGES_SENTENCE: Final = re.compile(r"^This policy is here in English and in Spanish\..*\n", re.MULTILINE)
_TOP_WHITE: Final = 'top = "#ffffff"'
_SPANISH: Final = re.compile(r"\.es\.(md|toml)$")
OTHERS: Final = ("versions.lock", "mark.svg")
"""The files of a pack that are of one operator alone."""

_MARK: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" '
    'focusable="false"><rect x="2" y="2" width="36" height="36" rx="9" fill="{brand}"/>'
    '<path d="M11 21l6.500 6.500L30 14" fill="none" stroke="#ffffff" stroke-width="4" stroke-linecap="round" '
    'stroke-linejoin="round"/></svg>\n'
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a founder says. ``promises`` is the pack whose promises are taken; texts in Spanish are empty without it."""

    promises: str
    display_name: str
    short_name: str
    tagline: str
    hosts: tuple[str, ...]
    phone: str
    hours: str
    postal_address: tuple[str, ...]
    time_zone: str
    privacy_mail: str
    service_mail: str
    security_mail: str
    brand: str
    tagline_es: str = ""
    hours_es: str = ""

    @property
    def spanish(self) -> bool:
        """Whether it speaks Spanish too."""
        return bool(self.tagline_es and self.hours_es)


def complaint(question: str, answer: str) -> str:
    """Why ``answer`` cannot stand as the answer to ``question``, and how to mend it; "" where it can stand."""
    if not answer.strip():
        return "Please write something here."
    if question == "brand":
        return colours.complaint(answer)
    if question == "time_zone":
        return "" if _is_zone(answer) else f'"{answer}" is not a time zone, such as "America/Chicago".'
    shape, sentence = _SHAPES.get(question, (None, ""))
    return sentence if shape and not shape.fullmatch(answer.strip()) else ""


def listed(answer: str, mark: str) -> tuple[str, ...]:
    """The parts of one answer that holds several."""
    return tuple(part.strip() for part in answer.split(mark) if part.strip())


def found(home: Path, name: str, answers: Answers, *, day: date) -> Path:
    """The new folder ``name`` in ``home``, its policy dated ``day``.

    Raises ``PackError`` where the name is taken or no name, and where the promises are of no pack.
    """
    folder, source = home / name, home / answers.promises
    if not NAME.fullmatch(name):
        raise PackError(str(_SHAPES["name"][1]))
    if folder.exists():
        raise PackError(f"{folder}: There is an operator of this name.")
    if not (source / "operator.toml").is_file():
        raise PackError(f"{source}: There is no operator here to take the promises from.")
    try:
        shutil.copytree(source, folder, ignore=_left_out(spanish=answers.spanish))
        _policy(folder, source, day, spanish=answers.spanish)
        _operator(folder, answers)
        (folder / "mark.svg").write_text(_MARK.format(brand=answers.brand), encoding="utf-8")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # half a pack would stop every other command that reads them all
        raise
    return folder


def replaced(text: str, section: str, values: Mapping[str, object]) -> str:
    """TOML ``text`` with each of these keys of ``section`` at the value given; its comments and its order stay.

    ``section`` is "" for what stands above every header. Raises ``PackError`` where a key is not there once.
    """
    lines, here, left = text.splitlines(keepends=True), "", set(values)
    for at, line in enumerate(lines):
        here = line.strip().strip("[]") if line.startswith("[") else here
        key = line.partition(" = ")[0]
        if here == section and key in left:
            lines[at] = f"{key} = {_toml(values[key])}\n"
            left.remove(key)
    if left:
        raise PackError(f"{', '.join(sorted(left))}: not found in [{section}].")
    return "".join(lines)


def _operator(folder: Path, answers: Answers) -> None:
    path = folder / "operator.toml"
    said = path.read_text(encoding="utf-8")
    texts = {
        "display_name": answers.display_name,
        "short_name": answers.short_name,
        "tagline": answers.tagline,
        "hosts": list(answers.hosts),
        "phone": answers.phone,
        "phone_spoken": spoken(answers.phone),
        "hours": answers.hours,
        "postal_address": list(answers.postal_address),
        "time_zone": answers.time_zone,
        "languages": ["en", "es"] if answers.spanish else ["en"],
        "ribbon": f"{answers.display_name} is being set up. Not open yet. No real people.",
    }
    mail = {"privacy": answers.privacy_mail, "service": answers.service_mail, "security": answers.security_mail}
    text = replaced(said[said.index("display_name = ") :], "", texts)
    text = replaced(text, "mailboxes", mail)
    text = replaced(text, "theme", colours.theme(answers.brand, dark_top=_TOP_WHITE not in said))
    path.write_text(f"# {answers.display_name}, with the promises of {answers.promises}.\n\n{text}", encoding="utf-8")
    if answers.spanish:
        ribbon = f"{answers.display_name} se está preparando. Aún no está abierto. No hay personas reales."
        path = folder / "operator.es.toml"
        spanish = {"tagline": answers.tagline_es, "hours": answers.hours_es, "ribbon": ribbon}
        said = path.read_text(encoding="utf-8")
        text = replaced(said[said.index("tagline = ") :], "", spanish)
        path.write_text(
            f"# {answers.display_name} in Spanish: the texts of operator.toml alone.\n\n{text}", encoding="utf-8"
        )


def _policy(folder: Path, source: Path, day: date, *, spanish: bool) -> None:
    """The newest version of the source alone, under its new day."""
    texts = sorted((source / "policy").glob("*.md"))
    newest = max(path.stem for path in texts if not path.stem.endswith(".es"))
    for path in texts:
        (folder / "policy" / path.name).unlink(missing_ok=True)
    for ending in (".md", ".es.md") if spanish else (".md",):
        text = (source / "policy" / f"{newest}{ending}").read_text(encoding="utf-8")
        front, _, body = text.removeprefix("---\n").partition("---\n")
        front = re.sub(r"\d{4}-\d{2}-\d{2}", day.isoformat(), front)
        body = body if spanish else _LANGUAGES_SENTENCE.sub("", body)
        (folder / "policy" / f"{day.isoformat()}{ending}").write_text(f"---\n{front}---\n{body}", encoding="utf-8")


def _left_out(*, spanish: bool) -> Callable[[str, list[str]], set[str]]:
    """What a new operator does not take over: what others posted and drew, and a language it does not speak."""

    def ignored(_folder: str, names: list[str]) -> set[str]:
        return {one for one in names if one in OTHERS or one.startswith(".") or (not spanish and _SPANISH.search(one))}

    return ignored


def spoken(phone: str) -> str:
    """A telephone number with a pause after each part, as a voice reads it: "1, 800, 5 5 5, 0 1 0 0"."""
    first, area, *rest = phone.split("-")
    return ", ".join([first, area if area.endswith("00") else " ".join(area), *(" ".join(part) for part in rest)])


def _is_zone(answer: str) -> bool:
    try:
        return bool(ZoneInfo(answer).key)
    except (KeyError, ValueError, OSError):
        return False


def _toml(value: object) -> str:
    """A text or a list of texts as TOML writes it, which for these is what JSON writes."""
    return json.dumps(value, ensure_ascii=False)
