"""Our policy by post: a copy on paper of the version in force, for whoever asks (45 CFR 164.520(c)(1)(iv))."""

from typing import Final
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wellkept.files.letterhead import letterhead
from wellkept.people.confidential import Wish
from wellkept.people.queries import Identity
from wellkept.policy import packs
from wellkept.policy.shapes import Pack, PolicyVersion
from wellkept.policy.words import Category, Key
from wellkept.web.member import posting
from wellkept.web.member.door import opened, page
from wellkept.web.member.posting import Post
from wellkept.web.shell import serving
from wellkept.web.shell.templatetags.shell import day

KIND: Final = "privacy notice"
ABOUT: Final = UUID("7d5c2a6e-52c9-5b0e-9f0c-0b1d7a3c5e11")
"""What the ids of the policy's versions are made from, so that one waits in the queue once at a time."""


def copy(request: HttpRequest) -> HttpResponse:
    """Where it would go, whether one waits, and the button that orders it."""
    if request.method == "POST":
        read(request, order=True)
        return HttpResponseRedirect("/member/privacy/policy/")
    found = read(request, order=False)
    return page(request, "policy_copy", {"post": found, "version": in_force()})


def read(request: HttpRequest, *, order: bool) -> Post:
    """How the paper stands; with ``order`` it goes into the print queue."""
    asked, version = posting.elsewhere(request), in_force()
    with opened(request, Category.CONTACT) as (key, who):
        post = standing(key, who, version, asked)
        if order:
            posting.send(
                key, post, kind=KIND, about=about(version), plan=None, template="policy", category=Category.CONTACT,
                data=paper(serving.pack(), version),
            )  # fmt: skip
        return post


def standing(key: Key, who: Identity | None, version: PolicyVersion, asked: Wish | None) -> Post:
    """How the paper of this version stands."""
    return posting.standing(key, who, kind=KIND, about=about(version), elsewhere=asked)


def about(version: PolicyVersion) -> UUID:
    """The id of a version, for the queue."""
    return uuid5(ABOUT, version.version)


def in_force() -> PolicyVersion:
    """The version in force today, in the language of the page."""
    pack = serving.pack()
    return packs.now_in_force(pack)


def paper(pack: Pack, version: PolicyVersion) -> dict[str, object]:
    """The whole policy in finished words for its paper."""
    given = {"name": version.version, "day": day(version.effective)}
    return {
        "from": letterhead(pack),
        "lang": get_language() or "en",
        "made_on": serving.today(pack).isoformat(),
        "title": _("Privacy policy"),
        "foot": _("Version %(name)s, in effect from %(day)s.") % given,
        "lead": version.introduction.split("\n\n"),
        "clauses": [[f"{one.id} {one.heading}", one.text.split("\n\n")] for one in version.clauses],
    }
