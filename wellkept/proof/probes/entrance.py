"""Tries against the way in: what it asks, whom it lets in, what it tells of who is known, what a child leaves."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Final

from wellkept.proof import search, walk
from wellkept.proof.family import canary
from wellkept.proof.ground import Answer, Ground, Member, Try
from wellkept.proof.probes.registering import BORN, born, cleared, declared, names, offered, pages, typed
from wellkept.proof.probes.site import found
from wellkept.proof.walk import Page

ACCOUNT: Final = "/account/"
ENDS: Final = re.compile("/account/sessions/([0-9a-f-]{36})/end/")
GROWN: Final = {"birth_date_month": "3", "birth_date_day": "4", "birth_date_year": "1970"}
SERVES: Final = ("to deliver", "to answer you", "answers within", "to give you the service", "to open your own pages")
"""How forms say which of the three reasons they serve: to deliver, to answer, to provide what was asked for."""


def registration_asks_what_it_declares(ground: Ground) -> list[Try]:
    """Compare the fields of each page with what is declared, look for hidden ones, and send one more."""
    there = pages(ground)
    fields = {path: names(answer) for path, answer in there.items()}
    other = [path for path, found in fields.items() if found != set(declared(path))]
    hidden = [
        path for path, answer in there.items() if any(one.get("type") == "hidden" for one in Page(answer.text).fields())
    ]
    word = canary()
    with cleared(ground):
        stranger = typed("member", day=ground.members["guest"].birth_date)
        answer = ground.ask("/register/member/", form=stranger | {"phone": word, "social_security_number": word})
        kept = search.in_tables(ground, [word])
    return [
        Try(
            "Find a field that is not declared",
            f"We compared {sum(map(len, fields.values()))} fields with what registration says it asks.",
            "None found" if not other else "They differ",
            held=not other,
        ),
        found("Find a hidden field", "We looked for a field that a person does not see.", bad=bool(hidden)),
        found(
            "Send more than is asked",
            "We sent two answers nobody asked for, then looked for them in every table.",
            bad=answer.status != 200 or bool(kept),
        ),
    ]


def required_fields_are_enough(ground: Ground) -> list[Try]:
    """Send each form with the fields that are not marked optional and nothing else, then with nothing at all."""
    there, day = pages(ground), ground.members["guest"].birth_date
    marked = {path: optional(answer.text) for path, answer in there.items()}
    grown = born(day)
    code = grown | {"code": canary(), "login": canary(), "password": "a long enough pass phrase"}
    other = {"/register/": (grown, 200), "/register/which/": (grown | {"audience": "member"}, 200)}
    other["/register/code/"] = (code, 400)
    sent = {path: other.get(path) or (typed(path.split("/")[2], day=day), 200) for path in there}
    with cleared(ground):
        refused = [
            path
            for path, (form, status) in sent.items()
            if wrong(ground.ask(path, form={name: v for name, v in form.items() if name not in marked[path]}), status)
        ]
    silent = [path for path in there if ground.ask(path, form=dict.fromkeys(declared(path), "")).status != 400]
    return [
        Try(
            "Leave out all that is optional",
            "We sent each form of registration with its required fields alone.",
            "Accepted" if not refused else "Refused",
            held=not refused,
        ),
        Try(
            "Leave out what is required",
            "We sent each form empty, to see that the required fields are the ones it says.",
            "Asked again" if not silent else "Accepted",
            held=not silent,
        ),
    ]


def optional(text: str) -> set[str]:
    """The names of the fields that a page marks as optional."""
    chunks = text.split('class="field')[1:]
    return {one.get("name", "") for chunk in chunks if "(optional)" in chunk for one in Page(chunk).fields()}


def wrong(answer: Answer, status: int) -> bool:
    """Whether a form asked for more than was sent. A code that opens nothing is not a field that is missing."""
    missing = "Enter " in answer.text or "is required" in answer.text
    return answer.status != status or missing


def every_form_says_its_reason(ground: Ground) -> list[Try]:
    """Look at every form for what its answers are for: to deliver, to answer, or to provide what was asked for."""
    cookie = ground.session(ground.members["one"])
    forms = pages(ground) | {
        "/sign-in/": ground.ask("/sign-in/"),
        "/member/privacy/requests/ask/": ground.ask("/member/privacy/requests/ask/", cookie=cookie),
    }
    silent = [
        path for path, answer in forms.items() if not any(reason in walk.spoken(answer.text) for reason in SERVES)
    ]
    return [
        Try(
            "Find a form without a reason",
            f"We read {len(forms)} forms, before and after the sign-in.",
            "None found" if not silent else "Found",
            held=not silent,
        )
    ]


def a_child_leaves_nothing(ground: Ground) -> list[Try]:
    """Begin as a child of ten, go on past the door with canaries in each field, then come back grown up."""
    first = ground.ask("/register/")
    asked = {one.get("name", "") for one in Page(first.text).fields()}
    day = f"{date.today().year - 10}-01-02"  # noqa: DTZ011  (ten years are ten years in every time zone)
    stopped = ground.ask("/register/", form=born(day))
    words = [canary() for _ in range(4)]
    pushed = [ground.ask(f"/register/{kind}/", form=filled(kind, words, day)) for kind in offered(ground)]
    pushed.append(ground.ask("/register/which/", form=born(day) | {"audience": "member"}))
    code = ground.ask(
        "/register/code/", form=born(day) | {"code": words[3], "login": words[0], "password": words[1] * 2}
    )
    cookie = "; ".join(line.partition(";")[0] for line in stopped.cookies)
    again = ground.ask("/register/", form=GROWN, cookie=cookie)
    kept = search.in_tables(ground, words)
    files, searched = search.in_files(search.files(ground)[: search.LEAST_FILES], words)
    shut = [
        one
        for one in (stopped, *pushed, code, again)
        if "cannot register here" not in one.text or Page(one.text).fields()
    ]
    return [
        Try(
            "Look what is asked first",
            "We opened registration and looked at its first question.",
            "The birth date alone" if asked == set(BORN) else "More",
            held=asked == set(BORN),
        ),
        Try(
            "Register as a child",
            "We gave the birth date of a child of ten, on each page, and then that of a grown-up in the same browser.",
            "Refused" if not shut else "Let in",
            held=not shut,
        ),
        found(
            "Find what the child typed",
            f"We looked for each made-up word of the child in every table and in {searched // 10**6} MB of files.",
            bad=bool(kept or files),
        ),
        Try(
            "Find a way for parents",
            "We read what the page says instead.",
            "They can call"
            if "parent or guardian" in stopped.text and ground.pack.phone in walk.spoken(stopped.text)
            else "Nothing said",
            held="parent or guardian" in stopped.text and ground.pack.phone in walk.spoken(stopped.text),
        ),
    ]


def filled(kind: str, words: list[str], day: str) -> dict[str, str]:
    """A path with the same few words in each of its fields that takes any."""
    return typed(kind, day=day) | dict(zip(("first_name", "last_name", "name", "organisation"), words, strict=True))


def registration_answers_alike(ground: Ground) -> list[Try]:
    """Ask for a code as somebody on the list, as nobody, and as somebody with one wrong letter; compare every byte."""
    guest = ground.members["guest"]
    first, last = guest.canaries[:2]
    stranger = typed("member", day=guest.birth_date)
    known = stranger | {"first_name": first, "last_name": last, "member_number": guest.number}
    with cleared(ground):
        forms = (known, stranger, known | {"last_name": canary()})
        answers = [ground.ask("/register/member/", form=form) for form in forms]
    bodies = {answer.body for answer in answers}
    heads = {
        (
            one.status,
            one.cookies,
            *(one.headers.get(name) for name in ("content-type", "location", "set-cookie", "content-length")),
        )
        for one in answers
    }
    return [
        Try(
            "Find out who is on the list",
            "We asked for a code as somebody on the list, as nobody, and with one name wrong, and compared the "
            "pages letter by letter.",
            "The same page" if len(bodies) == 1 and answers[0].status == 200 else "Different pages",
            held=len(bodies) == 1 and answers[0].status == 200,
        ),
        Try(
            "Find it out from what a browser gets besides",
            "We compared status, size and headers of the three answers.",
            "The same" if len(heads) == 1 else "They differ",
            held=len(heads) == 1,
        ),
    ]


def an_access_code_works_once(ground: Ground) -> list[Try]:
    """With fresh codes of the guest: another birth date, guesses, use, use again, two at once, one that has run out."""
    guest = ground.members["guest"]
    first, second, third = ground.issue_codes(guest, 3, 60)
    (late,) = ground.issue_codes(guest, 1, -1)
    shared = redeem(ground, guest, first, day=ground.members["other"].birth_date)
    guessed = [redeem(ground, guest, first[:-1] + letter) for letter in "23456" if letter != first[-1]]
    stored = search.in_tables(ground, [first, first.replace("-", "")])
    used = redeem(ground, guest, first)
    again = [redeem(ground, guest, first), redeem(ground, guest, second)]
    fresh = ground.issue_codes(guest, 1, 60)[0]
    with ThreadPoolExecutor(2) as both:
        raced = list(both.map(lambda _number: redeem(ground, guest, fresh), range(2)))
    expired = redeem(ground, guest, late)
    return [
        refused("Share a code", "We used a made-up member's code with the birth date of another.", held=not shared),
        refused("Guess a code", f"We changed the last letter of a code {len(guessed)} times.", held=not any(guessed)),
        found(
            "Find a code that can be read",
            "We looked for the code itself in every table; only a keyed hash may be there.",
            bad=bool(stored),
        ),
        refused(
            "Use a code twice",
            "We used a code, then the same one again, then another one made before it.",
            held=used and not any(again) and bool(third),
        ),
        refused("Use a code twice at once", "Two browsers used one code in the same moment.", held=sum(raced) == 1),
        refused("Use a code too late", "We used a code that had run out.", held=not expired),
    ]


def refused(name: str, sentence: str, *, held: bool) -> Try:
    """A try that must not get in."""
    return Try(name, sentence, "Refused" if held else "Let in", held=held)


def redeem(ground: Ground, guest: Member, code: str, *, day: str = "") -> bool:
    """Use a code by the form; whether it let the guest in."""
    form = {"code": code, **born(day or guest.birth_date), "login": guest.login, "password": guest.password}
    return ground.ask("/register/code/", form=form).status == 200


def an_ended_session_opens_nothing(ground: Ground) -> list[Try]:
    """Sign in twice, end one session from the other, use it; then try to end somebody else's."""
    one, other = ground.members["one"], ground.members["other"]
    mine, lost, theirs = ground.sign_in(one), ground.sign_in(one), ground.sign_in(other)
    before = ground.ask("/member/", cookie=lost).status
    visits, others = listed(ground, mine), set(listed(ground, theirs))
    newest = [number for number in visits if number not in others]
    foreign = [end(ground, theirs, number) for number in newest[:5]]
    stands = ground.ask("/member/", cookie=lost).status
    for number in ended(ground, mine)[:1]:
        end(ground, mine, number)
    after = ground.ask("/member/", cookie=lost).status
    ground.ask(
        "/sign-out/",
        form={"token": ground.token(ground.ask(ACCOUNT, cookie=mine).text)},
        cookie=mine,
    )
    out = ground.ask("/member/", cookie=mine).status
    return [
        Try(
            "See where one is signed in",
            "A made-up member signed in twice and looked at their own list.",
            "Both are listed" if len(visits) > 1 else "Not listed",
            held=len(visits) > 1,
        ),
        refused(
            "End somebody else's session",
            f"Another member tried to end {len(foreign)} of their sessions.",
            held=bool(foreign) and stands == before,
        ),
        refused(
            "Use a session that was ended",
            "The member ended it from the other browser; the next request used it.",
            held=before == 200 and after != 200,
        ),
        refused(
            "Use a session after signing out",
            "The member signed out and asked for a page with the same key.",
            held=out != 200,
        ),
    ]


def listed(ground: Ground, cookie: str) -> list[str]:
    """The visits in a member's own list, newest first."""
    page = ground.ask(ACCOUNT, cookie=cookie).text
    actions = [attrs.get("action", "") for tag, attrs in Page(page).tags if tag == "form"]
    return [found[1] for action in actions if (found := ENDS.fullmatch(action))]


def ended(ground: Ground, cookie: str) -> list[str]:
    """The visits a member may end that are not the one they look from, the newest first."""
    page = ground.ask(ACCOUNT, cookie=cookie).text
    rows = [row for row in page.split("<li")[1:] if ENDS.search(row) and "End this session and sign out" not in row]
    return [number for row in rows for number in (row.split("/account/sessions/")[1].split("/")[0],)]


def end(ground: Ground, cookie: str, number: str) -> int:
    """End a visit by the form of one's own list."""
    page = ground.ask(ACCOUNT, cookie=cookie).text
    return ground.ask(f"/account/sessions/{number}/end/", form={"token": ground.token(page)}, cookie=cookie).status
