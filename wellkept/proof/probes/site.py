"""Tries against the public site: whether it asks, follows, loads from elsewhere, or leaves its promises off a page."""

import re
from typing import Final

from wellkept.proof import walk
from wellkept.proof.ground import Ground, Try
from wellkept.proof.visit import visit
from wellkept.proof.walk import Page

DENIES: Final = ("default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'")
OPENS: Final = re.compile(r"https?:|\*|'unsafe|data:|blob:")
LEAVING: Final = re.compile(r"^(/[a-z]{2})?/leaving/[a-z0-9-]+/$")
LEADS: Final = re.compile(r"form-action 'self'( https://[a-z0-9.-]+){1,2}(?=;|$)")
SILENT: Final = ("no-referrer", "same-origin")


def found(name: str, sentence: str, *, bad: bool) -> Try:
    """A try that looks for something that must not be there."""
    return Try(name, sentence, "Found" if bad else "None found", held=not bad)


def public_pages_ask_nothing(ground: Ground) -> list[Try]:
    """Read every public page with no account, cookie or script; look for one that is shut, asks, or needs a script."""
    pages = walk.pages(ground)
    shut = [path for path, answer in pages.items() if answer.status != 200 and path != walk.MISSING]
    entrance = {*walk.FORMS, *walk.WRITING}
    asks = [path for path, answer in pages.items() if path not in entrance and asked(path, answer.text)]
    mapped = walk.mapped(ground)
    scripted = [path for path, answer in pages.items() if not reads(answer.text)]
    undeclared = [path for path, answer in walk.public(ground).items() if walk.undeclared(ground, answer)]
    return [
        Try(
            "Read every page with nothing",
            f"We read {len(pages)} public pages without an account, a cookie or a script.",
            "Shown" if not shut else "Shut",
            held=len(pages) > 9 and not shut,
        ),
        found(
            "Find a page that asks for something",
            "We looked for a field on each page, save where you register, sign in, write to us, search or choose a "
            "text size.",
            bad=bool(asks),
        ),
        found(
            "Find a page that no link leads to",
            f"We compared the {len(mapped)} pages of our map for search engines with those our links lead to.",
            bad=not mapped or bool(set(mapped) - set(pages)),
        ),
        found(
            "Find a page that needs a script",
            "We looked for a page whose text is not there before a script runs.",
            bad=bool(scripted),
        ),
        found(
            "Find a page that sets a cookie we did not name",
            "We looked at what each of them asks a browser to keep, beside the list of cookies that may be refused.",
            bad=bool(undeclared),
        ),
    ]


def asked(path: str, text: str) -> set[str]:
    """What a page asks beyond what it may."""
    return {field.get("name", "") for field in Page(text).fields()} - walk.CHOICES.get(path, set())


def reads(text: str) -> bool:
    """Whether a page has its heading and words in it as it comes. A script of ours may lie beside it, never in it."""
    page = Page(text)
    tags = [tag for tag, _attrs in page.tags]
    beside = all(attrs.get("src", "").startswith("/static/") for tag, attrs in page.tags if tag == "script")
    return "h1" in tags and "main" in tags and beside and len(page.words.split()) > 30


def a_visit_leaves_nothing_behind(ground: Ground) -> list[Try]:
    """Visit with a canary in everything a browser may send; then look through every table and every file for them."""
    done = visit(ground)
    kept = [where for where, _word in done.files if not is_log(ground, where)]
    count = len(done.cookies) + len(done.others)
    return [
        found(
            "Find a visit in our tables",
            f"We sent {count} made-up words as address, browser, origin, query and cookie. Then we read every table.",
            bad=bool(done.tables),
        ),
        found(
            "Find a visit in our files",
            f"We looked for the same words in {done.searched // 10**6} MB of files, the database's own among them.",
            bad=bool(kept),
        ),
    ]


def no_canary_reaches_a_log(ground: Ground) -> list[Try]:
    """The same words, looked for in the logs; a log that nobody can read shows nothing and so does not hold."""
    done = visit(ground)
    logged = [where for where, _word in done.files if is_log(ground, where)]
    return [
        found(
            "Find a visit in a log",
            f"We looked for each made-up word of our visit in {len(ground.logs)} logs.",
            bad=bool(logged) or not ground.logs,
        ),
    ]


def is_log(ground: Ground, where: str) -> bool:
    """Whether a file is one of the logs."""
    return where in {str(path) for path in ground.logs}


def no_request_leaves_the_origin(ground: Ground) -> list[Try]:
    """Parse every page and style sheet for an address of another site, every answer for what it lets a browser do."""
    pages = walk.pages(ground)
    there = {path: [one for one in walk.loaded(answer) if walk.leaves(one)] for path, answer in pages.items()}
    sheets = {
        path: [one for one in walk.styled(text) if walk.leaves(one)] for path, text in walk.sheets(ground).items()
    }
    links = [
        href
        for answer in pages.values()
        for href in Page(answer.text).links()
        if walk.leaves(href) and not href.startswith(("mailto:", "tel:"))
    ]
    loose = [
        path
        for path, answer in walk.public(ground).items()
        if not strict(between(path, answer.headers.get("content-security-policy", "")))
    ]
    told = [path for path, answer in walk.public(ground).items() if answer.headers.get("referrer-policy") not in SILENT]
    hidden = [path for path, answer in pages.items() if walk.hidden(path, answer.text)]
    return [
        found(
            "Find an address of another site",
            f"We read each address in {len(pages)} pages and {len(sheets)} style sheets and drawings.",
            bad=any(there.values()) or any(sheets.values()) or bool(links),
        ),
        found(
            "Find a page that may load from elsewhere",
            "We read what each page lets a browser load, send and run.",
            bad=bool(loose),
        ),
        found(
            "Find a page that tells where you come from",
            "We read what each page lets a browser tell the next site.",
            bad=bool(told),
        ),
        found(
            "Find a hidden field", "We looked for a field on each page that a person does not see.", bad=bool(hidden)
        ),
    ]


def between(path: str, policy: str) -> str:
    """The policy of a page; of a leaving page without the hosts where its form may end, which are reviewed."""
    return LEADS.sub("form-action 'self'", policy) if LEAVING.match(path) else policy


def strict(policy: str) -> bool:
    """Whether a content security policy lets nothing come from or go to anywhere else."""
    return all(part in policy for part in DENIES) and not OPENS.search(policy)


def every_page_links_terms_and_policy(ground: Ground) -> list[Try]:
    """Look for both links on every public page, on pages behind the sign-in, and on pages that say what went wrong."""
    answers = list(walk.pages(ground).values())
    cookie = ground.session(ground.members["one"])
    inside = [ground.ask(path, cookie=cookie) for path in ("/member/", "/member/claims/", "/member/privacy/")]
    empty = {"birth_date_year": ""}
    wrong = [
        ground.ask("/register/", form=empty),
        ground.ask("/register/", form=empty, own=False),
        ground.ask(walk.MISSING),
    ]
    bare = [bool(missing(one.text)) for one in answers]
    return [
        found(
            "Find a public page without them",
            f"We looked for both links on {len(answers)} public pages.",
            bad=any(bare),
        ),
        found(
            "Find one behind the sign-in",
            f"A made-up member looked at {len(inside)} pages of theirs.",
            bad=any(missing(one.text) or one.status != 200 for one in inside),
        ),
        found(
            "Find an error page without them",
            "We asked for a page that is not there, sent an empty form, and sent one from another site.",
            bad=any(missing(one.text) or one.status not in (400, 403, 404) for one in wrong),
        ),
    ]


def missing(text: str) -> set[str]:
    """Which of the two a page does not link."""
    return {"/terms/", "/policy/"} - set(Page(text).links())


def every_mail_address_has_its_warning(ground: Ground) -> list[Try]:
    """Look at every page with a mail address for the warning and the phone number."""
    pages = walk.pages(ground)
    mail = {
        path: answer.text
        for path, answer in pages.items()
        if any(href.startswith("mailto:") for href in Page(answer.text).links())
    }
    written = [
        path
        for path, answer in pages.items()
        if path not in mail and re.search(r"[\w.]+@[\w.]+\.\w+", walk.spoken(answer.text))
    ]
    bare = [path for path, text in mail.items() if not warned(text, ground.pack.phone)]
    return [
        found(
            "Find a mail address without its warning",
            f"We looked at each of {len(pages)} public pages; {len(mail)} have a mail address.",
            bad=bool(bare or written) or not mail,
        )
    ]


def warned(text: str, phone: str) -> bool:
    """Whether a page says that mail can be read on its way, and where to call instead."""
    calls = any(href.startswith("tel:") for href in Page(text).links())
    said = walk.spoken(text)
    return calls and phone in said and "can be read by others" in said
