"""The first page of a demonstration: both portals, who can sign in, what to try.

``python -m wellkept.demo.index PORT STATE`` serves it, on this machine alone, and answers only whoever calls it by a
name of this machine: it shows passwords.
"""

import sys
from datetime import date
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyotp

from wellkept.accounts.letter import long_date
from wellkept.demo.accounts import VISITOR, Account, kept
from wellkept.policy import packs
from wellkept.policy.shapes import Pack

OPERATORS: Final = ("umr", "pwer")
NAMES: Final = ("localhost", "127.0.0.1")
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
ROLES: Final = {
    "member": ("Member", "sees their claims, what they owe, and who opened their record"),
    "representative": ("Customer service", "finds a caller, and opens what the call needs"),
    "privacy_officer": ("Privacy officer", "sees the requests and their clocks"),
    "administrator": ("Operations", "sees files that came in, and joins records that two of them agree on"),
    "access_administrator": ("Access administration", "asks who works here, and a second one decides; opens nothing"),
    "provider": ("A doctor's office", "says which colleagues come in"),
    "employer": ("An employer", "says which colleagues come in"),
    "agent": ("An agent", "says which colleagues come in"),
    "partner": ("A business partner", "says which colleagues come in"),
    VISITOR: ("Not registered yet", "on a list, and waiting for you to try it"),
}
GROUPS: Final = {
    "Members": "Sign in with the name and the password.",
    "Staff": "Sign in with the name and the password. Then type the code. Load this page again for a fresh one.",
    "Organisations": "Sign in with the name and the password. The first of each organisation invites the others.",
    "Not registered yet": "Choose Register on the portal, and give what stands here.",
}

LABELS: Final = {
    "npi": "NPI",
    "tax_number": "Tax number",
    "group_number": "Group number",
    "producer_number": "Producer number",
    "agreement_number": "Agreement number",
}


def page(state: Path, *, port: int, host: str) -> str:
    """The whole page."""
    accounts = kept(state / "demo.json")
    portals = [
        portal(packs.named(name), accounts.get(name, []), name=name, address=f"http://{host}:{port + place}")
        for place, name in enumerate(OPERATORS, 1)
    ]
    return text("index.html").replace("<!-- portals -->", "\n".join(portals))


def portal(pack: Pack, accounts: list[Account], *, name: str, address: str) -> str:
    """One operator: its name, its way in, and its accounts."""
    rows = "\n".join(group(words, [one for one in accounts if belongs(one) == words]) for words in GROUPS)
    return (
        text("portal.html")
        .replace("{name}", name)
        .replace("{display}", escape(pack.display_name))
        .replace("{tagline}", escape(pack.tagline))
        .replace("{address}", escape(address))
        .replace("<!-- rows -->", rows)
    )


def belongs(one: Account) -> str:
    """The group under which somebody stands: a key of ``GROUPS``."""
    if one.role == VISITOR:
        return "Not registered yet"
    if one.role == "member":
        return "Members"
    return "Organisations" if one.office else "Staff"


def group(words: str, accounts: list[Account]) -> str:
    """Those of one group, folded away unless it is the first; "" where nobody is in it."""
    if not accounts:
        return ""
    shown = " open" if words == next(iter(GROUPS)) else ""
    rows = "\n".join(map(row, accounts))
    head = f"<summary>{words} <span>({len(accounts)})</span></summary><p>{GROUPS[words]}</p>"
    return f'<details{shown}>{head}<ul class="people">{rows}</ul></details>'


def row(one: Account) -> str:
    """Who it is, how they sign in, and what finds them on the roster."""
    role, sees = ROLES[one.role]
    if one.by:
        sees = "was invited by a colleague, and sees whom to ask"
    if one.role == VISITOR and one.kind:
        role = f"{ROLES[one.kind][0]}, not registered yet"
    told = [("Sign-in name", one.login), ("Password", one.password)]
    told += [("Member number", one.number), ("Group number", one.group)]
    told += [("Organisation", one.office), *((LABELS[name], number) for name, number in one.numbers.items())]
    if one.seed:
        told.append(("Code now", pyotp.TOTP(one.seed).now()))
    if one.born:
        told.append(("Birth date", long_date(date.fromisoformat(one.born))))
    facts = "".join(f"<div><dt>{name}</dt><dd><code>{escape(value)}</code></dd></div>" for name, value in told if value)
    return f'<li><div class="who"><b>{escape(one.name)}</b> <span>{role}: {sees}.</span></div><dl>{facts}</dl></li>'


def style() -> str:
    """The style sheet, with the colours of both packs."""
    colours = [
        f".{name} {{ --brand: {packs.named(name).theme['brand']}; --dark: {packs.named(name).theme['brand-dark']};"
        f" --soft: {packs.named(name).theme['brand-soft']}; }}"
        for name in OPERATORS
    ]
    return text("index.css") + "\n".join(colours) + "\n"


def text(name: str) -> str:
    """A file of this room."""
    return files("wellkept.demo").joinpath("pages", name).read_text(encoding="utf-8")


class Handler(BaseHTTPRequestHandler):
    """Answers GET for the page and its style sheet, and nothing else; writes no log."""

    state: Path
    port: int

    def do_GET(self) -> None:
        """One answer."""
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host not in NAMES:
            self.answer(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", "This page is for this machine alone.\n")
        elif self.path == "/":
            self.answer(HTTPStatus.OK, "text/html", page(self.state, port=self.port, host=host))
        elif self.path == "/index.css":
            self.answer(HTTPStatus.OK, "text/css", style())
        else:
            self.answer(HTTPStatus.NOT_FOUND, "text/plain", "There is no such page. The first one is /.\n")

    def answer(self, status: HTTPStatus, kind: str, body: str) -> None:
        """Status, headers and text."""
        whole = body.encode()
        self.send_response(status)
        for name, value in (
            HEADERS | {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(whole))}
        ).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(whole)

    def version_string(self) -> str:
        """No version of anything."""
        return "wellkept"

    def log_message(self, *_told: object) -> None:
        """No line about any visit."""


def main() -> None:
    """Serve until told to stop."""
    Handler.port, Handler.state = int(sys.argv[1]), Path(sys.argv[2])
    with ThreadingHTTPServer(("127.0.0.1", Handler.port), Handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
