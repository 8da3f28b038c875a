"""Some openings the person reads of later: on a paper, by the word of two, with an end, and marked (B-03)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.access.opening import entered, held, number
from tests.cast import Cast, agree, installed, sign_in
from tests.cluster import Cluster

pytestmark = pytest.mark.database
OPENINGS = "select kind, late from wellkept.ledger_openings(%s, 'staff', null, 100)"


@dataclass
class Office:
    """Two officers, and a subscriber whose card finds them."""

    house: Cluster
    cast: Cast
    admin: psycopg.Connection
    web: psycopg.Connection
    index: bytes = field(default_factory=lambda: uuid4().bytes)

    @property
    def person(self) -> UUID:
        return self.cast.people["subscriber"]

    def ask(
        self, *, who: str = "privacy_officer", kind: str = "fraud", paper: str = "memo", reference: str = "M-2026/7",
        days: int = 30, index: bytes | None = None, told: int = 0,
    ) -> tuple[UUID, str]:  # fmt: skip
        """Ask for an inquiry that lasts so many days, from a paper so many days ahead."""
        (today,) = self.admin.execute("select wellkept.access_day(now())").fetchone() or (date.max,)
        made = uuid4()
        row = self.web.execute(
            "select wellkept.unseen_ask(%s, %s, %s, %s, %s, %s, %s, %s)",
            [self.cast.secret[who], made, kind, index or self.index, paper, reference, today + timedelta(days=told),
             today + timedelta(days=days)],
        ).fetchone()  # fmt: skip
        assert row
        return made, row[0]

    def decide(self, made: UUID, who: str = "second", *, grant: bool = True) -> str:
        row = self.web.execute(
            "select wellkept.unseen_decide(%s, %s, %s)", [self.cast.secret[who], made, grant]
        ).fetchone()
        assert row
        return str(row[0])

    def granted(self, *, kind: str = "fraud", paper: str = "memo") -> UUID:
        made, said = self.ask(kind=kind, paper=paper)
        assert (said, self.decide(made)) == ("yes", "yes")
        return made

    def opened(self, made: UUID, who: str = "privacy_officer", why: str = "FRAUD", what: str = "claims") -> str:
        """What came of an opening of the person on the occasion of an inquiry."""
        entry = entered(self.web, self.cast.secret[who], [self.person], what, why=why, occasion=made)
        row = self.admin.execute("select kind from ledger_entry where id = %s", [entry]).fetchone()
        assert row
        return str(row[0])

    def read(self) -> list[tuple[str, bool]]:
        """What the person reads of staff: the kind, and whether it is marked as shown late."""
        entry = entered(self.web, self.cast.secret["subscriber"], None, "openings")
        with held(self.web, entry):
            return [(kind, late is not None) for kind, late in self.web.execute(OPENINGS, [self.person]).fetchall()]

    def end(self, made: UUID, who: str = "second") -> bool:
        row = self.web.execute("select wellkept.unseen_end(%s, %s)", [self.cast.secret[who], made]).fetchone()
        assert row
        return bool(row[0])


@pytest.fixture
def desk(house: Cluster, administrator: psycopg.Connection, web: psycopg.Connection) -> Iterator[Office]:
    cast = installed(house, "umr")
    administrator.autocommit = True
    sign_in(administrator, cast, "second", role="privacy_officer", person=None, actor="Second")
    agree(administrator, cast)
    one = Office(house, cast, administrator, web)
    administrator.execute(
        "insert into people_finder (index, kind, plan_id, person_id) values (%s, 'number_birth', %s, %s)",
        [one.index, cast.plan, one.person],
    )
    yield one
    administrator.execute("delete from people_finder where index = %s", [one.index])
    administrator.execute(
        "delete from ledger_seal where occasion in (select id from access_inquiry where subject = %s)", [one.person]
    )
    administrator.execute("delete from access_inquiry where subject = %s", [one.person])


def test_nobody_reads_of_it_while_it_lasts_and_everything_when_it_ends(desk: Office) -> None:
    made = desk.granted()
    assert desk.opened(made) == "opened"
    assert desk.read() == []
    assert desk.end(made)
    assert ("opened", True) in desk.read()
    assert all(late for _kind, late in desk.read())
    assert desk.opened(made) == "refused"


def test_it_ends_by_itself(desk: Office) -> None:
    made = desk.granted()
    desk.opened(made)
    desk.admin.execute("update ledger_seal set until = now() where occasion = %s", [made])
    assert ("opened", True) in desk.read()
    assert desk.opened(made) == "refused"


def test_other_openings_of_the_same_person_are_read_at_once(desk: Office) -> None:
    desk.granted()
    desk.admin.execute(
        "insert into access_alarm (reasons, account, role, subject, entry, at, same)"
        " values ('{surname}', %s, 'representative', %s, 0, now(), gen_random_uuid()::text)",
        [desk.cast.accounts["representative"], desk.person],
    )
    entered(desk.web, desk.cast.secret["second"], [desk.person], "identity", why="HOPERAT")
    assert desk.read() == [("opened", False)]
    desk.admin.execute("delete from access_alarm where subject = %s", [desk.person])


def test_whoever_asked_cannot_decide(desk: Office) -> None:
    made, _said = desk.ask()
    assert desk.decide(made, "privacy_officer") == "own"
    assert desk.opened(made) == "refused"
    desk.admin.execute("begin")
    with pytest.raises(psycopg.errors.CheckViolation):
        desk.admin.execute("update access_inquiry set decided_by = asked_by, outcome = 'granted' where id = %s", [made])
    desk.admin.execute("rollback")


@pytest.mark.parametrize("who", ["representative", "nurse", "subscriber"])
def test_nobody_else_asks_decides_or_ends(desk: Office, who: str) -> None:
    assert desk.ask(who=who)[1] == "no"
    made, _said = desk.ask()
    assert desk.decide(made, who) == "no"
    desk.decide(made)
    assert not desk.end(made, who)
    assert desk.opened(made, who) == "refused"
    assert desk.web.execute("select * from wellkept.unseen_list(%s)", [desk.cast.secret[who]]).fetchall() == []


def test_the_second_person_opens_nothing(desk: Office) -> None:
    made = desk.granted()
    assert desk.opened(made, "second") == "refused"
    row = desk.web.execute("select wellkept.unseen_subject(%s, %s)", [desk.cast.secret["second"], made]).fetchone()
    assert row == (None,)


@pytest.mark.parametrize(
    ("why", "what"), [("HLEGAL", "claims"), ("HOPERAT", "claims"), ("FRAUD", "sensitive_claims"), ("FRAUD", "contact")]
)
def test_it_opens_for_its_own_purpose_what_it_needs_and_nothing_else(desk: Office, why: str, what: str) -> None:
    assert desk.opened(desk.granted(), why=why, what=what) == "refused"


def test_a_legal_process_opens_for_its_purpose(desk: Office) -> None:
    made = desk.granted(kind="legal", paper="order")
    assert desk.opened(made, why="HLEGAL") == "opened"
    assert desk.opened(made, why="FRAUD") == "refused"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"days": 91}, "days"), ({"days": -1}, "days"), ({"told": 1}, "days"),
        ({"kind": "legal", "paper": "order", "days": 367}, "days"), ({"paper": "order"}, "no"),
        ({"kind": "legal", "paper": "memo"}, "no"), ({"reference": "She has HIV, they say <b>"}, "no"),
        ({"reference": ""}, "no"), ({"kind": "gossip"}, "no"), ({"index": b"0" * 16}, "nobody"),
    ],
)  # fmt: skip
def test_without_a_paper_a_number_and_an_end_there_is_none(desk: Office, given: dict[str, object], said: str) -> None:
    assert desk.ask(**given)[1] == said  # type: ignore[arg-type]


def test_declined_and_withdrawn_open_nothing_and_stay_so(desk: Office) -> None:
    for who in ("second", "privacy_officer"):
        made, _said = desk.ask()
        assert desk.decide(made, who, grant=False) == "yes"
        assert desk.decide(made) == "no"
        assert desk.opened(made) == "refused"


def test_racers_decide_once(desk: Office) -> None:
    made, _said = desk.ask()
    with desk.house.connect("umr", "web") as other:
        other.execute("select wellkept.unseen_decide(%s, %s, false)", [desk.cast.secret["privacy_officer"], made])
        desk.web.execute("set statement_timeout = '200ms'")
        with pytest.raises(psycopg.errors.QueryCanceled):
            desk.decide(made)
        desk.web.execute("reset statement_timeout")
        other.commit()
    assert desk.decide(made) == "no"


def test_each_try_to_find_somebody_counts(desk: Office) -> None:
    desk.admin.execute("update access_budget set people_an_hour = 3 where role = 'privacy_officer'")
    try:
        said = [desk.ask(index=uuid4().bytes)[1] for _each in range(5)]
    finally:
        desk.admin.execute("update access_budget set people_an_hour = 60 where role = 'privacy_officer'")
    assert said[-1] == "budget"


def test_no_receipt_and_no_count_tells_of_it(desk: Office) -> None:
    made = desk.granted()
    entry = entered(desk.web, desk.cast.secret["privacy_officer"], [desk.person], "claims", why="FRAUD", occasion=made)
    own = entered(desk.web, desk.cast.secret["subscriber"], None, "openings")
    with held(desk.web, own):
        counted = desk.web.execute(
            "select who, occasions from wellkept.ledger_opening_counts(%s)", [desk.person]
        ).fetchall()
        assert "staff" not in dict(counted)
        receipt = "select count(*) from wellkept.ledger_entry_of(%s, %s)"
        assert number(desk.web, receipt, [desk.person, entry]) == 0
        inside = "select count(*) from wellkept.ledger_occasion_entries(%s, %s)"
        assert number(desk.web, inside, [desk.person, made]) == 0
    desk.end(made)
    own = entered(desk.web, desk.cast.secret["subscriber"], None, "openings")
    with held(desk.web, own):
        assert number(desk.web, receipt, [desk.person, entry]) == 1
        assert number(desk.web, inside, [desk.person, made]) == 2


@pytest.fixture
def midday(desk: Office) -> Iterator[None]:
    """The operator works where it is about noon, so that no day ends between two counts."""
    place = "update access_place set zone = %s"
    (zone, ahead) = desk.admin.execute(
        "select zone, 12 - extract(hour from now() at time zone 'UTC')::int from access_place"
    ).fetchone() or ("", 0)
    desk.admin.execute(place, [f"Etc/GMT{-ahead:+d}"])
    yield
    desk.admin.execute(place, [zone])


@pytest.mark.usefixtures("midday")
def test_anyone_reads_how_many_were_kept_back_when_today_began(desk: Office) -> None:
    counted = "select inquiries, openings from wellkept.unseen_counted()"
    before = desk.web.execute(counted).fetchone()
    assert before
    made = desk.granted()
    desk.opened(made)
    assert desk.web.execute(counted).fetchone() == before
    desk.admin.execute("update access_inquiry set decided_at = now() - interval '2 days' where id = %s", [made])
    after = desk.web.execute(counted).fetchone()
    assert after == (before[0] + 1, before[1])


def test_nothing_else_hides_behind_its_occasion(desk: Office) -> None:
    made, other = desk.granted(), desk.cast.people["spouse"]
    alarm = (
        "insert into access_alarm (reasons, account, role, subject, entry, at, same)"
        " values ('{surname}', %s, 'representative', %s, 0, now(), gen_random_uuid()::text)"
    )
    for person in (other, desk.person):
        desk.admin.execute(alarm, [desk.cast.accounts["representative"], person])
    secret = desk.cast.secret["privacy_officer"]
    for people, why in (
        ([other], "HOPERAT"),
        ([desk.person], "HOPERAT"),
        ([other], "FRAUD"),
        ([desk.person], "HLEGAL"),
    ):
        entry = entered(desk.web, secret, people, "identity", why=why, occasion=made)
        row = desk.admin.execute("select kind, reason, occasion from ledger_entry where id = %s", [entry]).fetchone()
        assert row
        assert row[:2] == ("refused", "not your occasion")
        assert row[2] != made
    read = entered(desk.web, desk.cast.secret["spouse"], None, "openings")
    with held(desk.web, read):
        seen = "select sum(entries) from wellkept.ledger_openings(%s, 'refused', null, 100)"
        assert number(desk.web, seen, [other]) == 2
    desk.admin.execute("delete from access_alarm where subject = any (%s)", [[desk.person, other]])
    assert desk.opened(made) == "opened"


@pytest.mark.parametrize(("why", "by_entry"), [("FRAUD", False), ("HOPERAT", True)])
def test_a_question_about_it_is_kept_back_with_it(desk: Office, *, why: str, by_entry: bool) -> None:
    made = desk.granted()
    entry = entered(desk.web, desk.cast.secret["privacy_officer"], [desk.person], "claims", why="FRAUD", occasion=made)
    whom = [None, entry] if by_entry else [desk.person, None]
    asked = "select wellkept.gate_explain_asked(%s, %s, null, null, %s, %s, 'claims')"
    number(desk.web, asked, [desk.cast.secret["second"], *whom, why])
    assert desk.read() == []
    other = number(desk.web, asked, [desk.cast.secret["second"], desk.person, None, "HPAYMT"])
    assert desk.read() == [("explained", False)]
    assert desk.end(made)
    row = desk.admin.execute("select kind from ledger_entry where id = %s and occasion <> %s", [other, made]).fetchone()
    assert row == ("explained",)
    assert ("explained", True) in desk.read()


def test_whoever_looks_into_an_opening_that_is_kept_back_shows_it_no_sooner(desk: Office) -> None:
    made = desk.granted()
    alarm = (
        "insert into access_alarm (reasons, account, role, subject, occasion, entry, at, same)"
        " values ('{surname}', %s, 'privacy_officer', %s, %s, 0, now(), gen_random_uuid()::text)"
    )
    desk.admin.execute(alarm, [desk.cast.accounts["privacy_officer"], desk.person, made])
    looked = entered(desk.web, desk.cast.secret["second"], [desk.person], "identity", "openings", why="HOPERAT")
    with held(desk.web, looked):
        pass
    assert desk.read() == []
    desk.admin.execute(alarm, [desk.cast.accounts["representative"], desk.person, None])
    entered(desk.web, desk.cast.secret["second"], [desk.person], "identity", why="HOPERAT")
    assert desk.read() == [("opened", False)]
    desk.admin.execute("delete from access_alarm where subject = %s", [desk.person])
    assert desk.end(made)
    assert [late for kind, late in desk.read() if kind == "opened"].count(True) == 1
