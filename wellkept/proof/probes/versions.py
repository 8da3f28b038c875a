"""Tries against the versions of the policy: one lost at a sign-in, one met in silence, two that cannot be compared."""

import hashlib
import json
import re
from typing import Any, Final

from wellkept.policy import packs
from wellkept.proof import walk
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.policy import in_force, squeezed

SESSIONS: Final = "/account/"
MET: Final = "/sign-in/policy/"
CAME: Final = re.compile(r"<ins>.*?</ins>", re.DOTALL)
WENT: Final = re.compile(r"<del>.*?</del>", re.DOTALL)
HEARD: Final = re.compile(r'<span class="vh">[^<]*</span>')
SILENT: Final = {"other": "/member/", "representative": "/desk/", "privacy_officer": "/privacy/"}
"""Made-up people who never say that they read the policy, so that each of their doors has to ask, with a page of it."""


def each_sign_in_keeps_its_version(ground: Ground) -> list[Try]:
    """Sign in, look for the version that stood then, sign out, and look for it again from another sign-in."""
    one, name = ground.members["one"], in_force(ground).version
    cookie = ground.sign_in(one)
    listed = ground.ask(SESSIONS, cookie=cookie)
    sessions = [row for row in listed.text.split("<li")[1:] if "/end/" in row]
    first = bool(sessions) and f"/policy/versions/{name}/" in sessions[0]
    ground.ask("/sign-out/", form={"token": ground.token(listed.text)}, cookie=cookie)
    again = ground.sign_in(one)
    kept = f'<li><a href="/policy/versions/{name}/"' in ground.ask(MET, cookie=again).text
    return [
        Try(
            "Lose the version of a sign-in",
            "A made-up member signed in and looked beside that sign-in for the version of the policy in force.",
            "Shown" if first else "Missing",
            held=first,
        ),
        Try(
            "Forget it when the sign-in ends",
            "They signed out and in again, and looked for the versions they have met.",
            "Shown" if kept else "Missing",
            held=kept,
        ),
    ]


def nobody_meets_a_version_in_silence(ground: Ground) -> list[Try]:
    """At each door look for the notice where it was never answered; then answer it and look whether it comes back."""
    name = in_force(ground).version
    people = {**ground.members, **ground.staff}
    pages = {door: ground.ask(door, cookie=ground.session(people[who])).text for who, door in SILENT.items()}
    silent = [door for door, page in pages.items() if f"/sign-in/read/{name}/" not in page]
    cookie = ground.sign_in(ground.members["one"])
    token = ground.token(ground.ask(SESSIONS, cookie=cookie).text)
    ground.ask(f"/sign-in/read/{name}/", form={"token": token}, cookie=cookie)
    again = ground.ask(SESSIONS, cookie=ground.sign_in(ground.members["one"])).text
    nagging = "/sign-in/read/" in again or "/end/" not in again
    return [
        Try(
            "Meet a version of the policy in silence",
            f"At {len(SILENT)} doors somebody signed in who never said that they read it, and looked for the notice.",
            "Asked at each" if not silent else "Not asked",
            held=not silent,
        ),
        Try(
            "Ask again whoever has read it",
            "A made-up member said that they read it, signed in anew, and looked for the notice.",
            "Not asked again" if not nagging else "Asked again",
            held=not nagging,
        ),
    ]


def any_two_versions_can_be_compared(ground: Ground) -> list[Try]:
    """Compare the first version with the newest, both ways round, and look for each word that came or went."""
    posted = [one for one in ground.pack.versions if one.posted <= packs.today(ground.pack)]
    first, last = posted[0], posted[-1]
    page = ground.ask(f"/policy/compare/{first.version}/{last.version}/")
    turned = ground.ask(f"/policy/compare/{last.version}/{first.version}/")
    was = {one.id: (one.heading, one.text) for one in first.clauses}
    now = {one.id: (one.heading, one.text) for one in last.clauses}
    wanted = {one for one in was.keys() | now.keys() if was.get(one) != now.get(one)}
    before, after = side(page.text, CAME), side(page.text, WENT)
    lost = [
        one
        for one in wanted
        if squeezed(was.get(one, ("", ""))[1]) not in before or squeezed(now.get(one, ("", ""))[1]) not in after
    ]
    every = ground.ask("/policy/versions/").text
    unlisted = [one.version for one in posted if f"/policy/versions/{one.version}/" not in every]
    gone = [one.version for one in posted if ground.ask(f"/policy/versions/{one.version}/").status != 200]
    whole = (
        page.status == 200
        and not lost
        and turned.headers.get("location", "").endswith(f"/policy/compare/{first.version}/{last.version}/")
    )
    return [
        Try(
            "Hide a word that came or went",
            f"We compared the first version with the newest and looked for the words of {len(wanted)} promises.",
            "All shown" if whole else "Missing",
            held=whole or len(posted) == 1,
        ),
        Try(
            "Take a version away",
            f"We asked for each of {len(posted)} versions at its address, and looked for it on the list.",
            "All there" if not unlisted and not gone else "Missing",
            held=not unlisted and not gone,
        ),
    ]


def side(page: str, without: re.Pattern[str]) -> str:
    """The words of a comparison without those that came, or those that went, and without what is only heard."""
    return walk.spoken(HEARD.sub("", without.sub("", page)))


def programs_read_what_people_read(ground: Ground) -> list[Try]:
    """Compare the policy for programs with the digests of the day it was posted and with the page of each promise."""
    version, answer = in_force(ground), ground.ask("/.well-known/wellkept/policy.json")
    found: dict[str, Any] = json.loads(answer.body) if answer.status == 200 else {}
    told = {one["id"]: one for one in found.get("clauses", [])}
    page = walk.spoken(ground.ask("/policy/").text)
    silent = [
        one.id
        for one in version.clauses
        if one.id not in told
        or digest(told[one.id]["heading"]["en"], told[one.id]["text"]["en"]) != digest(one.heading, one.text)
        or squeezed(told[one.id]["text"]["en"]) not in page
    ]
    context = json.dumps(found.get("@context", ""))
    shown = json.loads(ground.ask("/how-we-keep-it/promises.json").body).get("promises", [])
    differ = [one["id"] for one in shown if told.get(one["id"], {}).get("state") != one["state"]]
    agree = found.get("version") == version.version and not silent
    return [
        Try(
            "Tell programs other words",
            f"We compared {len(version.clauses)} promises in the file for programs with those on the page.",
            "All agree" if agree else "They differ",
            held=agree,
        ),
        Try(
            "Tell programs another state",
            "We compared where each promise stands in both files for programs.",
            "All agree" if not differ else "They differ",
            held=not differ,
        ),
        Try(
            "Have its reader ask another site",
            "We looked whether the file holds its own context, so that nothing has to be fetched to read it.",
            "It does" if context.startswith('{"') else "It does not",
            held=context.startswith('{"'),
        ),
    ]


def digest(heading: str, text: str) -> str:
    """The SHA-256 of a promise as it is read."""
    return hashlib.sha256(f"{heading}\n\n{text}".encode()).hexdigest()
