"""Nothing but the register leads off this site: no template, no code, no text of a pack (U-35, P-03)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from wellkept.consent import documents
from wellkept.policy import clauses
from wellkept.policy.inside import leading_out
from wellkept.policy.shapes import PackError

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "wellkept"
# An address of another site in whatever a browser follows or loads, or a filter that makes links of texts.
OUT = re.compile(
    r"\b(?:href|src|srcset|action|formaction|content|data|ping|poster|cite)\s*=\s*[\"']?\s*(?:[a-z]+:)?//"
    r"|\|\s*urlize(?:trunc)?\b|window\.open|location\.(?:href|assign|replace)|http-equiv=[\"']?refresh",
    re.IGNORECASE,
)
# Texts of a pack are trusted markup; each passes what turns marks into reviewed links.
UNMARKED = re.compile(r"(?:_html|document\.html)\|safe(?!\|linked)")
ADDRESS = re.compile(r"https?://|^//\w")
# Who may write an address in code, and why. None of it is put into a page for a reader to follow.
WRITES = {
    "wellkept/cli": "servers on this machine, and the operator's own address in letters",
    "wellkept/demo": "the index of a demonstration, and made-up sites that go into the register",
    "wellkept/exchange/mail/sending.py": "the operator's own address in a mail",
    "wellkept/exchange/openid/tokens.py": "the name of an event, as its specification writes it",
    "wellkept/links/addresses.py": "reads and writes the addresses of the register",
    "wellkept/policy/founding.py": "the name space of a drawing",
    "wellkept/policy/vocabulary.py": "names of the vocabulary that programs read",
    "wellkept/proof": "asks our own pages, and sends made-up addresses to them",
    "wellkept/statistics": "compares where a visit came from",
    "wellkept/web/shell/headers.py": "the header of the leaving page",
    "wellkept/web/shell/own_address.py": "the operator's own address",
    "wellkept/web/site/held_data.py": "names of the vocabulary that programs read",
    "wellkept/web/site/policy_data.py": "names of the vocabulary that programs read",
    "wellkept/web/site/wellknown.py": "the operator's own address",
}
LEAVES = {"wellkept/web/entrance/sign_on.py": ["address"], "wellkept/web/site/leaving.py": ["address"]}
"""A reviewed link's, and the operator's own sign-on, which somebody who works here chose to sign in by."""
INNER = {"at", "done", "home", "led", "proving.back", "sort.place", "typed.place"}
"""Functions that make an address of ours: of a door, of a page of a closed list, of a page in another language."""


def templates() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in sorted(HOUSE.rglob("*.html"))}


def found(pattern: re.Pattern[str]) -> dict[str, list[str]]:
    hits = {path: [hit.group() for hit in pattern.finditer(text)] for path, text in templates().items()}
    return {path: parts for path, parts in hits.items() if parts}


def said(code: ast.Module) -> Iterator[str]:
    """Every text in a file but its docstrings."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    doubled = {id(node.body[0]) for node in ast.walk(code) if isinstance(node, kinds) and node.body}
    doc = {
        id(child)
        for node in ast.walk(code)
        if isinstance(node, ast.Expr) and (id(node) in doubled or isinstance(node.value, ast.Constant))
        for child in ast.walk(node)
    }
    for node in ast.walk(code):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in doc:
            yield node.value


def within(path: str, places: dict[str, str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def redirects(code: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("Redirect", "redirect")) and node.args:
            yield node.args[0]


def ours(where: ast.expr) -> bool:
    """Whether a redirect stays here: it begins with our own path, a constant, or a function of ours made it."""
    if isinstance(where, ast.JoinedStr) and where.values:
        first = where.values[0]
        return (
            ours(first.value if isinstance(first, ast.FormattedValue) else first)
            or ast.unparse(where) == "f'{here}explanation/'"
        )
    if isinstance(where, ast.Constant):
        return str(where.value).startswith("/") and not str(where.value).startswith(("//", "/\\"))
    if isinstance(where, ast.BoolOp):
        return all(ours(one) for one in where.values)
    if isinstance(where, ast.IfExp):
        return ours(where.body) and ours(where.orelse)
    if isinstance(where, ast.Name | ast.Attribute):
        name = ast.unparse(where)
        return name.rpartition(".")[2].isupper() or name == "sort.home"
    return isinstance(where, ast.Call) and ast.unparse(where.func) in INNER


def test_no_template_holds_an_address_of_another_site_or_makes_links_of_texts() -> None:
    assert found(OUT) == {}


def test_every_text_of_a_pack_that_is_shown_has_its_marks_turned_into_links() -> None:
    assert found(UNMARKED) == {}


def test_no_code_writes_an_address_but_where_it_is_said() -> None:
    files = {path.relative_to(ROOT).as_posix(): path for path in HOUSE.rglob("*.py")}
    wrote = {
        path for path, file in files.items() if any(ADDRESS.search(text) for text in said(ast.parse(file.read_text())))
    }
    assert {path for path in wrote if not within(path, WRITES)} == set()
    assert {place for place in WRITES if not any(within(path, {place: ""}) for path in wrote)} <= {
        "wellkept/statistics"
    }


def test_every_redirect_but_the_leaving_page_s_stays_on_this_site() -> None:
    away = {
        path.relative_to(ROOT).as_posix(): [
            ast.unparse(one) for one in redirects(ast.parse(path.read_text())) if not ours(one)
        ]
        for path in sorted((HOUSE / "web").rglob("*.py"))
    }
    assert {path: made for path, made in away.items() if made} == LEAVES


@pytest.mark.parametrize(
    "text", sorted(ROOT.glob("operators/*/*/*.md")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_text_of_a_pack_links_out(text: Path) -> None:
    tokens = MarkdownIt("commonmark", {"html": False}).parse(text.read_text())
    assert list(leading_out(tokens)) == []


@pytest.mark.parametrize(
    "link",
    ["[x](https://evil.example)", "[x](//evil.example)", "[x]\n\n[x]: mailto:a@evil.example", "<https://evil.example>"],
)
def test_a_document_or_a_policy_that_links_out_is_refused(tmp_path: Path, link: str) -> None:
    path = tmp_path / "member-terms-2026-11-01.md"
    path.write_text(f"# Terms\n\nRead {link}\n")
    if link.startswith("<"):
        assert "<a" not in documents.document(path).html
    else:
        with pytest.raises(PackError, match="leaves this site"):
            documents.document(path)
    front = "---\nversion: 2026-11-22\nposted: 2026-11-22\neffective: 2026-11-22\n---\n"
    policy = f'{front}Hello.\n\n## U-35 Links\n\nRead {link}\n\nnot_kept = "Not built, 2026-11-22"\n'
    if link.startswith("<"):
        assert "<a" not in clauses.parse(tmp_path / "2026-11-22.md", policy).clauses[0].body_html
    else:
        with pytest.raises(PackError, match="leaves this site"):
            clauses.parse(tmp_path / "2026-11-22.md", policy)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://x.example">',
        "<a href='//x'>",
        '<form action="https://x">',
        "{{ a|urlize }}",
        '<a href="ftp://x">',
    ],
)
def test_it_knows_a_template_that_leads_out(text: str) -> None:
    assert OUT.search(text)
    assert not OUT.search('<a href="/leaving/x/"> <a href="mailto:a@b.example"> <a href="{{ one.href }}">')


def test_it_knows_a_redirect_that_leads_out() -> None:
    made = "redirect(request.GET['next']); redirect(f'{there}/x'); HttpResponseRedirect('//x'); redirect(where)"
    assert not any(ours(one) for one in redirects(ast.parse(made)))
    assert all(
        ours(one)
        for one in redirects(ast.parse("redirect('/a/'); redirect(f'/a/{x}/'); redirect(HERE); redirect(f'{HERE}x')"))
    )


def test_it_knows_an_address_in_code_and_leaves_what_is_said_of_code_alone() -> None:
    assert any(ADDRESS.search(text) for text in said(ast.parse('x = "https://a.example"')))
    assert not any(
        ADDRESS.search(text) for text in said(ast.parse('"""See https://a.example."""\nx: int = 1\n"""https://b."""'))
    )
