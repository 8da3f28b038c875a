"""Tries against one's own account: what it shows, "this was not me", another password, another address (U-30, P-18).

They use the guest, to whom access codes belong: each round leaves the guest with the password it began with.
"""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from wellkept.proof import walk
from wellkept.proof.family import canary
from wellkept.proof.ground import Answer, Ground, Member, Try
from wellkept.proof.probes.entrance import redeem, refused
from wellkept.proof.probes.site import found

WHO: Final = "guest"
HOME: Final = "/account/"
CHANGE: Final = "/account/password/"
ADDRESS: Final = "/account/address/"
DOUBT: Final = re.compile(r"/account/not-me/([0-9a-f-]{36})/")
QUOTED: Final = re.compile(r'<p class="big">([0-9A-Z]{4}-[0-9A-Z]{4})</p>')
SEEN_TO: Final = re.compile(r'action="(/desk/alarms/[0-9a-f-]{36}/done/)"')
CODE: Final = re.compile(r"^([2-9A-Z]{8})\r?$", re.MULTILINE)
LINK: Final = re.compile(r"(/account/address/undo/[a-z2-7]+/)")
Mails = Sequence[tuple[tuple[str, ...], str]]
BROWSER: Final = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def guest(ground: Ground) -> Member:
    """The guest, with an account that the usual password opens; made once a round."""
    member = ground.members[WHO]
    if not ground.memo.get("guest"):
        ground.memo["guest"] = redeem(ground, member, ground.issue_codes(member, 1, 60)[0])
    return member


def post(ground: Ground, path: str, cookie: str, **said: str) -> Answer:
    """Send a form of one's own."""
    token = ground.token(ground.ask(HOME, cookie=cookie).text)
    return ground.ask(path, form={"token": token, **said}, cookie=cookie, headers=BROWSER)


def opens(ground: Ground, *cookies: str) -> int:
    """How many of these sign-ins open one's own pages."""
    return sum(ground.ask("/member/", cookie=cookie).status == 200 for cookie in cookies)


NEW: Final = 2
"""How many lines a sign-in adds to a page: itself, and that it happened."""


def what_happened_is_told_to_its_owner(ground: Ground) -> list[Try]:
    """Sign in twice, read the list as its owner and as another; then say that it was not me."""
    member, other = guest(ground), ground.members["other"]
    mine = ground.sign_in(member)
    before = set(DOUBT.findall(ground.ask(HOME, cookie=mine).text))
    thief = ground.sign_in(member)
    page = ground.ask(HOME, cookie=mine).text
    # What is new: the sign-in that is open, and what the list says of it.
    new = set(DOUBT.findall(page)) - before
    number = next(iter(DOUBT.findall(page)), "")
    theirs = ground.session(other)
    foreign = ground.ask(f"/account/not-me/{number}/", cookie=theirs).status
    forced = post(ground, f"/account/not-me/{number}/", theirs).status
    stood = opens(ground, mine, thief)
    shut = post(ground, f"/account/not-me/{number}/", mine)
    after = opens(ground, mine, thief)
    closed = not ground.sign_in(member)
    listed = quoted(ground, shut)
    again = redeem(ground, member, ground.issue_codes(member, 1, 60)[0]) and bool(ground.sign_in(member))
    return [
        found(
            "Sign in without its owner reading of it",
            "A made-up member signed in twice and read their own list.",
            bad=len(new) < NEW or "Somebody signed in." not in walk.spoken(page),
        ),
        found(
            "Find an address in the list",
            "We looked on that page for the address we came from, and for what our browser calls itself.",
            bad="127.0.0.1" in page or "Mozilla" in page or "wellkept-proof" in page,
        ),
        refused(
            "Shut somebody else's account",
            "Another made-up member opened the link beside a sign-in and sent its form.",
            held=bool(number) and (foreign, forced, stood) == (404, 404, 2),
        ),
        refused(
            "Go on after its owner said that it was not them",
            "The member said so of a sign-in. We used both sign-ins, and then the password.",
            held=shut.status == 200 and after == 0 and closed and again,
        ),
        found(
            "Say it without anybody of ours knowing",
            "We looked for the number of it on the list of customer service, and for a name beside it.",
            bad=not listed,
        ),
    ]


def quoted(ground: Ground, shut: Answer) -> bool:
    """Whether customer service reads the number, and no name; then it is seen to."""
    number = QUOTED.search(shut.text)
    staff = next(one for name, one in ground.staff.items() if name.partition(" ")[0] == "representative")
    cookie = ground.session(staff)
    page = ground.ask("/desk/alarms/", cookie=cookie).text
    for action in SEEN_TO.findall(page):
        ground.ask(action, form={"token": ground.token(page)}, cookie=cookie)
    names = (ground.members[WHO].login, *ground.members[WHO].canaries[:2])
    return number is not None and number[1] in page and not any(name in page for name in names)


def a_password_is_changed_by_who_knows_it(ground: Ground) -> list[Try]:
    """Change it with a wrong old one, with the right one, and twice at once; look what still opens; change it back."""
    member = guest(ground)
    mine, other = ground.sign_in(member), ground.sign_in(member)
    new = f"{canary()} {canary()} {canary()}"
    guessed = post(ground, CHANGE, mine, old=canary(), new=new)
    still = opens(ground, mine, other)
    changed = post(ground, CHANGE, mine, old=member.password, new=new)
    stands, gone = opens(ground, mine), opens(ground, other)
    old, known = ground.sign_in(member), ground.sign_in(replace(member, password=new))
    noted = "The password was changed." in walk.spoken(ground.ask(HOME, cookie=mine).text)
    with ThreadPoolExecutor(2) as both:
        raced = list(both.map(lambda cookie: back(ground, cookie, new, member.password), (mine, known)))
    return [
        refused(
            "Change a password without the old one",
            "In an open sign-in we gave a wrong old password.",
            held=guessed.status == 400 and still == 2,
        ),
        found(
            "Go on after the password was changed",
            "A made-up member changed it in one browser. We used the other, and then the old password.",
            bad=changed.status != 200 or stands != 1 or gone != 0 or bool(old) or not known,
        ),
        found(
            "Change it in silence",
            "We looked for it in the list of what happened with the account.",
            bad=not noted,
        ),
        found(
            "Change it twice at once",
            "Two browsers changed it in the same moment, both with the old password.",
            bad=sum(raced) != 1 or not ground.sign_in(member),
        ),
    ]


def back(ground: Ground, cookie: str, old: str, new: str) -> bool:
    """Change the password once more; whether it was done."""
    return post(ground, CHANGE, cookie, old=old, new=new).status == 200


def a_changed_address_is_told_and_taken_back(ground: Ground) -> list[Try]:
    """In a rehearsal: give an address, change it twice as a thief would, and take it back by the first mail."""
    there = ground.rehearse()
    # The rehearsal serves its entrance itself, also where the installation has a process of its own for it.
    here = replace(ground, base=there.base, trusted=there.certificate, entrance="", memo={})
    member = guest(ground)
    owner, thief = here.sign_in(member), here.sign_in(member)
    first, second, third = (f"{canary().lower()}@mail.example" for _ in range(3))
    began = len(there.mails)
    kept = changed(here, owner, first, there.mails)
    guessed = given(here, thief, second) and post(here, ADDRESS, thief, act="code", code="22222222").status == 400
    early = first in here.ask(ADDRESS, cookie=owner).text
    took = confirmed(here, thief, there.mails) and changed(here, thief, third, there.mails)
    links = [told(there.mails[began:], to) for to in (first, second)]
    looked = here.ask(links[0], own=False).status if links[0] else 0
    before = opens(here, owner, thief)
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _n: here.ask(links[0], form={}), range(2))) if links[0] else []
    after = opens(here, owner, thief)
    later = here.ask(links[1], form={}).status if links[1] else 0
    home = here.sign_in(member)
    page = here.ask(ADDRESS, cookie=home).text
    tidy = post(here, ADDRESS, home, act="forget").status
    mails = [mail for to, mail in there.mails[began:] if to[0] in (first, second)]
    return [
        refused(
            "Change the address without its code",
            "We gave a new address and a wrong code, and looked which one is in use.",
            held=kept and guessed and early,
        ),
        found(
            "Change it without the old address knowing",
            "We changed it twice, and looked what came to the addresses before; nothing in it may tell of anybody.",
            bad=not took or not all(links) or any(member.login in mail or third in mail for mail in mails),
        ),
        found(
            "Keep an address that its owner took back",
            "Two presses at once of the first mail's button: one works, every sign-in ends, and nobody is signed in.",
            bad=sorted(one.status for one in answers) != [200, 404]
            or any(one.cookies for one in answers)
            or (looked, before, after) != (200, 2, 0),
        ),
        found(
            "Undo the undoing",
            "We pressed the button of the mail to the address in between, and looked which one is in use.",
            bad=later != 404 or first not in page or third in page or tidy != 302,
        ),
    ]


def given(ground: Ground, cookie: str, to: str) -> bool:
    """Give an address; whether a code went there."""
    return post(ground, ADDRESS, cookie, act="address", address=to).status == 302


def confirmed(ground: Ground, cookie: str, mails: Mails) -> bool:
    """Type the code that was mailed last; whether it was right."""
    sent = [CODE.findall(mail) for _to, mail in mails]
    code = next((codes[0] for codes in reversed(sent) if codes), "")
    return post(ground, ADDRESS, cookie, act="code", code=code).status == 302


def changed(ground: Ground, cookie: str, to: str, mails: Mails) -> bool:
    """Give an address and confirm it."""
    return given(ground, cookie, to) and confirmed(ground, cookie, mails)


def told(mails: Mails, to: str) -> str:
    """The path of the link that was mailed to an address; empty where none was."""
    links = [LINK.search(mail) for recipients, mail in mails if recipients == (to,)]
    return next((urlsplit(link[1]).path for link in links if link), "")
