"""Papers by post: where they go, whether one waits already, and putting one into the print queue (R-05, U-39)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from wellkept.access import queries as access
from wellkept.accounts.letter import postal
from wellkept.notices import actions, queries
from wellkept.people import joins
from wellkept.people.confidential import Wish, mailing, wish
from wellkept.people.queries import Identity
from wellkept.policy import packs
from wellkept.policy.words import Category, Key, Purpose
from wellkept.web.member.door import secret
from wellkept.web.shell import naming, serving


@dataclass(frozen=True, slots=True)
class Post:
    """How one paper stands. ``address`` is where it would go, empty where nobody knows; ``paper`` False: none may go.

    ``waits_since`` is when it was ordered and is not printed yet; ``sent_at`` when it was printed last.
    """

    name: str
    address: tuple[str, ...]
    paper: bool
    confidential: bool
    waits_since: datetime | None
    sent_at: datetime | None

    @property
    def possible(self) -> bool:
        """Whether it can be ordered now."""
        return self.paper and bool(self.address) and self.waits_since is None

    @property
    def window(self) -> tuple[str, ...]:
        """The address window of a paper one keeps oneself: only an address given in confidence stands there."""
        return (self.name, *self.address) if self.confidential and self.address else ()


def elsewhere(request: HttpRequest) -> Wish | None:
    """What the reader asked for on a record joined with their own. Each is opened, before anything else is open."""
    held = secret(request)
    for line in joins.mine(held):
        with access.enter(
            held, purpose=Purpose.PATIENT_REQUEST, categories=[Category.CONTACT], subjects=[line.other]
        ) as key:
            if asked := wish(key):
                return asked
    return None


def standing(key: Key, who: Identity | None, *, kind: str, about: UUID, elsewhere: Wish | None) -> Post:
    """How the paper of this kind about this plan or claim stands. The opening names ``contact`` and what it tells."""
    where, order = mailing(key, elsewhere=elsewhere), queries.order(key, kind=kind, about=about)
    return Post(
        name=naming.written(who.full) if who else "", address=tuple(postal(where.address)), paper=where.paper,
        confidential=where.confidential, waits_since=order.waits_since, sent_at=order.printed_at,
    )  # fmt: skip


def send(
    key: Key, post: Post, *, kind: str, about: UUID, plan: UUID | None, template: str, data: Mapping[str, object],
    category: Category,
) -> None:  # fmt: skip
    """Put it into the queue, unless it waits there or may not go."""
    if not post.possible:
        return
    pack = serving.pack()
    actions.ask_for(
        key, kind=kind, about=about, body=json.dumps({"template": template, "data": data}), category=category,
        plan=plan, collected_under=packs.now_in_force(pack).version,
    )  # fmt: skip


def file(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """A paper as a file that no cache keeps. ``name`` says what it is, and nothing of whom."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
