"""A round shares what it may among its tries, and one that was killed midway leaves nothing that breaks the next."""

import ast
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.cluster import Cluster
from tests.proof.conftest import PROGRAM, failed, pages, running, wait_for
from wellkept.cli import probe_back
from wellkept.cli.cluster.server import free_port
from wellkept.cli.probe_lines import lending
from wellkept.policy import controls
from wellkept.proof import actions, search
from wellkept.proof.ground import Answer, Ground, Probe, Try
from wellkept.proof.probes import consent, desk, household, inquiries, signing, watch

MADE = (
    "insert into wellkept.proof_run (id, policy_version, program_version, ended) values (%s, '2026-11-22', 'here', {})"
)


class Killed(BaseException):
    """What no probe can catch, as nothing catches the end of its process."""


@dataclass(frozen=True, slots=True)
class Dying(Ground):
    """A ground on which nothing is asked or connected any more after so many times: whatever would be undone stays."""

    left: list[int] = field(default_factory=list)

    def ask(self, path: str, **named: object) -> Answer:
        spend(self.left)
        return Ground.ask(self, path, **named)  # type: ignore[arg-type]  # as it was asked


def spend(left: list[int]) -> None:
    if not left[0]:
        raise Killed
    left[0] -= 1


def dying(ground: Ground, after: int) -> Ground:
    """The same ground for so many more questions and connections."""
    left = [after]

    def connect(role: str) -> psycopg.Connection:
        spend(left)
        return ground.connect(role)

    same = {one.name: getattr(ground, one.name) for one in fields(ground)}
    return Dying(**same | {"left": left, "connect": connect})


@pytest.fixture(scope="module")
def own(sound: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """The same portal in a process of its own: each counts by itself how often one signs in from one place."""
    port, log = free_port(), tmp_path_factory.mktemp("log") / "pages.log"
    with running(pages(port), log):
        wait_for(port)
        yield replace(sound, base=f"http://127.0.0.1:{port}", logs=(log,), memo={})


@pytest.fixture(scope="module")
def signed(own: Ground, house: Cluster) -> dict[str, str]:
    """The sessions that the tries below share."""
    with house.administer("wellkept_umr") as connection:
        connection.execute("update wellkept.accounts_authenticator set last_step = last_step - 10")
    members = [own.members[name] for name in ("one", "other", "spouse", "young")]
    return {one.login: own.sign_in(one) for one in (*members, *own.staff.values())}


@pytest.mark.database
@pytest.mark.parametrize(
    ("probe", "after"),
    [
        (signing.a_second_way_is_asked_for_and_works_once, 9),
        (signing.nobody_is_locked_out_by_others, 9),
        (desk.an_unverified_caller_changes_nothing, 11),
        (inquiries.it_opens_to_answer_and_for_nothing_else, 8),
        (household.an_address_in_confidence_stays_so, 6),
        (consent.a_restriction_counts_at_once, 6),
        (watch.two_decide_what_is_kept_back, 10),
    ],
    ids=lambda one: getattr(one, "__name__", str(one)),
)
def test_a_round_after_one_that_was_killed_midway_holds(
    own: Ground, signed: dict[str, str], probe: Probe, after: int
) -> None:
    with pytest.raises(Killed):
        probe(dying(replace(own, memo={"sessions": signed}), after))
    other = own.members["other"]
    probe_back.let_back_in(own, (other,))
    signed[other.login] = own.sign_in(other)
    assert signed[other.login]
    assert failed(probe, replace(own, memo={"sessions": signed})) == []


@pytest.mark.database
def test_two_rounds_one_after_the_other_hold(own: Ground, signed: dict[str, str]) -> None:
    for probe in (
        desk.an_unverified_caller_changes_nothing,
        inquiries.it_opens_to_answer_and_for_nothing_else,
        household.an_address_in_confidence_stays_so,
        consent.a_restriction_counts_at_once,
        watch.two_decide_what_is_kept_back,
    ):
        for _round in range(2):
            assert failed(probe, replace(own, memo={"sessions": signed})) == []


@pytest.mark.database
def test_a_round_that_never_ended_is_known_by_the_next(house: Cluster) -> None:
    with house.connect("umr", "proof") as evidence:
        evidence.execute(MADE.format("now()"), [uuid4()])
        assert not probe_back.cut_short(evidence)
    with house.connect("umr", "proof") as evidence:
        evidence.execute(MADE.format("null"), [uuid4()])
        assert probe_back.cut_short(evidence)
        evidence.rollback()
    with house.administer("wellkept_umr") as connection:
        connection.execute("delete from wellkept.proof_run where program_version = 'here'")


@pytest.fixture
def lines(house: Cluster) -> Iterator[ExitStack]:
    with ExitStack() as round_:
        yield round_


@pytest.mark.database
def test_a_connection_is_lent_again_as_if_new(house: Cluster, lines: ExitStack) -> None:
    lend = lines.enter_context(lending(operator="umr", database="records"))
    with lend("proof") as first, lend("proof") as second:
        pids = first.info.backend_pid, second.info.backend_pid
        first.autocommit = False
        first.execute("select set_config('application_name', 'a probe', false), pg_advisory_lock(7)")
    with lend("proof") as again, lend("proof") as other:
        assert {again.info.backend_pid, other.info.backend_pid} == set(pids)
        assert len(set(pids)) == 2
        assert again.autocommit
        for one in (again, other):
            assert one.execute("select current_setting('application_name')").fetchone() == ("",)
        with house.administer("wellkept_umr") as connection:
            locks = "select 1 from pg_locks where locktype = 'advisory' and pid = any (%s)"
            assert connection.execute(locks, [list(pids)]).fetchone() is None
    with lend("web") as third:
        assert third.info.backend_pid not in pids


@pytest.mark.database
def test_a_connection_that_the_server_ended_is_not_lent_again(house: Cluster, lines: ExitStack) -> None:
    lend = lines.enter_context(lending(operator="umr", database="records"))
    with lend("proof") as first:
        gone = first.info.backend_pid
        with house.administer("wellkept_umr") as connection:
            connection.execute("select pg_terminate_backend(%s, 5000)", [gone])
    with lend("proof") as next_:
        kept = next_.info.backend_pid
        assert kept != gone
    with house.administer("wellkept_umr") as connection:
        connection.execute("select pg_terminate_backend(%s, 5000)", [kept])
    with lend("proof") as last:
        assert last.info.backend_pid != kept


def test_controls_of_one_probe_share_its_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def probe(_ground: object) -> list[Try]:
        made.append("tried")
        return [Try("Look", "We looked.", "None found", held=True)]

    monkeypatch.setattr(actions, "probe", lambda _control: probe)
    known = controls.house()["openings-watched"]
    rounds = [Round(), Round()]
    for ground in (*rounds, rounds[0]):
        assert [one.name for one in actions.tries(replace(known, id="another"), ground)] == ["Look"]  # type: ignore[arg-type]
        assert actions.tries(known, ground)  # type: ignore[arg-type]  # its memo is all that is read
    assert made == ["tried", "tried"]


@dataclass
class Round:
    memo: dict[str, object] = field(default_factory=dict)


def test_what_counts_visits_is_tried_before_anything_else_is_asked(ground: Ground) -> None:
    due = [str(one.probe) for one in actions.due(ground.pack.versions[-1], controls.of(ground.pack))]
    counting = [one.startswith(actions.COUNTING) for one in due]
    assert any(counting)
    assert counting == sorted(counting, reverse=True)


def test_no_probe_needs_settings() -> None:
    for path in (*(PROGRAM / "proof" / "probes").glob("*.py"), PROGRAM / "proof" / "ground.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        named = {one.module or "" for one in nodes if isinstance(one, ast.ImportFrom)}
        named |= {alias.name for one in nodes if isinstance(one, ast.Import) for alias in one.names}
        assert not [name for name in named if name.split(".")[0] == "django"], path.name


def test_words_are_found_in_files_wherever_and_however_they_stand(tmp_path: Path) -> None:
    words = ["QZXVAB", "QZXVAC", "912345678", "gate_hold"]
    (tmp_path / "a").write_bytes(b"\x00qzxvac.QZXVA" + b"912345679")
    (tmp_path / "b").write_bytes(b"x" * (search.PIECE - 3) + b"912345678" + b"Gate_HOLD")
    found, looked = search.in_files([tmp_path / "a", tmp_path / "b", tmp_path / "gone"], words)
    assert found == [(tmp_path / "a", "QZXVAC"), (tmp_path / "b", "912345678"), (tmp_path / "b", "gate_hold")]
    assert looked > search.PIECE
    assert search.begun(["ab12x", "ab12y", "ab1"]) == {"ab12": ["ab12x", "ab12y"], "ab1": ["ab1"]}
    assert search.written(["Ab"]) == ["4142", "4162", "6162", "ab"]
