"""Tries against what is counted of a visit: whether it says more than totals, and whether the totals are right.

Our own tries say that they are ours (``AGENT``) and are counted apart, in the same way as everybody's.
"""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from wellkept.policy import practices
from wellkept.proof.family import canary
from wellkept.proof.ground import AGENT, Answer, Ground, Try
from wellkept.proof.probes.site import found

PATIENCE: Final = 4.0
ATTEMPTS: Final = 2
"""What another try did a moment before may be added while we look; then we look once more."""

OFTEN: Final = "https://wellkept-tries.example/way"
Totals = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Walks:
    """What two visitors left together who did the same, what they should have, and the rare names that were found."""

    expected: Totals
    left: Totals
    named: list[str]


def visits_are_totals_alone(ground: Ground) -> list[Try]:
    """Walk as two visitors whose browsers say other things; compare what was counted, and look for their words."""
    done = walks(ground)
    one_s_own = [key for key, n in done.left.items() if n % 2]
    return [
        Try(
            "Count a visit otherwise than it was",
            "Two made-up visitors walked through pages as a script says. We compared every total before and after.",
            "Counted exactly" if done.left == done.expected else "Counted otherwise",
            held=done.left == done.expected,
        ),
        found(
            "Tell one visitor from another",
            "Both did the same with other browsers, addresses and languages. We looked for a total of one alone.",
            bad=bool(one_s_own),
        ),
        found(
            "Find a rare way in",
            "Each came four times from a made-up page of another site. We looked for its name in the totals.",
            bad=bool(done.named),
        ),
    ]


def walks(ground: Ground) -> Walks:
    """The two walks of this round."""
    if "walks" not in ground.memo:
        ground.memo["walks"] = walked(ground)
    done: Walks = ground.memo["walks"]
    return done


def walked(ground: Ground) -> Walks:
    """Walk as both; again where something else was being counted meanwhile."""
    for _ in range(ATTEMPTS):
        words, before = [canary(), canary()], totals(ground)
        expected = script(ground, walk_once(ground, words[0], "192.0.2.7", "en"))
        expected += script(ground, walk_once(ground, words[1], "198.51.100.9", "es-MX"))
        after = settled(ground, before, expected)
        named = [value for _dimension, value in after if any(word.lower() in value.lower() for word in words)]
        done = Walks(expected, merged(after, before), named)
        if done.left == expected:
            break
    return done


def settled(ground: Ground, before: Totals, expected: Totals) -> Totals:
    """The totals once what is expected was added to them, or as they stand after four seconds."""
    until = time.monotonic() + PATIENCE
    while merged(now := totals(ground), before) != expected and time.monotonic() < until:
        time.sleep(0.1)
    return now


def totals(ground: Ground) -> Totals:
    """What was counted of our own tries, by dimension and value."""
    asked = (
        "select dimension, value, sum(n)::int from wellkept.statistics_count, unnest(counts) n"
        " where audience = 'proof' group by 1, 2"
    )
    with ground.connect("proof") as connection:
        return Counter({(dimension, value): n for dimension, value, n in connection.execute(asked).fetchall()})


def merged(after: Totals, before: Totals) -> Totals:
    """What was added. Whether the way in that came often is named or among the others hangs on who else came by it."""
    added: Totals = Counter()
    for key, n in after.items():
        added[("referrers", "other") if key == ("referrers", OFTEN) else key] += n - before[key]
    return Counter({key: n for key, n in added.items() if n})


def walk_once(ground: Ground, word: str, address: str, language: str) -> list[Answer]:
    """One visitor's walk: eighteen requests, with a word of their own in whatever a browser may say."""
    said = {"User-Agent": f"{AGENT} {word}", "X-Forwarded-For": address, "Accept-Language": language, "X-Word": word}
    own = own_pages(ground)
    often, rare = f"{OFTEN}?{word}={word}", f"https://{word}.example/{word}"

    def ask(path: str, **more: str) -> Answer:
        return ground.ask(path, headers=said | {name.replace("_", "-"): one for name, one in more.items()})

    def stay(**more: str) -> Answer:
        headers = said | {"Referer": f"{own}/terms/"} | {name.replace("_", "-"): one for name, one in more.items()}
        return ground.ask("/stay/", text="4", headers=headers)

    answers = [ask("/terms/"), ask("/policy/"), ask("/terms/", Referer=f"{own}/policy/"), ask("/terms/", Sec_GPC="1")]
    answers += [ask("/terms/", Referer=often) for _ in range(5)] + [ask("/terms/", Referer=rare) for _ in range(4)]
    return [*answers, ask(f"/terms/?{word}={word}"), ask("/no-such-page/"), stay(), stay(Sec_GPC="1")]


def own_pages(ground: Ground) -> str:
    """The origin of our own pages as they are asked for."""
    parts = urlsplit(ground.base)
    return f"{parts.scheme}://{ground.pack.hosts[0] if ground.pack.production else parts.netloc}"


def script(ground: Ground, answers: list[Answer]) -> Totals:
    """What one walk adds, as the practice says."""
    added: Mapping[tuple[str, str], int] = {}
    match practices.choice(ground.pack, "statistics"):
        case "hits":
            added = {
                ("query", "none"): 16,
                ("query", "other"): 1,
                ("status", "200"): 14,
                ("status", "404"): 3,
                ("agents", "our own tries"): 17,
                ("cookie", "absent"): 17,
                ("referrers", "none"): 5,
                ("referrers", "ours"): 3,
                ("referrers", "other"): 9,
            } | sizes(answers)
        case "totals":
            added = {
                ("pages", "/terms/"): 13,
                ("pages", "/policy/"): 1,
                ("next", "/policy/ > /terms/"): 1,
                ("referrers", "none"): 4,
                ("referrers", "other"): 9,
                ("stays", "1 to 3 minutes"): 1,
                ("stays by page", "/terms/"): 1,
            }
            if practices.flag(ground.pack, "return_visit_cookie"):
                added = added | {("visits", "first"): 13, ("visits", "unknown"): 1}
    return Counter(added)


def sizes(answers: list[Answer]) -> dict[tuple[str, str], int]:
    """How many answers are of each size."""
    ends = ((1, "nothing"), (1_001, "under 1 kB"), (10_001, "1 to 10 kB"), (100_001, "10 to 100 kB"))
    named = [next((name for end, name in ends if len(one.body) < end), "100 kB to 1 MB") for one in answers]
    return {("bytes", name): named.count(name) for name in named}


# The backslash keeps "_" from standing for any letter.
JOINED: Final = r"""
select count(*) from pg_constraint c join pg_class a on a.oid = c.conrelid join pg_class b on b.oid = c.confrelid
 where c.contype = 'f' and (a.relname like 'statistics\_%') <> (b.relname like 'statistics\_%')
"""
COLUMNS: Final = r"""
select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
 where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p', 'v') and c.relname like 'statistics\_%'
   and a.attnum > 0 and not a.attisdropped
   and (a.attname ~ 'person|account|session|address|agent|cookie'
        or a.atttypid = any ('{inet, cidr, bytea, uuid}'::regtype[])
           and (c.relname, a.attname) <> ('statistics_run', 'id'))
"""
RIGHTS: Final = """
select count(*) from pg_class c, unnest('{select, insert, update}'::text[]) right_
 where c.relnamespace = 'wellkept'::regnamespace
   and c.relname = any ('{statistics_total, statistics_day, statistics_run, statistics_count}')
   and (has_any_column_privilege(c.oid, right_) or has_table_privilege(c.oid, 'delete'))
"""


def totals_lead_to_nobody(ground: Ground) -> list[Try]:
    """Look in the database for what could join a total with a person: a key, a column, a right of the pages to read."""
    with ground.connect("proof") as proof:
        joined, columns = proof.execute(JOINED).fetchone(), proof.execute(COLUMNS).fetchall()
    with ground.connect("web") as web:
        read = web.execute(RIGHTS).fetchone()
    return [
        found("Find a key from a total to a person", "We read every key of the database.", bad=joined != (0,)),
        found("Find a column for a person", "We read every column of what is counted.", bad=bool(columns)),
        Try(
            "Read what was counted as a page",
            "We asked as the role of the pages what it may read or write of the totals, save to add.",
            "Nothing" if read == (0,) else "Something",
            held=read == (0,),
        ),
    ]
