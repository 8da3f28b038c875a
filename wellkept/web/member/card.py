"""The ID card: on the screen, as a tagged PDF, as a picture, and by post (U-39).

Each side bears the phone number of customer service. A card names its own person alone. A plan's administrator gives
cards; who keeps personal records gives none.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wellkept.benefits import cards
from wellkept.benefits.cards import CardLine
from wellkept.files import paper
from wellkept.files.letterhead import letterhead
from wellkept.people.confidential import Wish
from wellkept.people.queries import Identity
from wellkept.policy.shapes import Pack
from wellkept.policy.words import Category, Key
from wellkept.web.member import posting
from wellkept.web.member.door import at, opened, page, secret
from wellkept.web.member.posting import Post
from wellkept.web.shell import id_card, serving
from wellkept.web.shell.id_card import Sides

KIND: Final = "id card"
DPI: Final = 300


@dataclass(frozen=True, slots=True)
class Card:
    """One card in finished words; ``post`` is None of another's card."""

    sides: Sides
    post: Post | None

    @property
    def order(self) -> str:
        """Where its order is posted to, beneath the page of cards."""
        return f"{self.sides.plan}/post/"


def card(request: HttpRequest, person: UUID | None = None) -> HttpResponse:
    """Both sides of each card, and what one can do with it."""
    given = {"cards": read(request, person), "here": at(person, "card/"), "coverage_at": at(person, "coverage/")}
    return page(request, "card", given)


def as_pdf(request: HttpRequest, plan: UUID, person: UUID | None = None) -> HttpResponse:
    """The card on letter paper, to cut out."""
    one = the(read(request, person), plan)
    made = paper.pdf("card_sheet", data(one, to=one.post.window if one.post else ()))
    return posting.file(made, name="id-card.pdf", kind="application/pdf")


def as_image(request: HttpRequest, plan: UUID, person: UUID | None = None) -> HttpResponse:
    """Both sides as one picture, for a phone."""
    made = paper.image("card_image", data(the(read(request, person), plan), to=()), dpi=DPI)
    return posting.file(made, name="id-card.png", kind="image/png")


def by_post(request: HttpRequest, plan: UUID) -> HttpResponse:
    """Order my card by post; one order is open at a time."""
    secret(request)
    if request.method == "POST":
        read(request, None, order=plan)
    return HttpResponseRedirect("/member/card/")


def the(found: tuple[Card, ...], plan: UUID) -> Card:
    """The card of one plan; raises ``Http404`` where the person has none."""
    for one in found:
        if one.sides.plan == plan:
            return one
    raise Http404


def read(request: HttpRequest, person: UUID | None, *, order: UUID | None = None) -> tuple[Card, ...]:
    """The cards of the person today; with ``order`` that plan's card goes into the print queue."""
    pack = serving.pack()
    asked = None if person else posting.elsewhere(request)
    shown = (Category.COVERAGE,) if person else (Category.COVERAGE, Category.CONTACT)
    with opened(request, *shown, subject=person) as (key, who):
        if "plans" not in pack.law:
            raise Http404
        lines = cards.cards(key, on=serving.today(pack)) if who else ()
        found = tuple(made(key, line, who, own=person is None, elsewhere=asked) for line in lines if who)
        if order:
            send(key, the(found, order))
    return found


def made(key: Key, line: CardLine, who: Identity, *, own: bool, elsewhere: Wish | None) -> Card:
    """One card in words."""
    post = posting.standing(key, who, kind=KIND, about=line.plan.id, elsewhere=elsewhere) if own else None
    return Card(id_card.sides(line, who), post)


def data(one: Card, *, to: tuple[str, ...]) -> dict[str, object]:
    """The same for the templates ``card_sheet`` and ``card_image``."""
    pack, said = serving.pack(), one.sides
    return {
        "title": _("Your ID card"), "lang": get_language() or "en", "made_on": serving.today(pack).isoformat(),
        "from": letterhead(pack), "to": list(to), "foot": foot(pack), "name": said.name,
        "lead": _("Show it wherever you get care, on paper or on your phone."),
        "facts": [list(fact) for fact in said.facts], "sums": [list(sum_) for sum_ in said.sums],
        "says": list(said.says),
        "words": {
            "card": _("Member ID card"), "member": _("Member"), "call": _("Customer service"), "front": _("Front"),
            "back": _("Back"), "cut": _("Cut out both sides and lay them back to back."),
        },
    }  # fmt: skip


def foot(pack: Pack) -> str:
    """Whom to call."""
    return _("Questions? Call %(phone)s (TTY %(tty)s).") % {"phone": pack.phone, "tty": pack.tty}


def send(key: Key, one: Card) -> None:
    """Put the card into the print queue. The address is written when it is printed."""
    if one.post:
        plan = one.sides.plan
        posting.send(
            key, one.post, kind=KIND, about=plan, plan=plan, template="card_sheet", data=data(one, to=()),
            category=Category.COVERAGE,
        )  # fmt: skip
