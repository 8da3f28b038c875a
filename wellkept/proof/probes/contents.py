"""Tries against the promise to promote nothing: a pack that allows offers, a message that is one, a page that sells."""

import re
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import psycopg

from wellkept.proof import walk
from wellkept.proof.ground import Ground, Try
from wellkept.proof.probes.site import found

ALLOWS: Final = 'contents = ["service"'
# How pages sell, in either language. Words of the policy that name selling are read apart.
SELLING: Final = re.compile(
    r"\b(buy now|order now|shop now|special offer|% off|discount code|coupon|sponsored by|advertisement|"
    r"upgrade today|free trial|compre ahora|oferta especial|patrocinado por)\b",
    re.IGNORECASE,
)
WRITERS: Final = (("letter", "jobs"), ("letter", "web"), ("news", "web"))


def nothing_promotes(ground: Ground) -> list[Try]:
    """Start with a pack that allows offers, write a message of a kind nobody allowed, read each page for selling."""
    with tempfile.TemporaryDirectory() as home:
        copy = Path(shutil.copytree(ground.pack.folder, Path(home) / ground.pack.name))
        file = copy / "operator.toml"
        file.write_text(file.read_text(encoding="utf-8").replace(ALLOWS, f'{ALLOWS}, "offer"', 1), encoding="utf-8")
        asked = (("policy", "check", ground.pack.name), ("serve", "--operator", ground.pack.name, "--port", "1"))
        with ThreadPoolExecutor(2) as both:
            checked, started = both.map(lambda words: ground.say(words, {"WELLKEPT_OPERATORS": home}), asked)
    refused = bool(checked.code and started.code) and "allows offers" in checked.text
    taken = [way for way, role in WRITERS if not turned_away(ground, way=way, role=role)]
    with ground.connect("proof") as connection:
        offers = connection.execute("select way, kind from wellkept.notices_content where content = 'offer'").fetchall()
    selling = [path for path, answer in walk.pages(ground).items() if SELLING.search(walk.spoken(answer.text))]
    return [
        found(
            "Start with offers allowed",
            "In a copy of our settings we allowed offers, and told the program to start.",
            bad=not refused,
        ),
        found(
            "Write a letter or news that promotes",
            "As the parts of the program that write to people we wrote a letter and a piece of news that was an offer.",
            bad=bool(taken or offers),
        ),
        found(
            "Find a page that sells",
            "We read every public page and looked for words by which pages sell.",
            bad=bool(selling),
        ),
    ]


def turned_away(ground: Ground, *, way: str, role: str) -> bool:
    """Whether the database refuses a message of this kind for what it is, before it looks at whose it is."""
    statement = (
        f"insert into wellkept.notices_{way} (person_id, id, category, collected_under, kind, {EMPTY[way]})"  # noqa: S608
        " values (gen_random_uuid(), gen_random_uuid(), 'contact', 'none', 'offer', " + GIVEN[way] + ")"
    )
    try:
        with ground.connect(role) as connection:
            connection.execute(statement)
    except psycopg.errors.CheckViolation:
        return True
    except psycopg.Error:
        return False
    return False


EMPTY: Final = {"letter": "body, made_at", "news": "cause, made_at"}
GIVEN: Final = {"letter": "'', now()", "news": "gen_random_uuid(), now()"}
