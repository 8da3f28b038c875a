"""The tries against one's own account hold on a sound house, and find what lets a thief stay, or changes in silence."""

from contextlib import AbstractContextManager
from dataclasses import replace

import psycopg
import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, one
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import account

pytestmark = pytest.mark.database
PROBES = (
    account.what_happened_is_told_to_its_owner,
    account.a_password_is_changed_by_who_knows_it,
    account.a_changed_address_is_told_and_taken_back,
)
DEAF = """
create function wellkept.deaf() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger deaf before insert on wellkept.accounts_{table} for each row execute function wellkept.deaf()
"""
SILENT = """
from wellkept.web.shell import changing
changing.tell = lambda change, over: None
"""
ANYBODY = """
from wellkept.accounts import own
inner = own.change_password
own.change_password = lambda secret, old, new: inner(secret, old="{password}", new=new)
"""


def source(house: Cluster, name: str) -> str:
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        return one(connection, "select pg_get_functiondef(%s::regproc)", name)


def replaced(house: Cluster, altered: Altered, name: str, before: str, after: str) -> AbstractContextManager[None]:
    """The database with one function changed, until it is as it was."""
    whole = source(house, name)
    assert before in whole
    return altered(whole.replace(before, after), whole)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_sign_ins_that_nobody_is_told_of(ground: Ground, altered: Altered) -> None:
    with altered(DEAF.format(table="event"), "drop function wellkept.deaf cascade"):
        found = failed(account.what_happened_is_told_to_its_owner, ground)
    assert "Sign in without its owner reading of it" in found


def test_it_finds_a_thief_who_stays(ground: Ground, house: Cluster, altered: Altered) -> None:
    ends = "delete from wellkept.accounts_session x where x.account_id = s.account_id;"
    with replaced(house, altered, "accounts_not_me", ends, ""):
        found = failed(account.what_happened_is_told_to_its_owner, ground)
    assert found == ["Go on after its owner said that it was not them"]


def test_it_finds_a_password_that_still_opens(ground: Ground, house: Cluster, altered: Altered) -> None:
    shut = "set password = '!', short_password = false"
    with replaced(house, altered, "accounts_not_me", shut, "set short_password = false"):
        found = failed(account.what_happened_is_told_to_its_owner, ground)
    assert found == ["Go on after its owner said that it was not them"]


def test_it_finds_an_alarm_that_reaches_nobody(ground: Ground, altered: Altered) -> None:
    with altered(DEAF.format(table="alarm"), "drop function wellkept.deaf cascade"):
        found = failed(account.what_happened_is_told_to_its_owner, ground)
    assert found == ["Say it without anybody of ours knowing"]


def test_it_finds_a_password_changed_by_anybody(without: Without, ground: Ground) -> None:
    password = ground.members[account.WHO].password
    with without(after=ANYBODY.replace("{password}", password)) as there:
        found = failed(account.a_password_is_changed_by_who_knows_it, there)
    assert "Change a password without the old one" in found


def test_it_finds_sign_ins_that_outlast_a_change(ground: Ground, house: Cluster, altered: Altered) -> None:
    ends = "delete from wellkept.accounts_session x where x.account_id = s.account_id and x.secret_hash <> p_secret;"
    with replaced(house, altered, "accounts_change_password", ends, ""):
        found = failed(account.a_password_is_changed_by_who_knows_it, ground)
    assert "Go on after the password was changed" in found


def test_it_finds_two_changes_at_once(ground: Ground, house: Cluster, altered: Altered) -> None:
    compared = "and (p_was is null or a.password = p_was)"
    ends = "delete from wellkept.accounts_session x where x.account_id = s.account_id and x.secret_hash <> p_secret;"
    with (
        replaced(house, altered, "accounts_change_password", compared, ""),
        replaced(house, altered, "accounts_change_password", ends, ""),
    ):
        found = failed(account.a_password_is_changed_by_who_knows_it, ground)
    assert "Change it twice at once" in found


def test_it_finds_a_change_the_old_address_is_not_told_of(rehearsed_without: Without) -> None:
    with rehearsed_without(after=SILENT) as there:
        found = failed(account.a_changed_address_is_told_and_taken_back, there)
    assert "Change it without the old address knowing" in found


def test_it_finds_sign_ins_that_outlast_an_undoing(ground: Ground, house: Cluster, altered: Altered) -> None:
    ends = "delete from wellkept.accounts_session s where s.account_id = a.id;"
    with replaced(house, altered, "accounts_undo_address", ends, ""):
        found = failed(account.a_changed_address_is_told_and_taken_back, ground)
    assert found == ["Keep an address that its owner took back"]


def test_it_finds_an_undoing_that_is_undone(ground: Ground, house: Cluster, altered: Altered) -> None:
    later = "x.replaced_at >= f.replaced_at"
    with replaced(house, altered, "notices_bring_back", later, "x.id = f.id"):
        found = failed(account.a_changed_address_is_told_and_taken_back, ground)
    assert "Undo the undoing" in found


def test_the_guest_has_no_address_after_a_round(ground: Ground, house: Cluster) -> None:
    account.a_changed_address_is_told_and_taken_back(ground)
    with house.administer("wellkept_umr") as connection:
        rows = psycopg.Cursor(connection).execute(
            "select 1 from wellkept.notices_address where person_id = %s", [ground.members[account.WHO].person]
        )
        assert rows.fetchall() == []


def test_a_rehearsal_is_tried_where_it_is_though_the_entrance_is_a_process_of_its_own(ground: Ground) -> None:
    account.guest(ground)
    apart = replace(ground, entrance="http://127.0.0.1:1")
    assert failed(account.a_changed_address_is_told_and_taken_back, apart) == []
