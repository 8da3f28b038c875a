"""What a browser does on every public page, and what must not come of it. Nothing here imports a keeper or a model."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.release.conftest import CHROMIUM, QUIET
from wellkept.proof.ground import Try

WAYS_IN = ("/register/", "/sign-in/", "/es/register/", "/es/sign-in/")
WRITING = ("/contact/write/", "/contact/papers/", "/es/contact/write/", "/es/contact/papers/")
"""Where one can write to us: only who wants to write meets a question there, and everybody can call instead."""
BEHIND = ("/account/", "/es/account/")
"""What a public page names for those who have signed in: it opens to nobody else, and leads to the sign-in."""
MISSING = "/no-such-page/"
ASKS = "input[type=password], input[type=email], input[type=tel], input[required], select[required], textarea"
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
ALIKE = re.compile(r"^/es(?=/)|[a-z]-\d\d|\d{4}-\d\d-\d\d")
"""What tells addresses of one kind of page apart: language, the number of a promise, the name of a version."""
DATA = (".json", ".txt", ".xml", ".csv", ".svg", ".ico")


def addresses(page: Page, base: str, *, of_a_kind: int) -> Iterator[str]:
    """Pages of ours that can be reached by links, each already open in ``page``: at most so many of a kind.

    None of a kind means the terms alone, for a test that spoiled them.
    """
    if not of_a_kind:
        page.goto(f"{base}/terms/", wait_until="domcontentloaded")
        yield "/terms/"
        return
    waiting, seen, kinds = ["/", MISSING], {"/", MISSING}, Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kinds[ALIKE.sub("*", path)] += 1
        if kinds[ALIKE.sub("*", path)] > of_a_kind:
            continue
        page.goto(base + path, wait_until="domcontentloaded")
        near = [urlsplit(urljoin(page.url, href)) for href in page.evaluate(LINKS)]
        yield path
        for one in near:
            known = one.path in seen or one.path.endswith(DATA) or one.path.startswith(BEHIND)
            if f"{one.scheme}://{one.netloc}" == base and not known and not one.path.startswith("/.well-known/"):
                seen.add(one.path)
                waiting.append(one.path)


@contextmanager
def refusing(playwright: Playwright, home: Path) -> Iterator[BrowserContext]:
    """A browser that takes no cookie and runs no script."""
    preferences = {"profile": {"default_content_setting_values": {"cookies": 2, "javascript": 2}}}
    (home / "Default").mkdir(parents=True)
    (home / "Default" / "Preferences").write_text(json.dumps(preferences), encoding="utf-8")
    context = playwright.chromium.launch_persistent_context(
        home, executable_path=CHROMIUM, args=list(QUIET), java_script_enabled=False
    )
    try:
        yield context
    finally:
        context.close()


def nothing_is_asked(context: BrowserContext, base: str, *, of_a_kind: int) -> list[Try]:
    """Read every public page in a browser that refuses cookies and scripts."""
    page, shut, asking, pages = context.new_page(), list[str](), list[str](), 0
    sent: list[str] = []
    page.on("request", lambda request: sent.extend([request.url] if "cookie" in request.headers else []))
    for path in addresses(page, base, of_a_kind=of_a_kind):
        pages += 1
        if not page.locator("h1").first.is_visible() or (urlsplit(page.url).path in WAYS_IN and path not in WAYS_IN):
            shut.append(path)
        if not path.startswith((*WAYS_IN, *WRITING)) and page.locator(ASKS).count():
            asking.append(path)
    kept = context.cookies()
    page.close()
    return [
        Try(
            "Read every public page with cookies and scripts refused",
            f"We read {pages} pages in a browser that takes no cookie and runs no script.",
            "All shown" if not shut else "Shut",
            held=not shut and pages > 20 * bool(of_a_kind),
        ),
        Try(
            "Find a page that asks for something",
            "We looked on each of them for a field that has to be filled in, or asks who you are.",
            "None found" if not asking else "Found",
            held=not asking,
        ),
        Try(
            "Have that browser keep or send a cookie",
            "We looked in the browser after the walk.",
            "None kept" if not kept and not sent else "Kept",
            held=not kept and not sent,
        ),
    ]


def nothing_leaves(browser: Browser, base: str, *, of_a_kind: int) -> list[Try]:
    """Walk every page with scripts on, and write down every request the browser makes."""
    context, asked, sockets, pages = browser.new_context(), list[str](), list[str](), 0
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("websocket", lambda socket: sockets.append(socket.url))
    for _path in addresses(page, base, of_a_kind=of_a_kind):
        pages += 1
    page.goto(base, wait_until="load")
    context.close()
    away = [url for url in asked if not url.startswith((f"{base}/", "data:"))] + sockets
    return [
        Try(
            "Find a request that leaves this site",
            f"We walked {pages} pages in a browser and looked at each of its {len(asked)} requests.",
            "None found" if not away else "Found",
            held=not away and pages > 20 * bool(of_a_kind),
        )
    ]


def cookies_are_alike(browser: Browser, base: str) -> list[Try]:
    """Two browsers that were never here read the same pages on one day; compare what they hold, byte by byte.

    They say what a person's browser says: one that says it has no window counts as a crawler and is given no cookie.
    """
    with browser.new_page() as page:
        agent = page.evaluate("navigator.userAgent").replace("Headless", "")
    held = []
    for paths in (("/", "/policy/", "/contact/"), ("/contact/", "/", "/terms/")):
        context = browser.new_context(user_agent=agent)
        page = context.new_page()
        for path in paths:
            page.goto(base + path, wait_until="load")
        # Chromium moves the end of a cookie by how far it finds our clock from its own, which is a part of a second.
        held.append(
            sorted((one["name"], one["value"], one["path"], round(one["expires"] / 60)) for one in context.cookies())
        )
        context.close()
    return [
        Try(
            "Tell two fresh browsers apart by their cookies",
            "Two browsers that were never here read pages on the same day. We compared what they hold.",
            "Byte for byte the same" if held[0] == held[1] else "They differ",
            held=held[0] == held[1],
        )
    ]
