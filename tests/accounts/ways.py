"""Second ways of the people in the tests: an authenticator app, recovery codes, and time that passes for them."""

import time
from dataclasses import dataclass

from tests.accounts.people import Card, ask, change, entered
from tests.cluster import Cluster
from wellkept.accounts import totp, ways
from wellkept.accounts.actions import secret_hash


@dataclass(frozen=True, slots=True)
class App:
    """An authenticator app in somebody's hand."""

    secret: str

    def code(self, *, later: int = 0) -> str:
        """Its code now, or so many half minutes later."""
        return totp.code(self.secret, int(time.time()) // totp.SECONDS + later)


def with_app(house: Cluster, card: Card) -> App:
    """Set up an app for whoever has that card; the code that confirmed it counts as long past."""
    session = secret_hash(entered(card.login))
    made = ways.begin_app(session)
    assert made
    app = App(made)
    assert ways.confirm_app(session, app.code())
    forget_steps(house, card)
    return app


def with_codes(house: Cluster, card: Card) -> tuple[str, ...]:
    """Ten recovery codes, made in the session that set up the app."""
    found = "select secret_hash from wellkept.accounts_session where person_id = %s order by began limit 1"
    ((secret,),) = ask(house, found, card.person)
    assert isinstance(secret, bytes)
    made = ways.new_codes(secret)
    assert len(made) == ways.CODES
    return made


def forget_steps(house: Cluster, card: Card) -> None:
    """Let the last code of an app be long past, so that this half minute's code is fresh."""
    change(
        house,
        "update wellkept.accounts_authenticator t set last_step = 0 from wellkept.accounts_account a"
        " where a.id = t.account_id and a.person_id = %s",
        card.person,
    )
