"""An operator is a folder, and a folder with a fault is refused with the file and the line."""

import re
import shutil
import tempfile
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.conftest import OPERATORS, Spoil
from wellkept.policy import packs
from wellkept.policy.packs import PackError

PACKS = ["umr", "pwer"]


@pytest.mark.parametrize("name", PACKS)
def test_both_packs_load(name: str) -> None:
    pack = packs.named(name)
    assert pack.name == name
    assert pack.display_name
    assert not pack.production
    assert "No real people." in pack.ribbon


@pytest.mark.parametrize("name", PACKS)
def test_a_demonstration_bears_no_real_company_and_no_real_number(name: str) -> None:
    pack = packs.named(name)
    shown = (pack.display_name, pack.short_name, pack.tagline, *pack.postal_address)
    assert not [text for text in shown if name in text.lower()]
    assert pack.phone.startswith("1-800-555-01")
    assert all(address.endswith(".example") for address in pack.mailboxes.values())


def test_a_pack_is_read_once_in_a_process() -> None:
    assert packs.named("umr") is packs.named("umr")


def test_a_pack_cannot_be_changed() -> None:
    pack = packs.named("umr")
    assert isinstance(pack.theme, MappingProxyType)
    with pytest.raises(AttributeError):
        pack.name = "other"  # type: ignore[misc]  # the assignment is what must fail


def test_packs_can_lie_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_OPERATORS", str(folder.parent))
    assert packs.named("umr").folder == folder


@pytest.mark.parametrize("name", ["../umr", "umr/", "", "UMR", "."])
def test_it_refuses_a_name_that_could_leave_the_folder(name: str) -> None:
    with pytest.raises(PackError, match="is not the name of an operator"):
        packs.named(name)


def test_it_refuses_an_operator_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no operator here"):
        packs.load(tmp_path / "nobody")


@pytest.mark.parametrize("file", ["operator.toml", "access.toml", "states.toml", "mark.svg"])
def test_it_refuses_a_pack_without_one_of_its_files(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(PackError, match=rf"{file}:1: This file is missing"):
        packs.load(folder)


def test_it_refuses_a_pack_without_a_policy(folder: Path) -> None:
    (folder / "policy" / "2026-11-22.md").unlink()
    with pytest.raises(PackError, match="at least one version"):
        packs.load(folder)


FAULTS = [
    ('tty = "711"', 'tty = ""', '"tty" must be some text'),
    ('tty = "711"', "tty = 711", '"tty" must be some text'),
    ('tty = "711"\n', "", '"tty" is missing'),
    ('tty = "711"', 'tty = "711"\nfax = "1"', '"fax" means nothing here'),
    ('tty = "711"', 'tty = "711', "This is not TOML"),
    ('hosts = ["localhost", "127.0.0.1"]', "hosts = []", "at least one host"),
    ('hosts = ["localhost", "127.0.0.1"]', 'hosts = ["localhost", "localhost"]', "names something twice"),
    ('hosts = ["localhost", "127.0.0.1"]', 'hosts = "localhost"', "must be a list of texts"),
    ('time_zone = "America/Chicago"', 'time_zone = "Chicago"', "is not a time zone"),
    ('time_zone = "America/Chicago"', 'time_zone = "../../etc/passwd"', "is not a time zone"),
    ("production = false", 'production = "no"', "must be true or false"),
    ("production = false", "production = true", "stays a demonstration"),
    ('ribbon = "Demonstration.', 'ribbon = "" # "', '"ribbon" must be some text'),
    ('brand = "#0b5566"', 'brand = "teal"', "must be a colour"),
    ('brand = "#0b5566"', 'brand = "#0b5566; } body { display: none"', "must be a colour"),
    ('radius = "6px"', 'radius = "6px; } body { display: none"', "must be a plain CSS value"),
    ('radius = "6px"', 'radius = "6px"\nshadow = "none"', '"shadow" means nothing here'),
    ("U = 46", "U = 0", "between 1 and 99"),
    ("U = 46", "UX = 46", "is not one capital letter"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_it_refuses_a_faulty_operator_with_its_line(spoil: Spoil, old: str, new: str, sentence: str) -> None:
    folder = spoil("operator.toml", old, new)
    with pytest.raises(PackError, match=rf"operator\.toml:\d+: .*{sentence}"):
        packs.load(folder)


def test_it_names_the_line_of_the_fault(spoil: Spoil) -> None:
    folder = spoil("operator.toml", 'good = "#216e3a"', 'good = "green"')
    line = (folder / "operator.toml").read_text().splitlines().index('good = "green"') + 1
    with pytest.raises(PackError, match=rf"operator\.toml:{line}: "):
        packs.load(folder)


def test_the_ribbon_goes_with_a_host_name_of_ones_own(spoil: Spoil) -> None:
    spoil("operator.toml", "production = false", "production = true")
    folder = spoil("operator.toml", '["localhost", "127.0.0.1"]', '["benefits.lakeside-plan.org"]')
    assert packs.load(folder).ribbon == ""


@pytest.mark.parametrize(
    "drawing",
    [
        "<p>no drawing</p>",
        '<svg viewBox="0 0 1 1"><script>alert(1)</script></svg>',
        '<svg viewBox="0 0 1 1"><SCRIPT>alert(1)</SCRIPT></svg>',
        '<svg viewBox="0 0 1 1" onload="alert(1)"></svg>',
        '<svg viewBox="0 0 1 1"\nonload ="alert(1)"></svg>',
        '<svg viewBox="0 0 1 1"><image href="//elsewhere.example/a.png"/></svg>',
        '<svg viewBox="0 0 1 1"><path fill="url(//elsewhere.example/a)"/></svg>',
        '<svg viewBox="0 0 1 1"><foreignObject></foreignObject></svg>',
        '<svg viewBox="0 0 1 1"><!-- --></svg>',
        '<svg viewBox="0 0 1 1"></svg><svg viewBox="0 0 1 1"></svg>&lt;',
    ],
)
def test_it_refuses_a_mark_that_is_more_than_shapes(folder: Path, drawing: str) -> None:
    (folder / "mark.svg").write_text(drawing)
    with pytest.raises(PackError, match=r"mark\.svg:1: A mark is one <svg>"):
        packs.load(folder)


def test_it_refuses_a_file_that_is_not_text(folder: Path) -> None:
    (folder / "states.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackError, match="cannot be read as UTF-8"):
        packs.load(folder)


def second_version(folder: Path, effective: str) -> None:
    first = (folder / "policy" / "2026-11-22.md").read_text()
    text = first.replace("version: 2026-11-22", "version: 2027-01-01").replace(
        "effective: 2026-11-22", f"effective: {effective}"
    )
    (folder / "policy" / "2027-01-01.md").write_text(text)


def test_the_version_in_force_is_the_last_one_begun(folder: Path) -> None:
    second_version(folder, "2027-01-01")
    pack = packs.load(folder)
    assert packs.in_force(pack, date(2026, 10, 1)).version == "2026-11-22"
    assert packs.in_force(pack, date(2026, 12, 31)).version == "2026-11-22"
    assert packs.in_force(pack, date(2027, 1, 1)).version == "2027-01-01"


def test_it_refuses_two_versions_of_one_day(folder: Path) -> None:
    second_version(folder, "2026-11-22")
    with pytest.raises(PackError, match="takes effect on the same day"):
        packs.load(folder)


def test_the_two_operators_do_not_look_alike() -> None:
    one, other = packs.named("umr"), packs.named("pwer")
    assert one.mark != other.mark
    assert one.theme["head"] != other.theme["head"]
    assert one.theme["radius"] != other.theme["radius"]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


READ_ON = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("muted", "paper"),
    ("muted", "ground"),
    ("brand", "paper"),
    ("brand", "ground"),
    ("brand-dark", "brand-soft"),
    ("good", "good-soft"),
    ("warn", "warn-soft"),
    ("bad", "bad-soft"),
    ("good", "paper"),
    ("bad", "paper"),
    ("paper", "band"),
    ("top-ink", "top"),
]


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize(("above", "below"), READ_ON)
def test_text_stands_out_from_its_ground(name: str, above: str, below: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    theme = packs.named(name).theme
    dark, light = sorted((luminance(theme[above]), luminance(theme[below])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


VALUES = ["", "x", '"x"', "''", "0", "-1", "true", "[]", '[""]', "[1]", "{}", "{ x = 1 }", "1979-05-27", "1.5", "nan"]
FILES = ("operator.toml", "access.toml", "states.toml")
KEYS = [
    (file, at)
    for file in FILES
    for at, line in enumerate((OPERATORS / "umr" / file).read_text().splitlines())
    if line and not line.startswith("#")
]


@settings(deadline=None)
@given(st.sampled_from(KEYS), st.sampled_from(VALUES))
def test_any_value_anywhere_is_read_or_refused_with_its_file(place: tuple[str, int], value: str) -> None:
    file, at = place
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(shutil.copytree(OPERATORS / "umr", Path(temporary) / "umr"))
        lines = (folder / file).read_text().splitlines()
        lines[at] = f"{lines[at].split(' = ')[0]} = {value}" if " = " in lines[at] else value
        (folder / file).write_text("\n".join(lines))
        try:
            packs.load(folder)
        except PackError as error:
            assert re.match(rf"{re.escape(str(folder / file))}:\d+: [A-Z\"]", str(error))  # noqa: PT017  (both may be)


def test_the_operators_lie_beside_the_package() -> None:
    assert packs.packs_folder() == OPERATORS


def test_a_day_of_the_policy_begins_where_the_operator_works(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2026, 11, 1, 3, 0, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(packs, "datetime", Late)
    assert packs.today(packs.named("umr")) == date(2026, 10, 31)
    monkeypatch.setattr(packs, "in_force", lambda _pack, day: day)
    assert packs.now_in_force(packs.named("umr")) == date(2026, 10, 31)
