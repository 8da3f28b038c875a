"""A policy is read line by line, and what cannot be read is refused with its line."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wellkept.policy import clauses
from wellkept.policy.shapes import PackError, PolicyVersion

PATH = Path("umr/policy/2026-11-01.md")
FRONT = "---\nversion: 2026-11-01\nposted: 2026-11-01\neffective: 2026-11-15\n---\n"
CLAUSE = "## U-01 Visit\n\nYou can read every page.\n\nKept by: public-pages\n"
GOOD = f"{FRONT}This is our policy.\n\n{CLAUSE}"

WORDS = st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\x85"), max_size=60)
LINES = st.lists(
    st.one_of(WORDS, st.sampled_from(["", "---", "## U-01 One", "Kept by: a", 'not_kept = "x, 2026-11-22"', "# x"])),
    max_size=12,
)


def refused(source: str) -> str:
    with pytest.raises(PackError) as caught:
        clauses.parse(PATH, source)
    return str(caught.value).removeprefix(f"{PATH}:")


def test_it_reads_a_version() -> None:
    version = clauses.parse(PATH, GOOD)
    assert (version.version, str(version.posted), str(version.effective)) == ("2026-11-01", "2026-11-01", "2026-11-15")
    assert version.introduction == "This is our policy."
    (clause,) = version.clauses
    assert (clause.id, clause.heading, clause.line) == ("U-01", "Visit", 8)
    assert clause.body_html == "<p>You can read every page.</p>"
    assert (clause.kept_by, clause.not_kept) == (("public-pages",), None)


def test_it_reads_why_a_clause_is_not_kept() -> None:
    source = GOOD.replace("Kept by: public-pages", 'not_kept = "Not built, and honestly so, 2026-11-22"')
    (clause,) = clauses.parse(PATH, source).clauses
    assert (clause.kept_by, clause.not_kept) == ((), "Not built, and honestly so, 2026-11-22")


def test_it_reads_what_keeps_a_part_of_a_clause_and_leaves_its_text_alone() -> None:
    whole = clauses.parse(PATH, GOOD.replace(KEPT, 'not_kept = "x, 2026-11-22"')).clauses[0]
    part = clauses.parse(PATH, GOOD.replace(KEPT, 'Kept in part by: a, b\nnot_kept = "x, 2026-11-22"')).clauses[0]
    assert (part.kept_by, part.not_kept) == (("a", "b"), "x, 2026-11-22")
    assert (part.source, part.text) == (whole.source, whole.text)


def test_it_keeps_emphasis_lists_and_links_within_the_site() -> None:
    source = GOOD.replace("You can", "You **can** see [how](/how-we-keep-it/).\n\n- one\n- two\n\nYou can")
    (clause,) = clauses.parse(PATH, source).clauses
    assert '<a href="/how-we-keep-it/">how</a>' in clause.body_html
    assert "<li>one</li>" in clause.body_html
    assert "You can see how." in clause.text


KEPT = "Kept by: public-pages"
REFUSALS = [
    ("", "1: A version begins with"),
    ("version: 2026-11-01\n", "1: A version begins with"),
    ("---\nversion: 2026-11-01\n", "1: The front matter has no closing line"),
    (FRONT.replace("posted: 2026-11-01\n", ""), '4: The front matter has no "posted"'),
    (FRONT.replace("posted", "author"), "3: The front matter holds"),
    (FRONT.replace("posted: 2026-11-01", "posted: 2026-11-01\nposted: 2026-11-02"), "4: The front matter holds"),
    (GOOD.replace("posted: 2026-11-01", "posted: soon"), '3: "posted" must be a day'),
    (GOOD.replace("effective: 2026-11-15", "effective: 2026-10-31"), "4: A version cannot take effect before"),
    (GOOD.replace("version: 2026-11-01", "version: 2026-11-02"), "2: The version must be the name of its file"),
    (GOOD.replace("## U-01 Visit", "## Visit"), "8: A heading is written as"),
    (GOOD.replace("## U-01 Visit", "### U-01 Visit"), "8: A heading is written as"),
    (GOOD.replace("You can", "# You can"), "10: A heading is written as"),
    (GOOD + CLAUSE, "13: U-01 is here twice; it is first on line 8"),
    (GOOD.replace(KEPT, ""), "10: U-01 must end with"),
    (GOOD.replace(KEPT, "Kept by:"), "12: U-01 must end with"),
    (GOOD.replace(KEPT, "kept by: public-pages"), "12: U-01 must end with"),
    (GOOD.replace(KEPT, "Kept by: Public Pages"), '12: U-01 is kept by "Public Pages", which is not how'),
    (GOOD.replace(KEPT, "Kept by: a, a"), "12: U-01 names a control twice"),
    (GOOD.replace(KEPT, "Kept by: a,"), '12: U-01 is kept by "", which is not how'),
    (GOOD.replace(KEPT, f"{KEPT}\n{KEPT}"), "12: U-01 says how it is kept more than once"),
    (GOOD.replace(KEPT, f'{KEPT}\n\nnot_kept = "x, 2026-11-22"'), "12: U-01 says how it is kept more than once"),
    (GOOD.replace(KEPT, f"Kept in part by: a\n{KEPT}"), "12: U-01 says how it is kept more than once"),
    (GOOD.replace(KEPT, 'Kept in part by: a, a\nnot_kept = "x, 2026-11-22"'), "12: U-01 names a control twice"),
    (GOOD.replace(KEPT, "Kept in part by: a"), "12: U-01 must end with"),
    (GOOD.replace(KEPT, 'not_kept = "No day"'), "12: U-01 must end with"),
    (GOOD.replace(KEPT, 'not_kept = ", 2026-11-22"'), "12: U-01 must end with"),
    (GOOD.replace(KEPT, 'not_kept = "x, 2026-02-30"'), "12: U-01 is not kept since a day that does not exist"),
    (GOOD.replace("You can read every page.", ""), "8: U-01 says nothing"),
    (f"{FRONT}\n## U-01 Visit\n", "7: U-01 says nothing"),
    (
        GOOD.replace("You can", "You [can](https://elsewhere.example/)"),
        '10: The link to "https://elsewhere.example/" leav',
    ),
    (GOOD.replace("You can", "You [can](//elsewhere.example/)"), "10: The link to"),
    (GOOD.replace("You can", "You [can](mailto:a@b.example)"), "10: The link to"),
    (GOOD.replace("You can", "You [can](page)"), '10: The link to "page" leaves'),
    (GOOD.replace("This is", "This [is](https://elsewhere.example/)"), "6: The link to"),
]


@pytest.mark.parametrize(("source", "start"), REFUSALS)
def test_it_refuses_with_the_line(source: str, start: str) -> None:
    assert refused(source).startswith(start)


def test_it_refuses_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-01.md"
    path.write_bytes(b"---\n\xff")
    with pytest.raises(PackError, match="cannot be read as UTF-8"):
        clauses.read(path)


class Tags(HTMLParser):
    """Collects every element and attribute a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs)}


ALLOWED = {"p", "strong", "em", "a", "href", "title", "ul", "ol", "start", "li", "br", "blockquote", "code", "hr"}


def elements(html: str) -> set[str]:
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags.seen


def body(text: str) -> str:
    return f"{FRONT}\n## U-01 Visit\n\n{text}\n\n{KEPT}\n"


@settings(deadline=None)
@given(st.text(max_size=200))
@example("<script>alert(1)</script>")
@example('<img src=x onerror="alert(1)">')
@example("![x](//elsewhere.example/x.png)")
@example("<https://elsewhere.example/>")
@example("[x](javascript:alert(1))")
@example("[a]\n\n[a]: https://elsewhere.example/")
@example("\n\n    <b>code</b>")
def test_what_is_printed_holds_plain_elements_alone(text: str) -> None:
    try:
        version = clauses.parse(PATH, body(text))
    except PackError:
        return
    assert all(elements(clause.body_html) <= ALLOWED for clause in version.clauses)
    assert all("elsewhere.example" not in part for clause in version.clauses for part in links(clause.body_html))


def links(html: str) -> list[str]:
    return [part.split('"')[0] for part in html.split('href="')[1:]]


@settings(deadline=None)
@given(LINES)
def test_any_text_is_read_or_refused_and_never_worse(lines: list[str]) -> None:
    for source in ("\n".join(lines), FRONT + "\n".join(lines)):
        try:
            version = clauses.parse(PATH, source)
        except PackError as error:
            assert str(error).startswith(f"{PATH}:")  # noqa: PT017  (hypothesis tries both outcomes)
        else:
            assert isinstance(version, PolicyVersion)


IDS = st.lists(st.integers(1, 99), unique=True, max_size=8).map(lambda ids: [f"U-{at:02}" for at in ids])
CONTROLS = st.lists(st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True), unique=True, min_size=1)
HEADINGS = st.from_regex(r"[A-Za-z][A-Za-z ]{0,30}[a-z]", fullmatch=True)


@settings(deadline=None)
@given(IDS, st.data())
def test_what_is_written_is_what_is_read(ids: list[str], data: st.DataObject) -> None:
    written = [(one, data.draw(HEADINGS), data.draw(HEADINGS), data.draw(CONTROLS)) for one in ids]
    source = FRONT + "".join(
        f"## {one} {title}\n\n{text}\n\nKept by: {', '.join(by)}\n" for one, title, text, by in written
    )
    read = [(one.id, one.heading, one.text, list(one.kept_by)) for one in clauses.parse(PATH, source).clauses]
    assert read == written
