"""The claims page without gate, lock and entry: same queries, keys and template, as a role no row security holds.

Outside the package, for one figure alone: what the lock costs a page.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from wellkept.benefits import queries as benefits
from wellkept.people.queries import identity
from wellkept.vault.queries import Ring
from wellkept.web.member import claims, door


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a page is given in place of an opening."""

    entry: int
    subjects: tuple[UUID, ...]
    categories: frozenset[str]
    purpose: str
    ring: Ring

    def unseal(self, subject: UUID, retention: str, field: str, row: UUID, sealed: bytes) -> str:
        """As an opening does it."""
        return self.ring.unseal(subject=subject, retention=retention, field=field, row=row, sealed=sealed)

    def seal(self, subject: UUID, retention: str, field: str, row: UUID, text: str) -> bytes:
        """As an opening does it."""
        return self.ring.seal(subject=subject, retention=retention, field=field, row=row, text=text)


def page(request: HttpRequest) -> HttpResponse:
    """The list of claims, of whoever the session belongs to."""
    vars(request)["nav"] = door.navigation()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select person_id from wellkept.accounts_session"
            " where secret_hash = %s and expires > now() and seen > now() - idle",
            [door.secret(request)],
        )
        (person,) = cursor.fetchone()
        with Ring(subjects=(person,)) as ring:
            key = Unlocked(0, (person,), frozenset(), "PATRQT", ring)
            who = identity(key)
            vars(request)["signed_in_as"] = who.greeting if who else ""
            found = benefits.claims(key, page=1)
    given = {"table": claims.table(found.lines), "pager": claims.pager(found, 1), "total": found.total}
    return door.page(request, "claims", given)


urlpatterns = [path("twin/", page), path("", include("wellkept.web.urls"))]
