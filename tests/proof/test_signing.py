"""The tries against the ways to sign in hold on a sound house, and find what lets in, replays or locks out."""

import pytest

from tests.proof.conftest import Altered, Without, failed
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import signing

pytestmark = pytest.mark.database
PROBES = (
    signing.a_second_way_is_asked_for_and_works_once,
    signing.a_passkey_signs_once_and_for_us_alone,
    signing.nobody_is_locked_out_by_others,
)
# A sign-in that asks for no second way.
NOT_ASKED = """
from wellkept.accounts import actions
def at_once(account, *, before, method, browser):
    return actions.Begun(actions.begin_session(account, before=before, method=method, browser=browser), complete=True)
actions.go_on = at_once
"""
# What half a sign-in opens is what the whole one opens.
SAME_KEY = """
import secrets
from wellkept.accounts import actions, seconds
from wellkept.web.entrance import arrivals, second
kept = {}
inner = second.entered
def keeping(request, begun):
    given = [actions.secret_hash(begun.secret), request.session_secret_hash]
    actions._run("select wellkept.accounts_prove(%s, %s)", given)
    return inner(request, actions.Begun(request.COOKIES["umr_session"], complete=True))
second.entered = keeping
"""
NEVER_SPENT = """
create function wellkept.never_spent() returns trigger language plpgsql
  as $$ begin new.last_step := 0; return new; end $$;
create trigger never_spent before update on wellkept.accounts_authenticator
  for each row execute function wellkept.never_spent()
"""
NEVER_USED_UP = """
create function wellkept.never_used_up() returns trigger language plpgsql
  as $$ begin new.used_on := null; return new; end $$;
create trigger never_used_up before update on wellkept.accounts_recoverycode
  for each row execute function wellkept.never_used_up()
"""
NEVER_COUNTED = """
create function wellkept.never_counted() returns trigger language plpgsql
  as $$ begin new.tries := 0; return new; end $$;
create trigger never_counted before update on wellkept.accounts_half
  for each row execute function wellkept.never_counted()
"""
GIVEN_AGAIN = """
create function wellkept.given_again() returns trigger language plpgsql
  as $$ begin insert into wellkept.accounts_challenge select old.*; return null; end $$;
create trigger given_again after delete on wellkept.accounts_challenge
  for each row execute function wellkept.given_again()
"""
ANY_SITE = """
import webauthn
real = webauthn.verify_authentication_response
def of_any_site(**given):
    return real(**{**given, "expected_origin": [given["expected_origin"], "https://elsewhere.example"]})
webauthn.verify_authentication_response = of_any_site
"""
NEVER_CLOSED = """
create function wellkept.never_closed() returns trigger language plpgsql
  as $$ begin new.failures := 0; return new; end $$;
create trigger never_closed before update on wellkept.accounts_account
  for each row execute function wellkept.never_closed()
"""
FORGOTTEN = """
create function wellkept.forgotten() returns trigger language plpgsql
  as $$ begin return null; end $$;
create trigger forgotten before update of tries on wellkept.accounts_session
  for each row execute function wellkept.forgotten()
"""
TELLING = """
from django.http import HttpResponse
from wellkept.web.entrance import by_mail
inner = by_mail.mailed.ask
def telling(*, login, before):
    if login == "a name that nobody has":
        raise by_mail.Refused("Nobody has this name.", clause="R-10")
    return inner(login=login, before=before)
from wellkept.policy.words import Refused
by_mail.Refused = Refused
by_mail.mailed.ask = telling
"""


def taken_back(name: str) -> str:
    return f"drop function wellkept.{name} cascade"


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house_twice(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []
    assert failed(probe, ground) == []


def test_it_finds_a_sign_in_by_password_alone(without: Without) -> None:
    with without(after=NOT_ASKED) as ground:
        found = failed(signing.a_second_way_is_asked_for_and_works_once, ground)
    assert "Go in with the password alone" in found


def test_it_finds_a_key_that_stays_the_same(without: Without) -> None:
    with without(after=SAME_KEY) as ground:
        found = failed(signing.a_second_way_is_asked_for_and_works_once, ground)
    assert "Keep the key of a half-made sign-in" in found


@pytest.mark.parametrize(
    ("change", "name", "finds"),
    [
        (NEVER_SPENT, "never_spent", "Use a code twice"),
        (NEVER_USED_UP, "never_used_up", "Use a recovery code twice"),
        (NEVER_COUNTED, "never_counted", "Guess on and on"),
    ],
)
def test_it_finds_a_code_that_works_on(ground: Ground, altered: Altered, change: str, name: str, finds: str) -> None:
    with altered(change, taken_back(name)):
        assert finds in failed(signing.a_second_way_is_asked_for_and_works_once, ground)


def test_it_finds_a_number_that_is_good_twice(ground: Ground, altered: Altered) -> None:
    with altered(GIVEN_AGAIN, taken_back("given_again")):
        assert failed(signing.a_passkey_signs_once_and_for_us_alone, ground) == ["Send a signature twice"]


def test_it_finds_a_house_that_takes_what_was_signed_for_others(without: Without) -> None:
    with without(after=ANY_SITE) as ground:
        assert failed(signing.a_passkey_signs_once_and_for_us_alone, ground) == ["Sign for another site"]


def test_it_finds_a_password_that_never_closes(ground: Ground, altered: Altered) -> None:
    with altered(NEVER_CLOSED, taken_back("never_closed")):
        assert failed(signing.nobody_is_locked_out_by_others, ground) == ["Guess on after 100 tries"]


def test_it_finds_an_owner_who_is_locked_out(ground: Ground, altered: Altered) -> None:
    with altered(FORGOTTEN, taken_back("forgotten")):
        assert failed(signing.nobody_is_locked_out_by_others, ground) == ["Lock somebody out"]


def test_it_finds_an_answer_that_tells_whose_name_it_is(without: Without) -> None:
    with without(after=TELLING) as ground:
        assert failed(signing.nobody_is_locked_out_by_others, ground) == ["Learn from a mailed code whose name it is"]
