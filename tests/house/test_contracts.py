"""The drawing of the house names every room there is."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "wellkept"


def contracts() -> dict[str, dict[str, object]]:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {one["id"]: one for one in whole["tool"]["importlinter"]["contracts"]}


def rooms(piece: str) -> Iterator[str]:
    """The rooms that have such a piece of furniture, as a file or as a folder."""
    found = [*HOUSE.glob(f"*/{piece}.py"), *HOUSE.glob(f"*/{piece}/__init__.py")]
    return (f"wellkept.{path.relative_to(HOUSE).parts[0]}.{piece}" for path in found)


def protected() -> set[str]:
    return {str(name) for one in contracts().values() for name in list_of(one, "protected_modules")}


def list_of(contract: dict[str, object], key: str) -> list[object]:
    value = contract.get(key, [])
    assert isinstance(value, list)
    return value


def layers(name: str) -> set[str]:
    named = [str(layer).strip("()") for layer in list_of(contracts()[name], "layers")]
    return {part.strip().strip("()") for layer in named for part in layer.split("|")}


def test_every_rooms_tables_are_its_own() -> None:
    assert set(rooms("models")) - protected() == set()


def test_every_question_without_a_key_is_asked_by_the_gate_alone() -> None:
    assert set(rooms("facts")) - protected() == set()


def test_every_package_has_its_floor() -> None:
    packages = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
    assert layers("floors") == packages


def test_every_door_is_a_door() -> None:
    packages = {path.parent.name for path in (HOUSE / "web").glob("*/__init__.py")}
    assert layers("doors") - {"urls"} == packages


def test_every_package_says_its_sentence_and_its_clauses() -> None:
    said = {path.parent.name: path.read_text() for path in HOUSE.glob("*/__init__.py")}
    assert [
        name for name, text in said.items() if '"""' not in text or (name != "config" and "Serves " not in text)
    ] == []
