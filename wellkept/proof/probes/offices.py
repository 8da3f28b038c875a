"""Tries against the doors of organisations: who says who comes in, for how long, with which code, after which terms."""

import hashlib
import re
from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid4

from wellkept.proof import search, walk
from wellkept.proof.family import canary
from wellkept.proof.ground import Ground, Member, Try, held, noop
from wellkept.proof.probes.entrance import refused
from wellkept.proof.probes.lock import secret
from wellkept.proof.probes.registering import born
from wellkept.proof.probes.site import found

KINDS: Final = ("provider", "employer", "agent", "partner")
NUMBER: Final = re.compile(r"/colleagues/people/([0-9a-f-]{36})/remove/")
PLACE: Final = re.compile(r"/colleagues/invitations/([0-9a-f-]{36})/withdraw/")
CODE: Final = re.compile(r'class="handed">([0-9A-Z-]{14})<')
LAPSES: Final = re.compile(r"Lapses on ([A-Z][a-z]+ \d{1,2}, \d{4})")
BOUND: Final = ("law", "contract", "agreement", "ethics")
"""What terms name that binds whoever agrees to them."""


def only_administrators_say_who_comes_in(ground: Ground) -> list[Try]:
    """Invite, remove, renew and promote as a colleague, as another office's administrator and as nobody."""
    target = colleague(ground)
    tries = {
        noop("a colleague who administers nothing"): ground.offices["provider colleague"],
        noop("the administrator of another office"): ground.offices["provider other"],
    }
    told = [
        refused(
            f"Change who comes in, as {who}",
            "We sent each form of the page, and called each function under the role of pages.",
            held=not changed(ground, ground.session(one), target, invites=who.startswith("a colleague"))
            and nothing_done(ground, secret(ground, one), target),
        )
        for who, one in tries.items()
    ]
    told.append(
        refused(
            "Change who comes in, signed out",
            "We sent the same forms with no session, and called the functions with a made-up one.",
            held=not changed(ground, "", target, invites=True) and nothing_done(ground, uuid4().bytes * 2, target),
        )
    )
    seen = walk.spoken(ground.ask("/colleagues/", cookie=ground.session(ground.offices["provider other"])).text)
    names = [ground.offices[name].canaries[0] for name in ("provider", "provider colleague", "provider newcomer")]
    told.append(
        found(
            "See who comes in for another office",
            "We read its list for three names.",
            bad=any(n in seen for n in names),
        )
    )
    return told


def colleague(ground: Ground) -> str:
    """The account of somebody who comes in for the made-up clinic, as its administrator's page names it."""
    page = ground.ask("/colleagues/", cookie=ground.session(ground.offices["provider"])).text
    (number, *_more) = NUMBER.findall(page)
    return str(number)


def changed(ground: Ground, cookie: str, target: str, *, invites: bool) -> bool:
    """Whether one of the forms did something. Another office's administrator may invite, into their own."""
    token = ground.token(ground.ask("/colleagues/", cookie=cookie).text)
    acts = [f"people/{target}/{act}/" for act in ("renew", "administers", "remove")]
    answers = [
        ground.ask(f"/colleagues/{path}", form={"token": token, "name": canary()} | born("1980-02-03"), cookie=cookie)
        for path in (*acts, f"invitations/{target}/withdraw/", *["invite/"] * invites)
    ]
    return any(CODE.search(one.text) or "done=" in one.headers.get("location", "") for one in answers)


def nothing_done(ground: Ground, session: bytes, target: str) -> bool:
    """Whether each function says no to a session. What would do least harm is asked first, and a yes ends it."""
    asked = {
        "select wellkept.accounts_renew_colleague(%s, %s)::text": [session, target],
        "select wellkept.accounts_remove_colleague(%s, %s)::text": [session, target],
        "select wellkept.accounts_set_administers(%s, %s, true)::text": [session, target],
        "select wellkept.accounts_withdraw_invitation(%s, %s)::text": [session, target],
    }
    with ground.connect("web") as web:
        return all(web.execute(statement, given).fetchone() == ("no",) for statement, given in asked.items())


def an_invitation_is_for_one_person(ground: Ground) -> list[Try]:
    """Invite somebody; look for the code, use it with another birth date, take it back, use it again."""
    cookie, name, day = ground.session(ground.offices["provider"]), f"{canary()} {canary()}", "1981-04-02"
    form = {"token": ground.token(ground.ask("/colleagues/invite/", cookie=cookie).text), "name": name} | born(day)
    shown = CODE.search(ground.ask("/colleagues/invite/", form=form, cookie=cookie).text)
    code = shown[1] if shown else ""
    twice = ground.ask("/colleagues/invite/", form=form, cookie=cookie).text
    lists = [ground.ask(path, cookie=cookie).text for path in ("/colleagues/", "/colleagues/list/", "/provider/")]
    stored = search.in_tables(ground, [code, code.replace("-", "")]) if code else ["no code"]
    other = redeemed(ground, code, "1981-04-03")
    for number in PLACE.findall(lists[0]):
        ground.ask(f"/colleagues/invitations/{number}/withdraw/", form={"token": form["token"]}, cookie=cookie)
    taken_back = redeemed(ground, code, day)
    left = name in ground.ask("/colleagues/", cookie=cookie).text
    return [
        found(
            "See the code of an invitation again",
            "We sent the form once more, then read each page and every table for the code it had shown.",
            bad=not code or any(code in page for page in (twice, *lists)) or bool(stored),
        ),
        refused("Use a colleague's code", "We used it with the birth date of somebody else.", held=not other),
        refused(
            "Use a code that was taken back",
            "The administrator took the invitation back, and we used its code with the right birth date.",
            held=not taken_back and not left,
        ),
    ]


def redeemed(ground: Ground, code: str, day: str) -> bool:
    """Whether a code let somebody in."""
    form = {"code": code, **born(day), "login": canary().lower(), "password": "seven otters paint the barn"}
    return ground.ask("/register/code/", form=form).status == 200


def accounts_lapse(ground: Ground) -> list[Try]:
    """Read until when each account of an office is good, and whether the database ends sessions with it."""
    page = walk.spoken(ground.ask("/colleagues/", cookie=ground.session(ground.offices["provider"])).text)
    days = ground.pack.practices["lapse_days"]
    until = [datetime.strptime(one, "%B %d, %Y").date() for one in LAPSES.findall(page)]  # noqa: DTZ007 (a day)
    latest = date.today() + timedelta(days=int(str(days)) + 1)  # noqa: DTZ011 (a day more covers every time zone)
    asked = (
        "select count(*) from pg_trigger t join pg_proc p on p.oid = t.tgfoid"
        " where not t.tgisinternal and t.tgenabled = 'O' and (t.tgrelid, p.proname) in"
        " (('wellkept.accounts_session'::regclass, 'accounts_hold_to_lapse'),"
        " ('wellkept.accounts_account'::regclass, 'accounts_shorten_sessions'))"
    )
    with ground.connect("proof") as proof:
        held = proof.execute(asked).fetchone()
        kept = proof.execute("select days from wellkept.accounts_lapse").fetchone()
    return [
        refused(
            "Find an account that is good for longer",
            f"We read until when each account of a made-up office lasts: {days} days at most.",
            held=bool(until) and max(until) <= latest and kept == (days,),
        ),
        refused(
            "Keep a session longer than its account",
            "We looked in the database for what ends sessions with their account.",
            held=held == (2,),
        ),
    ]


def each_audience_agrees_first(ground: Ground) -> list[Try]:
    """As somebody of each audience who has agreed to nothing: open pages, agree to other terms, call the functions."""
    told = []
    for kind in KINDS:
        one = ground.offices[f"{kind} newcomer"]
        cookie = fresh(ground, one)
        pages = (f"/{kind}/", "/colleagues/", "/colleagues/list/")
        none = shut(ground, cookie, pages)
        token = ground.token(ground.ask("/sign-in/agree/", cookie=cookie).text)
        other = next(word for word in KINDS if word != kind)
        for path in (f"{other}-terms/2026-11-01", "member-terms/2026-11-01", f"{kind}-terms/2020-01-01"):
            ground.ask(f"/sign-in/agree/{path}/", form={"token": token, "agree": "on"}, cookie=cookie)
        still = shut(ground, cookie, pages)
        text = walk.spoken(ground.ask("/sign-in/agree/", cookie=cookie).text)
        told += [
            refused(
                f"Come in as {words(kind)} before any terms",
                "Somebody who has agreed to nothing opened pages, and asked the database for their own record.",
                held=none and not opened(ground, cookie),
            ),
            refused(
                f"Come in as {words(kind)} under other terms",
                "They agreed to another audience's terms, to the members', and to an old version.",
                held=still,
            ),
            Try(
                f"Find terms of {words(kind)} that bind nobody",
                "We read what is asked of them first.",
                "It names law, contract and ethics" if all(b in text for b in BOUND) else "It names too little",
                held=all(b in text for b in BOUND),
            ),
        ]
    return [*told, no_rule_without_a_text(ground)]


def words(kind: str) -> str:
    """An audience with its article."""
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"


def fresh(ground: Ground, one: Member) -> str:
    """A session of somebody who agrees to nothing on the way in. Tries of one round share it, and none ends it."""
    known: dict[str, str] = ground.memo.setdefault("fresh", {})
    if one.login not in known:
        answer = ground.ask("/sign-in/", form={"login": one.login, "password": one.password})
        known[one.login] = held(answer) if answer.status == 302 else ""
    return known[one.login]


def shut(ground: Ground, cookie: str, pages: tuple[str, ...]) -> bool:
    """Whether each page sends to the terms and shows nothing."""
    answers = [ground.ask(page, cookie=cookie) for page in pages]
    return bool(cookie) and all(
        (one.status, one.headers.get("location", "")) == (302, "/sign-in/agree/") for one in answers
    )


def opened(ground: Ground, cookie: str) -> bool:
    """Whether the database shows a session its own contact, or who else of its organisation comes in."""
    session = hashlib.sha256(cookie.partition("=")[2].encode()).digest()
    with ground.connect("web") as web:
        people = web.execute("select count(*) from wellkept.accounts_colleagues(%s)", [session]).fetchone()
        asked = "select wellkept.gate_enter(%s, null, 'PATRQT', '{contact}', null)"
        entry = web.execute(asked, [session]).fetchone()
        web.execute("select wellkept.gate_flush()")
        try:
            with web.transaction():
                web.execute("select wellkept.gate_hold(%s)", [entry[0] if entry else 0])
        except Exception as error:  # noqa: BLE001 (a refusal of the database is what we want; its words say which)
            return people != (0,) or not str(error).startswith("needs")
    return True


def no_rule_without_a_text(ground: Ground) -> Try:
    """Whether any rule opens something to people who have agreed to no text."""
    with ground.connect("proof") as proof:
        bare = proof.execute(
            "select count(*) from wellkept.access_rule where role not in ('intake', 'jobs', 'mail_room')"
            " and not needs && '{terms,agreement}'::text[]"
        ).fetchone()
    return Try(
        "Find a way around the terms",
        "We looked for a rule that opens anything to somebody who has agreed to nothing.",
        "None found" if bare == (0,) else "Found",
        held=bare == (0,),
    )
