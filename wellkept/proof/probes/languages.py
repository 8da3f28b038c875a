"""Tries against the languages: whether the policy promises the same in each, and whether a page keeps its own."""

import hashlib
import re
from typing import Final

from wellkept.policy import packs
from wellkept.policy.shapes import PolicyVersion
from wellkept.proof import walk
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.policy import posted, squeezed
from wellkept.proof.probes.site import found
from wellkept.proof.walk import Page

FILES: Final = re.compile(r"/(?:static/|theme\.|mark\.|\.well-known/|robots\.txt|sitemap\.xml|favicon)")
OURS: Final = re.compile(r"/(?!/)")
LED: Final = ("href", "action", "formaction")
KINDS: Final = re.compile(r"/policy/[a-z]-\d\d/")


def the_policy_promises_the_same_in_each_language(ground: Ground) -> list[Try]:
    """Compare the promises of each other language with the English ones, with its page, and with what was posted."""
    original = packs.now_in_force(ground.pack)
    others = [packs.now_in_force(one) for one in ground.pack.translations.values()]
    pages = [ground.ask(f"/{other.language}/policy/").text for other in others]
    wanted = [clause.id for clause in original.clauses]
    numbers = [re.findall(r'<section id="([a-z]-\d\d)"', page) for page in pages]
    pairs = list(zip(others, pages, strict=True))
    absent = [one for other, page in pairs for one in missing(other, page)]
    changed = [one for other in others for one in otherwise(ground, other)]
    return [
        found(
            "Find a promise that one language lacks",
            f"We compared the {len(wanted)} promises of the English policy with those in the other language.",
            bad=not others or any([one.upper() for one in there] != wanted for there in numbers),
        ),
        found(
            "Find a page that says it otherwise",
            "We looked for each promise in the other language, word by word, on its page.",
            bad=bool(absent),
        ),
        found(
            "Find a translation that changed in silence",
            "We compared the promises in the other language with the digests kept when they were posted.",
            bad=bool(changed),
        ),
        Try(
            "Find out which language holds",
            "We looked in the other language for the sentence that says which text holds where two differ.",
            "It says so"
            if all(squeezed(other.introduction) in walk.spoken(page) for other, page in pairs)
            else "Missing",
            held=all(squeezed(other.introduction) in walk.spoken(page) for other, page in pairs),
        ),
    ]


def missing(version: PolicyVersion, page: str) -> list[str]:
    """The promises whose heading or words a page does not show."""
    words = walk.spoken(page)
    return [one.id for one in version.clauses if squeezed(one.text) not in words or one.heading not in words]


def otherwise(ground: Ground, version: PolicyVersion) -> list[str]:
    """The promises of a translation whose words are not those that were posted."""
    locked = posted(ground.pack.folder / "policy" / "versions.lock", version.version)
    said = {f"{version.language}:{one.id}": f"{one.heading}\n\n{one.source}" for one in version.clauses}
    return [part for part, text in said.items() if locked.get(part) != hashlib.sha256(text.encode()).hexdigest()]


def every_page_keeps_its_language(ground: Ground) -> list[Try]:
    """Read one page of each kind in the other language; look what it calls itself and where it leads."""
    language = ground.pack.languages[-1]
    clause = packs.now_in_force(ground.pack).clauses[0].id.lower()
    paths = [path for path in walk.pages(ground) if not KINDS.match(path)] + [f"/policy/{clause}/"]
    pages = {path: ground.ask(f"/{language}{path}").text for path in paths}
    unnamed = [path for path, text in pages.items() if f'<html lang="{language}">' not in text]
    astray = [path for path, text in pages.items() if strays(text, language)]
    lost = [path for path, text in pages.items() if path != walk.MISSING and not back(text, path)]
    guessed = ground.ask("/policy/", headers={"Accept-Language": language}, cookie=f"django_language={language}").text
    return [
        found(
            "Find a page that does not say its language",
            f"We read {len(pages)} pages under the addresses of the other language.",
            bad=language == ground.pack.languages[0] or bool(unnamed),
        ),
        found(
            "Find a link that loses the language",
            "We looked on the same pages where each link and each form leads.",
            bad=bool(astray),
        ),
        found(
            "Find a page without its twin",
            "We looked on each of them for the link to the same page in English.",
            bad=bool(lost),
        ),
        found(
            "Have the language guessed",
            "We asked for an English address as a browser that prefers the other language.",
            bad='<html lang="en">' not in guessed,
        ),
    ]


def strays(text: str, language: str) -> list[str]:
    """The addresses of ours on a page that leave its language without saying so."""
    found_ = [(attrs[name], attrs) for _tag, attrs in Page(text).tags for name in LED if name in attrs]
    ours = [(address, attrs) for address, attrs in found_ if OURS.match(address) and not FILES.match(address)]
    return [address for address, attrs in ours if not address.startswith(f"/{language}/") and "hreflang" not in attrs]


def back(text: str, path: str) -> bool:
    """Whether a page leads to its English twin."""
    return any(attrs.get("hreflang") == "en" and attrs.get("href") == path for _tag, attrs in Page(text).tags)
