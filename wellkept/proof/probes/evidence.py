"""Tries against the evidence itself: a break that is not told, a review let lapse, a release result that was forged."""

import base64
import json
import tempfile
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wellkept.proof import walk
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.policy import STALE, auditing, in_force
from wellkept.proof.probes.site import found

TOLD: Final = "select id, control, began, ended from wellkept.proof_span where coalesce(ended, began) < %s"
UNTOLD: Final = """
select count(*) from (
  select t.control, t.run, min(t.at) as at from wellkept.proof_try t
   where not t.held and t.at between %s and %s group by t.control, t.run) f
 where not exists (select from wellkept.proof_span s
                    where s.control = f.control and s.began <= f.at and (s.ended is null or s.ended >= f.at))
"""
UNFOUNDED: Final = """
select count(*) from wellkept.proof_span s
 where not exists (select from wellkept.proof_try t
                    where t.run = s.began_in and t.control = s.control and not t.held and t.at = s.began)
    or (s.ended is not null and (select bool_and(t.held) from wellkept.proof_try t
                                  where t.run = s.ended_in and t.control = s.control) is not true)
"""
RECENT: Final = timedelta(days=2)


def each_break_is_told(ground: Ground) -> list[Try]:
    """Compare the tries that failed, the times something is said to have been broken, and what the pages tell."""
    until = datetime.now(UTC) - STALE
    with ground.connect("proof") as proof:
        spans = proof.execute(TOLD, [until]).fetchall()
        untold = (proof.execute(UNTOLD, [until - RECENT, until]).fetchone() or (1,))[0]
        unfounded = (proof.execute(UNFOUNDED).fetchone() or (1,))[0]
    shown = promises(ground, base="")
    silent = [clause for clause, several in by_clause(ground, spans).items() if not tells(shown[clause], several)]
    newest = sorted(by_clause(ground, spans).items(), key=lambda one: max(span[2] for span in one[1]))[-3:]
    hidden = [clause for clause, several in newest if not page_tells(ground, clause, several)]
    return [
        found(
            "Find a failure that nobody tells",
            "We looked for each failed try of two days among the times a promise was broken.",
            bad=bool(untold),
        ),
        found(
            "Find a break that no try shows",
            "We looked for the tries behind each time a promise was broken or mended.",
            bad=bool(unfounded),
        ),
        Try(
            "Find a broken promise that says otherwise",
            f"We compared {len(spans)} times that something was broken with what the pages and the data tell.",
            "All told" if not silent and not hidden else "Not told",
            held=not silent and not hidden,
        ),
    ]


def promises(ground: Ground, *, base: str, trusted: Path | None = None) -> dict[str, dict[str, Any]]:
    """What the data file tells of each promise."""
    cookie = auditing(ground) if not base else ""
    answer = ground.ask("/how-we-keep-it/promises.json", cookie=cookie, base=base, trusted=trusted)
    told = json.loads(answer.body)["promises"] if answer.status == 200 else []
    return {one["id"]: one for one in told}


def by_clause(ground: Ground, spans: list[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    """The spans of each promise in force that had any."""
    clauses = in_force(ground).clauses
    listed = {one.id: [span for span in spans if span[1] in one.kept_by] for one in clauses}
    return {clause: several for clause, several in listed.items() if several}


def tells(shown: dict[str, Any], spans: list[tuple[Any, ...]]) -> bool:
    """Whether each span lies within a time the data tells, and one that lasts is told as broken, or as not kept."""
    told = [(datetime.fromisoformat(one["began"]), moment(one["ended"])) for one in shown["broken"]]
    near = timedelta(milliseconds=1)  # the data file cuts microseconds off
    within = all(
        any(
            began <= span[2] + near and (ended is None or span[3] is None or span[3] <= ended + near)
            for began, ended in told
        )
        for span in spans
    )
    lasting = any(span[3] is None for span in spans)
    return within and (not lasting or shown["state"] in ("broken", "not kept"))


def moment(text: str | None) -> datetime | None:
    """A moment of the data file."""
    return datetime.fromisoformat(text) if text else None


def page_tells(ground: Ground, clause: str, spans: list[tuple[Any, ...]]) -> bool:
    """Whether the page of a promise, and the page of its breaks, say that it was broken."""
    page = walk.spoken(ground.ask(f"/policy/{clause.lower()}/", cookie=auditing(ground)).text)
    breaks = walk.spoken(ground.ask(f"/policy/{clause.lower()}/broken/", cookie=auditing(ground)).text)
    lasting = any(span[3] is None for span in spans)
    said = ("Broken now." in page or "Not kept yet." in page) if lasting else "Broken" in page
    return said and breaks.count("Broken since") >= 1 and ("still broken" in breaks) >= lasting


def a_lapsed_review_is_red(ground: Ground) -> list[Try]:
    """Let a review lapse in a rehearsal, and compare every review here with the day it is due.

    Where the evidence is not for everyone the rehearsal would show nothing, and only the reviews here are compared.
    """
    yesterday = str(datetime.now(UTC).date() - timedelta(days=1))
    late = [
        keeper["id"]
        for one in promises(ground, base="").values()
        for keeper in one["kept_by"]
        if keeper["kind"] == "attested" and keeper["next_review"] < yesterday
        if keeper["state"] != "broken" or one["state"] not in ("broken", "not kept")
    ]
    silent = found("Find an overdue review in silence", "We compared each review with its day.", bad=bool(late))
    if ground.pack.practices["evidence"] != "public":
        return [silent]
    there = ground.rehearse()
    lapsed = promises(ground, base=there.base, trusted=there.certificate).get(there.lapsed, {})
    page = ground.ask(f"/policy/{there.lapsed.lower()}/", base=there.base, trusted=there.certificate)
    red = lapsed.get("state") == "broken" and "Broken now." in page.text and "Review overdue" in page.text
    return [
        Try(
            "Let a review lapse",
            "In a rehearsal a review was due yesterday. We read what its promise says today.",
            "Shown broken" if red else "Not shown",
            held=red,
        ),
        silent,
    ]


def a_forged_result_counts_for_nothing(ground: Ground) -> list[Try]:
    """Alter a signed result, sign one of other source, leave one unsigned, and ask what each is worth."""
    body = json.dumps({"version": metadata.version("wellkept"), "source": "0" * 64, "made": "2001-01-01", "tries": {}})
    key = Ed25519PrivateKey.generate()
    cases = {
        "altered": ("Alter a signed result", body.replace("2001", "2002"), key.sign(body.encode())),
        "other": ("Show the result of another build", body, key.sign(body.encode())),
        "unsigned": ("Show a result that nobody signed", body, None),
    }
    with tempfile.TemporaryDirectory() as home:
        for case, (_name, text, signature) in cases.items():
            folder = Path(home) / case
            folder.mkdir()
            (folder / "release.json").write_text(text, encoding="utf-8")
            (folder / "release.pub").write_bytes(base64.b64encode(key.public_key().public_bytes_raw()))
            if signature is not None:
                (folder / "release.sig").write_bytes(base64.b64encode(signature))
        folders = [str(Path(home) / case) for case in cases]
        said = ground.say(("proof", "result", *folders, str(Path(__file__).parents[1])), {})
    worth = dict(line.split(": ", 1) for line in said.text.splitlines() if ": " in line)
    counted = [case for case in cases if not worth.get(case, "").startswith("Not counted")]
    ours = worth.get("proof", "").startswith("It counts")
    shown = [keeper for one in promises(ground, base="").values() for keeper in one["kept_by"]]
    over = [one["id"] for one in shown if one["kind"] == "release" and not ours and one["state"] != "not tried"]
    return [
        *(
            Try(
                name,
                "We made such a result of the tries before a release, and asked what it is worth.",
                "Counted" if case in counted else "Not counted",
                held=case not in counted,
            )
            for case, (name, _text, _signature) in cases.items()
        ),
        found("Find a result that counts for too much", "We compared pages with the shipped result.", bad=bool(over)),
    ]
