"""Tries against the policy itself: other words, a silent change, a promise with no keeper, a try not shown."""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from wellkept.policy import controls, packs
from wellkept.policy.shapes import PolicyVersion
from wellkept.policy.words import Category
from wellkept.proof import walk
from wellkept.proof.ground import Answer, Ground, Try
from wellkept.proof.probes.site import found

EACH: Final = re.compile(r"^(/es)?/policy/([a-z]-[0-9]{2}/|compare/|versions/.)")
"""Pages of which there is one for each promise or version: the page of all promises stands for them."""

STALE: Final = timedelta(seconds=5)
NEWEST: Final = """
select t.control, t.sentence, t.held, t.at from wellkept.proof_try t
 where t.run = (select l.run from wellkept.proof_try l where l.control = t.control order by l.at desc limit 1)
"""


def in_force(ground: Ground) -> PolicyVersion:
    """The version that holds today."""
    return packs.now_in_force(ground.pack)


def a_page_says_how_long_each_category_is_kept(ground: Ground) -> list[Try]:
    """Look for each kind of data, its time and its reason on the page that says how long things are kept."""
    page = ground.ask("/how-long-we-keep-it/")
    said = walk.spoken(page.text)
    silent = [category for category in Category if category not in ground.pack.retention]
    bare = [
        category
        for category, keeping in ground.pack.retention.items()
        if keeping.because not in said or (keeping.years != 0 and keeping.after not in said)
    ]
    linked = "/how-long-we-keep-it/" in walk.public(ground)
    return [
        Try(
            "Find a kind of data without a time",
            f"We looked for each of {len(Category)} kinds of data on the page that says how long each is kept, and "
            "why.",
            "All there" if page.status == 200 and not bare and not silent else "Missing",
            held=page.status == 200 and not bare and not silent,
        ),
        Try(
            "Find that page",
            "We looked whether a public page leads there.",
            "It does" if linked else "It does not",
            held=linked,
        ),
    ]


def the_page_shows_the_posted_text(ground: Ground) -> list[Try]:
    """Compare every posted promise, letter by letter, with its digest of the day it was posted, and with its page."""
    version = in_force(ground)
    whole = walk.spoken(ground.ask("/policy/").text)
    absent = [one.id for one in version.clauses if squeezed(one.text) not in whole or one.heading not in whole]
    locked = posted(ground.pack.folder / "policy" / "versions.lock", version.version)
    changed = [
        one.id
        for one in version.clauses
        if locked.get(one.id) != hashlib.sha256(f"{one.heading}\n\n{one.source}".encode()).hexdigest()
    ]
    return [
        Try(
            "Find a promise with other words",
            f"We compared {len(version.clauses)} promises with the digests kept when they were posted.",
            "None found" if not changed else "Found",
            held=not changed,
        ),
        Try(
            "Find a promise the page leaves out",
            "We looked for each promise, word by word, on the page of the policy.",
            "All there" if not absent else "Missing",
            held=not absent,
        ),
    ]


def auditing(ground: Ground) -> str:
    """The cookie of somebody whom this operator shows the evidence: none where it is for everyone."""
    public = ground.pack.practices["evidence"] == "public"
    return "" if public else ground.session(ground.staff["privacy_officer"])


def squeezed(text: str) -> str:
    """A text with one space between its words."""
    return " ".join(text.split())


def posted(path: Path, version: str) -> dict[str, str]:
    """What was kept of a version when it was posted: digest by part."""
    lines = [
        line.split() for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return {part: digest for name, part, digest in lines if name == version}


def a_new_version_is_announced(ground: Ground) -> list[Try]:
    """Post a new version in a rehearsal; look for its notice on each kind of public page and one that is not there."""
    there = ground.rehearse()
    paths = [path for path in walk.pages(ground) if not EACH.match(path)]
    answers = [ground.ask(path, base=there.base, trusted=there.certificate) for path in paths]
    silent = [one for one in answers if f"/policy/versions/{there.version}/" not in one.text]
    stands = ground.ask("/policy/", base=there.base, trusted=there.certificate)
    return [
        Try(
            "Find a page without the notice",
            f"We posted a new version in a rehearsal of this portal and read {len(paths)} kinds of page.",
            "On every page" if not silent else "Missing",
            held=not silent,
        ),
        Try(
            "Let it take effect before it is posted",
            "We looked which version the rehearsal's policy page shows on the day the new one is posted.",
            "Still the old one" if there.word not in stands.text else "Already the new one",
            held=stands.status == 200 and there.word not in stands.text,
        ),
    ]


def two_versions_can_be_compared(ground: Ground) -> list[Try]:
    """Change one promise in a rehearsal, and read the page that says what changed."""
    there = ground.rehearse()
    page = ground.ask(f"/policy/versions/{there.version}/changes/", base=there.base, trusted=there.certificate)
    said = walk.spoken(page.text)
    old = next(one for one in in_force(ground).clauses if one.id == there.clause)
    shown = page.status == 200 and there.word in said and there.clause in said and squeezed(old.text) in said
    others = [one.id for one in in_force(ground).clauses if one.id != there.clause and f"{one.id} " in said]
    return [
        Try(
            "Change one word in silence",
            "We changed one promise in the rehearsal and looked for its old and its new words side by side.",
            "Both shown" if shown else "Not shown",
            held=shown,
        ),
        found("Find a change that nobody made", "We looked for other promises on the same page.", bad=bool(others)),
    ]


def every_clause_is_bound(ground: Ground) -> list[Try]:
    """Read how each promise says it is kept; then take that line from one promise and tell the program to start."""
    version = in_force(ground)
    answer = ground.ask("/how-we-keep-it/promises.json", cookie=auditing(ground))
    shown = {one["id"]: one for one in json.loads(answer.body)["promises"]} if answer.status == 200 else {}
    wanted = {
        f"{letter}-{number:02}" for letter, count in ground.pack.promises.items() for number in range(1, count + 1)
    }
    loose = [one for one in version.clauses if not one.kept_by and not one.not_kept]
    with spoiled(ground, "Kept by: ", "Kept by: nothing-at-all, ") as folder:
        asked = (("policy", "check", ground.pack.name), ("serve", "--operator", ground.pack.name, "--port", "1"))
        with ThreadPoolExecutor(2) as both:
            unbound, started = both.map(lambda words: ground.say(words, {"WELLKEPT_OPERATORS": str(folder)}), asked)
    return [
        Try(
            "Find a promise that is not on the list",
            f"We compared the public list with the {len(wanted)} promises this portal must make.",
            "All there" if set(shown) == wanted and not loose else "Missing",
            held=set(shown) == wanted and not loose,
        ),
        Try(
            "Start with a promise that nothing keeps",
            "In a copy we had a promise name a keeper that is not there, and told the program to start.",
            "Refused" if unbound.code and started.code and "nothing-at-all" in started.text else "Started",
            held=bool(unbound.code and started.code) and "nothing-at-all" in started.text,
        ),
    ]


@contextmanager
def spoiled(ground: Ground, text: str, instead: str) -> Iterator[Path]:
    """A copy of the packs in which the first such text of our policy reads otherwise."""
    with tempfile.TemporaryDirectory() as home:
        copy = Path(home) / ground.pack.name
        shutil.copytree(ground.pack.folder, copy)
        path = copy / "policy" / in_force(ground).path.name
        path.write_text(path.read_text(encoding="utf-8").replace(text, instead, 1), encoding="utf-8")
        yield Path(home)


def every_promise_shows_its_newest_try(ground: Ground) -> list[Try]:
    """Compare what the pages say of each promise with the evidence itself, as far as it is older than pages may be."""
    with ground.connect("proof") as proof:
        rows = proof.execute(NEWEST).fetchall()
    version, old = in_force(ground), datetime.now(UTC) - STALE
    answer = ground.ask("/how-we-keep-it/promises.json", cookie=auditing(ground))
    shown = {one["id"]: one for one in json.loads(answer.body)["promises"]} if answer.status == 200 else {}
    house, stale, silent, asked = controls.of(ground.pack), [], [], 0
    for clause in version.clauses:
        live = {name for name in clause.kept_by if house[name].kind == "live"}
        tried = [row for row in rows if row[0] in live and row[3] < old]
        if not tried or {row[0] for row in tried} != live:
            continue
        asked += 1
        page = ground.ask(f"/policy/{clause.id.lower()}/", cookie=auditing(ground))
        stale += [clause.id] if behind(shown.get(clause.id, {}), tried) else []
        silent += (
            [clause.id]
            if not says(page, [str(row[1]) for row in tried], [house[name].sentence for name in clause.kept_by])
            else []
        )
    return [
        Try(
            "Find an old verdict",
            f"We compared the verdict on {asked} promises with the newest tries.",
            "All agree" if not stale and shown else "They differ",
            held=not stale and bool(shown),
        ),
        Try(
            "Find a try that is not shown",
            "We looked for each try, and for what keeps the promise, on its page.",
            "All shown" if not silent else "Missing",
            held=not silent,
        ),
    ]


def behind(shown: dict[str, object], tried: list[tuple[str, str, bool, datetime]]) -> bool:
    """Whether what is public is older than the evidence, or says better than it."""
    newest = max(row[3] for row in tried)
    at = shown.get("last_tried")
    if at is None or datetime.fromisoformat(str(at)) < newest - timedelta(milliseconds=1):
        return True
    broken, admitted = not all(row[2] for row in tried), ("broken", "not tried", "not kept")
    return broken and datetime.fromisoformat(str(at)) <= newest and shown.get("state") not in admitted


def says(page: Answer, tried: list[str], kept: list[str]) -> bool:
    """Whether a promise's page holds its tries and its keepers in words."""
    said = walk.spoken(page.text)
    return page.status == 200 and all(squeezed(sentence) in said for sentence in (*tried, *kept))
