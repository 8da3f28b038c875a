"""The explanation of benefits of one claim: as a page, as a tagged PDF, and by post (U-29, R-05, R-15).

A letter goes where its person wants it; the PDF bears an address only where they gave one in confidence, and then that.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from wellkept.benefits import cards
from wellkept.benefits import queries as benefits
from wellkept.benefits.values import ClaimStory
from wellkept.files import paper
from wellkept.people.queries import Identity
from wellkept.policy.words import Category, Key
from wellkept.web.member import posting, wording
from wellkept.web.member.door import at, opened, page
from wellkept.web.member.posting import Post
from wellkept.web.shell import explaining, serving
from wellkept.web.shell.explaining import Explanation

KIND: Final = "explanation"
CLAIM: Final = (Category.CLAIMS, Category.SENSITIVE_CLAIMS)


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, what it comes to in words (None while it is not decided), and how its letter stands, if it is mine."""

    story: ClaimStory
    said: Explanation | None
    post: Post | None


def explanation(request: HttpRequest, number: UUID, person: UUID | None = None) -> HttpResponse:
    """The page; posted, the paper goes into the print queue."""
    found = read(request, number, person, order=request.method == "POST")
    here = at(person, f"claims/{number}/")
    if request.method == "POST":
        return HttpResponseRedirect(f"{here}explanation/")
    given = {
        "said": found.said, "post": found.post, "claim_at": here, "status": wording.status(found.story.claim),
        "lead": explaining.lead(), "name": wording.provider(found.story.claim),
    }  # fmt: skip
    return page(request, "explanation", given)


def as_pdf(request: HttpRequest, number: UUID, person: UUID | None = None) -> HttpResponse:
    """The same as a tagged PDF; a claim that is not decided has none, and the page says so."""
    found = read(request, number, person, order=False)
    if found.said is None:
        return HttpResponseRedirect(at(person, f"claims/{number}/explanation/"))
    pack = serving.pack()
    to = found.post.window if found.post else ()
    made = paper.pdf(KIND, explaining.paper(found.said, pack=pack, to=to, today=serving.today(pack)))
    return posting.file(made, name="explanation-of-benefits.pdf", kind="application/pdf")


def read(request: HttpRequest, number: UUID, person: UUID | None, *, order: bool) -> Found:
    """The claim, opened once. Only one's own paper can be sent; another's address is nobody's business."""
    asked = None if person else posting.elsewhere(request)
    shown = CLAIM if person else (*CLAIM, Category.CONTACT)
    with opened(request, *shown, subject=person) as (key, who):
        story = benefits.claim(key, number)
        if story is None:
            raise Http404
        said = described(key, story, who)
        own = person is None and said is not None
        post = posting.standing(key, who, kind=KIND, about=number, elsewhere=asked) if own else None
        if order and post and said:
            send(key, story, said, post)
    return Found(story, said, post)


def described(key: Key, story: ClaimStory, who: Identity | None) -> Explanation | None:
    """The claim in the words of an explanation."""
    pack = serving.pack()
    plan = cards.plan_of(key, story.claim.id)
    return explaining.explanation(story, who=who, plan=plan, pack=pack, today=serving.today(pack))


def send(key: Key, story: ClaimStory, said: Explanation, post: Post) -> None:
    """Put it into the print queue. The address is written when it is printed."""
    pack = serving.pack()
    data = explaining.paper(said, pack=pack, to=(), today=serving.today(pack))
    category = Category.SENSITIVE_CLAIMS if story.claim.sensitive else Category.CLAIMS
    plan = cards.plan_of(key, story.claim.id)
    posting.send(
        key, post, kind=KIND, about=story.claim.id, plan=plan.id if plan else None, template=KIND, data=data,
        category=category,
    )  # fmt: skip
