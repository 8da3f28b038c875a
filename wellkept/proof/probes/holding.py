"""Tries against the list of all we hold: whether a field, a cookie, a counter or a use is missing from it.

The database's own catalogue, the cookies that pages really set and the rules the gate really decides by are held
against the page that anyone may read.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import orjson

from wellkept.policy.words import Category, Purpose
from wellkept.proof import walk
from wellkept.proof.ground import Answer, Ground, Try
from wellkept.proof.probes.lock import entered, refusal, secret
from wellkept.proof.probes.registering import born
from wellkept.proof.probes.site import found

PAGE: Final = "/what-we-hold/"
DATA: Final = "/what-we-hold/held.json"
FIELDS: Final = """
select c.relname, a.attname,
       coalesce(col_description(c.oid, a.attnum), '') = '' and split_part(obj_description(c.oid, 'pg_class'), ':', 1)
         not in ('public', 'housekeeping')
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relnamespace = 'wellkept'::regnamespace and c.relkind in ('r', 'p', 'f') and not c.relispartition
"""
RULES: Final = "select role, relationship, purpose, category, clause from wellkept.access_rule"
DIMENSIONS: Final = "select name from wellkept.statistics_dimension"
COUNTED: Final = "select distinct dimension from wellkept.statistics_count"
PREFERENCES: Final = "/preferences/"


def every_field_is_listed(ground: Ground) -> list[Try]:
    """Ask the database for every field of every table, and look for each on the page and in its data."""
    stands, bare = fields(ground)
    page, told = ground.ask(PAGE), listed(ground)
    shown, data = on_page(page.text), in_data(told)
    strays = [one["tables"] for one in told.get("services", []) if not one["declared"]]
    return [
        found(
            "Find a field that is not listed",
            f"We asked our database for its fields, {len(stands)} of them, and looked for each on the page.",
            bad=bool(stands - shown) or bool(stands - data) or len(stands) < 100,
        ),
        found(
            "Find a field that nobody has explained",
            "We looked for confidential fields without words, and for tables that no service declares.",
            bad=bool(bare) or bool(strays) or 'id="not-declared"' in page.text,
        ),
        found(
            "Find a listed field that is not there",
            "We looked for each field of the page in the database.",
            bad=bool(shown - stands),
        ),
    ]


def fields(ground: Ground) -> tuple[set[str], set[str]]:
    """Every field that stands, as "table.field", of records and keys; and the confidential ones without words."""
    with ground.connect("proof") as records:
        rows = records.execute(FIELDS).fetchall()
    with ground.connect_keys("web") as keys:
        rows += [row for row in keys.execute(FIELDS).fetchall() if not row[0].startswith("django_")]
    ours = [row for row in rows if not row[0].startswith(("procrastinate_", "django_"))]
    return {f"{table}.{name}" for table, name, _ in rows}, {f"{table}.{name}" for table, name, silent in ours if silent}


def on_page(text: str) -> set[str]:
    """The fields as the page names them, under the name of their table."""
    parts = re.findall(r'data-table="(\w+)"(.*?)</details>', text, re.DOTALL)
    alone = {f"{table}.{name}" for table, inside in parts for name in re.findall(r'data-field="(\w+)"', inside)}
    every = {
        f"{table}.{name}"
        for table, inside in parts
        for names in re.findall(r'data-every="([\w ]+)"', inside)
        for name in names.split()
    }
    return alone | every


def in_data(told: Mapping[str, Any]) -> set[str]:
    """The fields as the data names them."""
    tables = [table for one in told.get("services", []) for table in one["tables"]]
    return {f"{table['name']}.{one['name']}" for table in tables for one in table["fields"]}


def listed(ground: Ground) -> dict[str, Any]:
    """The list as data; nothing where there is none. Asked once a round."""
    if "held" not in ground.memo:
        answer = ground.ask(DATA)
        ground.memo["held"] = orjson.loads(answer.body) if answer.status == 200 else {}
    told: dict[str, Any] = ground.memo["held"]
    return told


def every_cookie_and_counter_is_listed(ground: Ground) -> list[Try]:
    """Collect every cookie a browser is asked to keep and every counter that counted; look for each on the page."""
    page, told = walk.spoken(ground.ask(PAGE).text), listed(ground)
    known = {one["name"]: one for one in told.get("cookies", [])}
    set_ = {line.partition("=")[0].removeprefix("__Host-") for line in cookies(ground)}
    counters = {one["name"]: one["on"] for one in told.get("counters", [])}
    with ground.connect("proof") as proof:
        known_to_count = {row[0] for row in proof.execute(DIMENSIONS).fetchall()}
        counted = {row[0] for row in proof.execute(COUNTED).fetchall()}
    silent_ = [name for name, on in counters.items() if on and name.lower() not in page.lower()]
    off = [name for name in counted if not counters.get(name)]
    names = {name.removeprefix("__Host-") for name in known}
    return [
        found(
            "Find a cookie that is not listed",
            f"We visited, signed in, chose and were turned away, and looked at each of {len(set_)} cookies.",
            bad=bool(set_ - names) or not set_ or any(name not in page for name in known),
        ),
        found(
            "Find a counter that is not listed",
            f"We looked for each of {len(known_to_count)} things our database can count.",
            bad=bool(known_to_count - set(counters)) or not counters or bool(silent_) or bool(off),
        ),
    ]


def cookies(ground: Ground) -> Iterator[str]:
    """Every Set-Cookie line: of public pages, a sign-in, a child who was turned away, and choices of reading."""
    for answer in walk.public(ground).values():
        yield from answer.cookies
    one = ground.members["one"]
    yield from ground.ask("/sign-in/", form={"login": one.login, "password": one.password}).cookies
    day = f"{date.today().year - 10}-01-02"  # noqa: DTZ011  (ten years are ten years in every time zone)
    yield from ground.ask("/register/", form=born(day)).cookies
    yield from ground.ask(PREFERENCES, form={"text": "large", "contrast": "more"}).cookies
    signed_in = ground.session(one)
    for path in ("/member/", "/member/privacy/", "/desk/", PAGE):
        yield from ground.ask(path, cookie=signed_in).cookies


def uses_are_the_gate_s(ground: Ground) -> list[Try]:
    """Hold the uses on the page against the rules in the database, then ask the gate for each kind and purpose."""
    told, page = listed(ground), ground.ask(PAGE)
    said = {
        (one["role"], one["relationship"], one["purpose"], one["category"], one["promise"])
        for one in told.get("uses", [])
    }
    with ground.connect("proof") as proof:
        decided = {tuple(row) for row in proof.execute(RULES).fetchall()}
    own = {(p, c) for role, tie, p, c, _ in said if (role, tie) == ("member", "self")}
    session, opened = secret(ground, ground.members["one"]), set[tuple[str, str]]()
    with ground.connect("web") as web:
        for purpose in Purpose:
            for category in Category:
                if not refusal(web, entered(web, session, None, purpose, category)):
                    opened.add((str(purpose), str(category)))
    return [
        Try(
            "Find a use that is not on the page",
            f"We compared {len(decided)} rules of our database with the uses the page declares.",
            "The same" if said == decided and bool(said) else "They differ",
            held=said == decided and bool(said),
        ),
        Try(
            "Use data for something else",
            f"A made-up member asked for each kind of data under each purpose, {len(Purpose) * len(Category)} ways.",
            "As declared" if opened == own else "Otherwise",
            held=opened == own and bool(own),
        ),
        found(
            "Find a kind of data whose readers are not said",
            "We looked on the page for who reads each kind of data.",
            bad=silent(page),
        ),
    ]


def silent(page: Answer) -> bool:
    """Whether a kind of data on the page names no reader, or the page names no kind."""
    kinds = re.findall(r'<details class="use">(.*?)</details>', page.text, re.DOTALL)
    return not kinds or any("<li>" not in one for one in kinds)
