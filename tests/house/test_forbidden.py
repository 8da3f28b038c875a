"""What no code of the portal does: each is a way in that a reader need not look for (R-11)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "wellkept"

# What these modules are for is done in another way, or in the places named.
MODULES = {
    "pickle marshal shelve dill yaml": "",
    "xml lxml defusedxml": "",
    "ldap ldap3 jinja2": "",
    "random": "wellkept/demo",
    "smtplib": "wellkept/exchange/mail",
    "imaplib poplib django.core.mail": "",
    "django.core.cache": "",
    "requests": "wellkept/exchange/openid",
    "httpx urllib3 urllib.request ftplib": "",
    "http.client": "wellkept/proof wellkept/cli wellkept/exchange/pages",
}
CALLS = {
    "eval exec compile __import__": "",
    "os.system os.popen": "",
    "hashlib.md5 hashlib.sha1 hashlib.new": "",
    "mark_safe SafeString": "",
    "Template Engine.from_string engine.from_string engines.from_string": "",
    "RawSQL": "",
}
CIPHERS = {"AESGCM", "Ed25519PrivateKey", "Ed25519PublicKey", "HKDF", "Encoding", "PublicFormat", "PrivateFormat"}
CIPHERS |= {"NoEncryption", "SHA256", "hashes", "serialization", "InvalidSignature", "InvalidTag"}
# The throw-away certificate of a rehearsal over TLS: P-256 with SHA-256 (FIPS 186-5).
CIPHERS |= {"x509", "NameOID", "ec"}
# There it names a search that found nobody; it hides and proves nothing.
NAMING = {"wellkept/access/sql/gate.sql"}
# A statement that is joined of words of the house says so where it stands, with its reason.
EXPLAINED = re.compile(r"noqa: S608 +\(.+\)")
# Patterns of texts that the house ships, each part escaped or reviewed: none holds what a visitor sent.
SHIPPED = {
    "wellkept/policy/sayings.py": "the catalogues' own texts, escaped",
    "wellkept/statistics/agents.py": "the list of programs that read pages, and families of browsers",
    "wellkept/web/shell/counting.py": "the names of our cookies, which hold the operator's",
}
# The linter does not take these for statements; their parts stand in the same file.
BESIDE = {
    "wellkept/cli/backup/head.py": ["connection.execute(f'select {expression} is not null')"],
    "wellkept/ledger/verify.py": ["cursor.execute(sql + more, (ids, *parameters))"],
}


def sources() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


def ours(suffix: str) -> list[Path]:
    return [path for path in sorted(HOUSE.rglob(f"*{suffix}")) if "vendor" not in path.as_posix()]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imported(code: ast.Module) -> Iterator[str]:
    """Every module that is imported, and every name from one, dotted."""
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(code: ast.Module) -> Iterator[str]:
    return (ast.unparse(node.func) for node in ast.walk(code) if isinstance(node, ast.Call))


def within(path: str, places: str) -> bool:
    return any(path.startswith(f"{place}/") for place in places.split())


def modules_of(code: ast.Module, path: str) -> list[str]:
    """The forbidden modules that a file imports."""
    banned = [name for names, places in MODULES.items() if not within(path, places) for name in names.split()]
    return [name for name in imported(code) if any(name == one or name.startswith(f"{one}.") for one in banned)]


def calls_of(code: ast.Module) -> list[str]:
    """The forbidden calls that a file makes, and any program started through a shell."""
    banned = {name for names in CALLS for name in names.split()}
    shells = [
        f"{ast.unparse(node.func)}(shell=...)"
        for node in ast.walk(code)
        if isinstance(node, ast.Call) and any(word.arg == "shell" for word in node.keywords)
    ]
    return [name for name in called(code) if name in banned] + shells


def constant(node: ast.AST) -> bool:
    """Whether a text is written in the code: letters, constants in capitals, and what ``re.escape`` made."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "re.escape"
    if isinstance(node, ast.Name):
        return node.id.strip("_").isupper()
    if isinstance(node, ast.Attribute):
        return node.attr.isupper()
    parts = list(ast.iter_child_nodes(node))
    return isinstance(node, ast.Constant | ast.operator) or (bool(parts) and all(constant(part) for part in parts))


def patterns_of(code: ast.Module) -> list[str]:
    """Regular expressions that a function makes and that are not written in the code."""
    makers = {
        f"re.{name}" for name in ("compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer")
    }
    functions = [node for node in ast.walk(code) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    calls = [node for function in functions for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [ast.unparse(node) for node in calls if ast.unparse(node.func) in makers and not constant(node.args[0])]


def statements_of(code: ast.Module, text: str = "") -> list[str]:
    """SQL that is joined from text where it is executed, without a reason beside it."""
    runners = {"execute", "executemany", "raw", "extra", "stream"}
    calls = [node for node in ast.walk(code) if isinstance(node, ast.Call) and node.args]
    run = [node for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr in runners]
    made = [node for node in run if isinstance(node.args[0], ast.JoinedStr | ast.BinOp)]
    return [ast.unparse(node) for node in made if not EXPLAINED.search(lines_of(node, text))]


def lines_of(node: ast.Call, text: str) -> str:
    return "\n".join(text.splitlines()[node.lineno - 1 : node.end_lineno])


def joined(text: str) -> list[str]:
    """Dynamic statements of a ``.sql`` file that are not made by ``format``, or that take a value unquoted."""
    plain = re.sub(r"--.*", "", text)
    found = re.findall(r"^\s*execute\s+(?!on\b|function\b)(.*?);", plain, re.MULTILINE | re.DOTALL | re.IGNORECASE)
    return [one for one in found if not one.startswith("format(")]


def formats_of(code: ast.Module) -> list[str]:
    """Format strings that come in as an argument: what stands in their braces could reach anything."""
    found: list[str] = []
    for function in ast.walk(code):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        texts = {one.arg for one in arguments if one.annotation and ast.unparse(one.annotation).startswith("str")}
        made = {f"{name}.{method}" for name in texts for method in ("format", "format_map")}
        nodes = list(ast.walk(function))
        found += [ast.unparse(node) for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) in made]
        divided = [node for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)]
        found += [ast.unparse(node) for node in divided if ast.unparse(node.left) in texts]
    return found


def untyped(code: ast.Module) -> list[str]:
    """Functions that do not say what they take or return."""
    functions = [node for node in ast.walk(code) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [node.name for node in functions if node.returns is None or not all(typed(node))]


def typed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[bool]:
    arguments = function.args
    for one in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]:
        yield one is None or one.annotation is not None or one.arg in {"self", "cls"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_code_unpacks_objects_parses_xml_or_asks_outside_addresses() -> None:
    found = {relative(path): modules_of(tree(path), relative(path)) for path in sources()}
    assert {path: names for path, names in found.items() if names} == {}


def test_no_code_runs_text_starts_a_shell_or_trusts_markup() -> None:
    found = {relative(path): calls_of(tree(path)) for path in sources()}
    assert {path: names for path, names in found.items() if names} == {}


def test_no_pattern_is_made_from_input() -> None:
    found = {relative(path): patterns_of(tree(path)) for path in sources() if relative(path) not in SHIPPED}
    assert all((ROOT / path).is_file() for path in SHIPPED)
    assert {path: names for path, names in found.items() if names} == {}


def test_no_statement_is_joined_from_text() -> None:
    found = {relative(path): statements_of(tree(path), path.read_text()) for path in sources()}
    assert {path: names for path, names in found.items() if names and names != BESIDE.get(path)} == {}


def test_no_function_of_the_database_joins_a_statement_from_text() -> None:
    found = {relative(path): joined(path.read_text()) for path in ours(".sql")}
    assert found
    assert {path: names for path, names in found.items() if names} == {}


def test_no_format_comes_from_input() -> None:
    found = {relative(path): formats_of(tree(path)) for path in sources()}
    assert {path: names for path, names in found.items() if names} == {}


def test_every_function_says_its_types() -> None:
    found = {relative(path): untyped(tree(path)) for path in sources() if "migrations" not in path.parts}
    assert {path: names for path, names in found.items() if names} == {}


def test_no_function_of_the_database_uses_a_broken_hash() -> None:
    found = {relative(path) for path in ours(".sql") if re.search(r"\b(?:md5|sha1)\s*\(", path.read_text())}
    assert found - NAMING == set()


def test_only_approved_ciphers_signatures_and_hashes_are_imported() -> None:
    names = {name for path in sources() for name in imported(tree(path)) if name.startswith("cryptography.")}
    assert {name for name in names if name.rsplit(".", 1)[1] not in CIPHERS} == set()


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from xml.etree import ElementTree",
        "import urllib.request",
        "import random",
        "from lxml import etree",
    ],
)
def test_it_knows_a_forbidden_module(code: str) -> None:
    assert modules_of(ast.parse(code), "wellkept/people/queries.py")


@pytest.mark.parametrize(
    "code",
    ["eval(x)", "hashlib.md5(x)", "subprocess.run(x, shell=True)", "mark_safe(x)", "Template(x)", "os.system(x)"],
)
def test_it_knows_a_forbidden_call(code: str) -> None:
    assert calls_of(ast.parse(code))


def test_it_knows_a_pattern_and_a_statement_made_from_input() -> None:
    assert patterns_of(ast.parse("def find(typed): re.search(typed, text)"))
    assert not patterns_of(ast.parse("def find(typed): re.search(f'{re.escape(typed)}-{WORDS}', text)"))
    assert statements_of(ast.parse("cursor.execute(f'select {typed}')"))
    assert not statements_of(ast.parse("cursor.execute('select %s', [typed])"))
    assert joined("begin\n  execute 'drop table ' || p_name;\nend")
    assert not joined("begin\n  execute format('drop table %I', p_name);\nend\ngrant\nexecute on function a to b;")


def test_it_knows_a_format_from_input_and_a_function_without_types() -> None:
    assert formats_of(ast.parse("def say(text: str): return text.format(person)"))
    assert formats_of(ast.parse("def say(text: str): return text % person"))
    assert not formats_of(ast.parse("def say(text: str): return '{}'.format(text)"))
    assert untyped(ast.parse("def say(text): return text"))
    assert not untyped(ast.parse("def say(self, text: str) -> str: return text"))
