"""A new operator is a folder: asked for at a terminal, and fit to start once its policy is posted (B-08)."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wellkept.cli import main
from wellkept.policy import check, colours, founding, packs, posted
from wellkept.policy.shapes import PackError

OPERATORS = Path(__file__).parents[2] / "operators"
ANSWERS = {
    "display_name": "Harbor Trust Benefits",
    "short_name": "Harbor",
    "tagline": "Benefits with nothing hidden.",
    "hosts": "benefits.harbor-trust.org, localhost",
    "phone": "1-800-555-0177",
    "hours": "Weekdays, 9 am to 5 pm",
    "postal_address": "Harbor Trust; Privacy Desk; 1 Pier Road; Duluth, MN 55802",
    "time_zone": "America/Chicago",
    "privacy_mail": "privacy@harbor.example",
    "service_mail": "service@harbor.example",
    "security_mail": "security@harbor.example",
    "brand": "#7a2e0e",
}
SPANISH = {"tagline_es": "Beneficios sin nada oculto.", "hours_es": "De lunes a viernes, de 9 a 5"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(OPERATORS, tmp_path / "operators"))
    monkeypatch.setenv("WELLKEPT_OPERATORS", str(folder))
    return folder


def new(name: str, answers: list[str]) -> Result:
    return CliRunner().invoke(main, ["operator", "new", name], input="\n".join(answers) + "\n")


def said(promises: str, *, spanish: bool = True, **other: str) -> list[str]:
    first = [promises, *(ANSWERS | other).values()]
    return [*first, "y", *SPANISH.values()] if spanish else [*first, "n"]


@pytest.mark.parametrize("spanish", [True, False])
@pytest.mark.parametrize("promises", ["umr", "pwer"])
def test_it_writes_a_pack_that_starts_once_it_is_posted(home: Path, promises: str, *, spanish: bool) -> None:
    result = new("harbor", said(promises, spanish=spanish))
    assert result.exit_code == 0, result.output
    pack, source = packs.load(home / "harbor"), packs.load(home / promises)
    assert check.problems(pack) == [line for line in check.problems(pack) if "is not posted yet" in line] != []
    assert posted.post(pack)[0] == pack.versions[-1].version
    assert check.problems(packs.load(home / "harbor")) == []
    assert (pack.display_name, pack.hosts) == ("Harbor Trust Benefits", ("benefits.harbor-trust.org", "localhost"))
    assert pack.phone_spoken == "1, 800, 5 5 5, 0 1 7 7"
    assert pack.mailboxes["privacy"] == "privacy@harbor.example"
    assert pack.languages == (("en", "es") if spanish else ("en",))
    assert [one.id for one in pack.versions[-1].clauses] == [one.id for one in source.versions[-1].clauses]
    assert len(pack.versions) == 1
    assert not pack.production


@pytest.mark.parametrize("promises", ["umr", "pwer"])
def test_no_word_of_the_other_operator_stays(home: Path, promises: str) -> None:
    new("harbor", said(promises))
    source = packs.load(home / promises)
    written = "".join(path.read_text() for path in (home / "harbor").rglob("*") if path.is_file())
    for word in (
        source.display_name,
        source.short_name,
        source.phone,
        source.mailboxes["service"],
        *source.postal_address,
    ):
        assert word not in written


def test_it_says_nothing_of_spanish_where_it_speaks_none(home: Path) -> None:
    new("harbor", said("umr", spanish=False))
    assert "Spanish" not in packs.load(home / "harbor").versions[-1].introduction
    assert not list((home / "harbor").rglob("*.es.*"))


def test_it_asks_again_until_an_answer_can_stand(home: Path) -> None:
    answers = said("umr")
    answers[5:6] = ["call us", "1-800-555-0177"]
    answers[-4:-3] = ["#ffee00", "green", "#7a2e0e"]
    result = new("harbor", answers)
    assert result.exit_code == 0, result.output
    assert "Write it as 1-800-555-0100." in result.output
    assert "White words on #ffee00 are hard to read" in result.output
    assert packs.load(home / "harbor").theme["brand"] == "#7a2e0e"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Harbor", "small letters"),
        ("../umr", "small letters"),
        ("1st", "small letters"),
        ("harbor\n", "small letters"),
        (" harbor", "small letters"),
        ("umr", "There is an operator"),
    ],
)
def test_it_refuses_a_name_that_is_none_or_taken(home: Path, name: str, sentence: str) -> None:
    before = sorted(home.rglob("*"))
    result = new(name, said("umr"))
    assert result.exit_code != 0
    assert sentence in result.output
    assert sorted(home.rglob("*")) == before


def test_an_answer_cannot_leave_its_line(home: Path) -> None:
    name = 'Quote " and \\ and = production = true'
    new("harbor", said("umr", display_name=name))
    pack = packs.load(home / "harbor")
    assert (pack.display_name, pack.production) == (name, False)


def test_a_key_is_replaced_in_its_own_section_alone() -> None:
    text = "a = 1\n\n[one]\na = 2 # why\n[two]\na = 3\n"
    assert founding.replaced(text, "two", {"a": "x"}) == 'a = 1\n\n[one]\na = 2 # why\n[two]\na = "x"\n'
    with pytest.raises(PackError, match=r"b: not found in \[one\]"):
        founding.replaced(text, "one", {"b": "2"})


@pytest.mark.parametrize("brand", ["#1f4e79", "#7a2e0e", "#57308a", "#595959"])
@pytest.mark.parametrize("dark_top", [True, False])
def test_every_pair_of_a_theme_that_carries_words_can_be_read(brand: str, *, dark_top: bool) -> None:
    made = colours.theme(brand, dark_top=dark_top)
    pairs = [("#ffffff", made["brand"]), ("#ffffff", made["band"]), (made["brand-dark"], made["brand-soft"])]
    pairs += [(made["top-accent"], made.get("top", "#ffffff")), (made["accent"], "#ffffff")]
    assert [pair for pair in pairs if colours.contrast(*pair) < colours.LEAST] == []


def test_the_policy_bears_the_day_it_was_begun(home: Path) -> None:
    answers = founding.Answers(
        promises="umr",
        display_name="A",
        short_name="A",
        tagline="A.",
        hosts=("localhost",),
        phone="1-800-555-0177",
        hours="Always",
        postal_address=("A",),
        time_zone="UTC",
        privacy_mail="a@b.example",
        service_mail="a@b.example",
        security_mail="a@b.example",
        brand="#1f4e79",
    )
    pack = packs.load(founding.found(home, "later", answers, day=date(2027, 3, 1)))
    assert [(one.version, one.posted, one.effective) for one in pack.versions] == [
        ("2027-03-01", date(2027, 3, 1), date(2027, 3, 1))
    ]
