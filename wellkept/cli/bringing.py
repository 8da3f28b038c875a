"""A made-up book as files, and the commands that bring each in: for demonstrations, tests of size and benchmarks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from wellkept.demo import booklets, offices, pharmacy, plans, rosters
from wellkept.demo.book import Book, book
from wellkept.demo.families import families
from wellkept.demo.scenes import LAKES, ROWAN, Scene
from wellkept.policy import packs

SCENES: Final = {"umr": LAKES, "pwer": ROWAN}
SEEDS: Final = {"umr": 11, "pwer": 23}


@dataclass(frozen=True, slots=True)
class Files:
    """What was written: the book in its X12 files, and tables by the command that reads each."""

    book: Book
    tables: tuple[tuple[tuple[str, ...], Path], ...]


def written(operator: str, folder: Path, *, members: int, claims_a_member: float, seed: int, today: date) -> Files:
    """Write the files of a book into a folder. The same arguments give the same bytes."""
    scene = SCENES.get(operator, LAKES)
    made = book(folder, members=members, claims_a_member=claims_a_member, seed=seed, today=today, scene=scene)
    tables = tuple(
        (words, table(folder, name, write, scene=scene, seed=seed, today=today)) for words, name, write in TABLES
    )
    balances = folder / "balances.csv"
    plans.balances_csv(balances, scene, members=members, claims_a_member=claims_a_member, seed=seed, today=today)
    filled, control = folder / "pharmacy.csv", folder / "pharmacy-control.csv"
    people = families(scene, members=members, seed=seed, today=today)
    pharmacy.control_csv(control, pharmacy.pharmacy_csv(filled, scene, people, seed=seed, today=today))
    papers = folder / "documents.csv"
    booklets.booklets_csv(papers, scene, packs.named(operator), today)
    lists = tuple(
        (("roster", "--kind", kind, "--full"), rosters.roster_csv(folder, kind, scene, seed=seed, today=today))
        for kind in rosters.KINDS.get(operator, ())
    )
    medicines = ("claims", "--quiet", "--mapping", "pharmacy", "--control", str(control))
    return Files(made, (*tables, *lists, (medicines, filled), (("balances",), balances), (("documents",), papers)))


def table(folder: Path, name: str, write: "Writer", *, scene: Scene, seed: int, today: date) -> Path:
    """One table of the book."""
    path = folder / name
    write(path, scene, seed, today)
    return path


def commands(operator: str, files: Files) -> list[tuple[str, ...]]:
    """What to say so that everything is brought in, in order: people before what is told of them."""
    at = ("--operator", operator)
    return [
        ("import", "x12", "--quiet", *at, *map(str, files.book.files)),
        *(("import", *words, *at, str(path)) for words, path in files.tables),
    ]


Writer = Callable[[Path, Scene, int, date], object]
TABLES: Final[tuple[tuple[tuple[str, ...], str, Writer], ...]] = (
    (("plans",), "plans.csv", lambda path, scene, _seed, today: plans.plans_csv(path, scene, today)),
    (
        ("offices",),
        "offices.csv",
        lambda path, scene, seed, today: offices.offices_csv(path, scene, seed=seed, today=today),
    ),
    (("places",), "places.csv", lambda path, scene, seed, _today: offices.places_csv(path, scene, seed=seed)),
)
