"""Where catalogues lie, and what they hold."""

from pathlib import Path
from typing import Final

from scripts.words import catalogue
from scripts.words.catalogue import Message

PLACE: Final = "locale/es/LC_MESSAGES/django.po"


def path_of(root: Path, folder: str) -> Path:
    """The catalogue of ``folder``, such as "web/member"."""
    return root / "wellkept" / folder / PLACE


def made_of(root: Path) -> Path:
    """The list of texts that were put together with values: ``wellkept.policy.sayings`` reads it."""
    return root / "wellkept" / "policy" / "locale" / "made.txt"


def catalogues(root: Path) -> dict[str, dict[Message, tuple[str, ...]]]:
    """Every catalogue by its folder."""
    house = root / "wellkept"
    paths = sorted(house.rglob(PLACE))
    return {
        path.parents[3].relative_to(house).as_posix(): catalogue.read(path.read_text(encoding="utf-8"))
        for path in paths
    }


def translations(root: Path) -> dict[Message, tuple[str, ...]]:
    """What is translated, wherever it lies: a message that moves keeps its Spanish."""
    return {message: texts for entries in catalogues(root).values() for message, texts in entries.items() if texts}
