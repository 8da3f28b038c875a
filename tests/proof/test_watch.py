"""The tries against the watch hold on a sound house, and find a blind watch and a decision of one."""

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, failed, one
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import watch

pytestmark = pytest.mark.database
PROBES = (watch.somebody_near_is_found, watch.two_decide_what_is_kept_back)


def source(house: Cluster, name: str) -> str:
    """The text of a function as it stands."""
    with house.administer("wellkept_umr") as connection:
        return one(connection, "select pg_get_functiondef(%s::regproc)", f"wellkept.{name}")


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_a_watch_that_sees_no_names_is_found(ground: Ground, house: Cluster, altered: Altered) -> None:
    text = source(house, "watch_nearness")
    blind = text.replace("n.surname = any (s.surnames)", "false").replace("n.address = any (s.addresses)", "false")
    assert blind != text
    with altered(blind, text):
        found = failed(watch.somebody_near_is_found, ground)
    assert "Open somebody of the same name and house" in found


def test_a_closing_that_nobody_reads_of_is_found(ground: Ground, house: Cluster, altered: Altered) -> None:
    text = source(house, "watch_close")
    silent = text.replace("array[a.subject] end", "'{}' end")
    assert silent != text
    with altered(silent, text):
        assert "Close it, and read of that" in failed(watch.somebody_near_is_found, ground)


def test_a_decision_of_one_is_found(ground: Ground, house: Cluster, altered: Altered) -> None:
    text = source(house, "unseen_decide")
    alone = text.replace("if i.asked_by = s.account_id and p_grant then return 'own'; end if;", "")
    constraint = "alter table wellkept.access_inquiry {} constraint access_inquiry_takes_two"
    loose = alone.replace("case when i.asked_by <> s.account_id then s.account_id end", "s.account_id")
    assert loose != alone != text
    back = f"{text}; delete from wellkept.access_inquiry where decided_by = asked_by; {constraint.format('add')}"
    with altered(f"{loose}; {constraint.format('drop')}", f"{back} check (decided_by <> asked_by)"):
        assert "Keep openings back alone" in failed(watch.two_decide_what_is_kept_back, ground)


def test_what_is_shown_while_it_is_kept_back_is_found(ground: Ground, house: Cluster, altered: Altered) -> None:
    text = source(house, "ledger_openings")
    shown = text.replace("k.until > now()", "false")
    assert shown != text
    with altered(shown, text):
        assert "Read of it as the one it is about" in failed(watch.two_decide_what_is_kept_back, ground)


def test_what_is_never_shown_is_found(ground: Ground, house: Cluster, altered: Altered) -> None:
    text = source(house, "ledger_openings")
    never = text.replace("k.ended_at is null and k.until > now()", "true")
    assert never != text
    with altered(never, text):
        assert "Read of it as the one it is about" in failed(watch.two_decide_what_is_kept_back, ground)
