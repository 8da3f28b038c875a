"""The tries against the way in hold on a sound house, and find what asks too much, lets in, keeps or tells."""

import pytest

from tests.proof.conftest import Altered, Without, failed
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import entrance

pytestmark = pytest.mark.database
PROBES = (
    entrance.registration_asks_what_it_declares,
    entrance.required_fields_are_enough,
    entrance.every_form_says_its_reason,
    entrance.a_child_leaves_nothing,
    entrance.registration_answers_alike,
    entrance.an_access_code_works_once,
    entrance.an_ended_session_opens_nothing,
)
ONE_MORE = """
from django import forms as django
from wellkept.web.entrance import paths
paths.Employer.base_fields["phone"] = django.CharField(required=False)
"""
NOT_OPTIONAL = """
from wellkept.web.entrance import paths
inner = paths.Provider.clean
def strict(self):
    cleaned = inner(self)
    if not cleaned.get("email"):
        self.add_error("email", "Enter your e-mail.")
    return cleaned
paths.Provider.clean = strict
"""
TYPED = """
import os
from wellkept.web.entrance import register
inner = register.closed
def keeping(request):
    with open(os.environ["WELLKEPT_STATE"] + "/umr/typed", "a") as file:
        print(request.POST, file=file)
    return inner(request)
register.closed = keeping
"""
NO_AGE = """
from wellkept.web.entrance import register
register.CHILD = 0
"""
TELLING = """
from django.core.exceptions import ValidationError
from wellkept.web.entrance import register
inner = register.actions.ask
def telling(**named):
    if named["told"].get("member_number") != "{number}":
        raise ValidationError("You are not on the list.")
    inner(**named)
register.actions.ask = telling
"""
NEVER_USED = """
create function wellkept.never_used() returns trigger language plpgsql
  as $$ begin new.used_at := null; return new; end $$;
create trigger never_used before update on wellkept.accounts_accesscode
  for each row execute function wellkept.never_used()
"""
NEVER_ENDED = """
create function wellkept.never_ended() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger never_ended before delete on wellkept.accounts_session
  for each row execute function wellkept.never_ended()
"""


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_a_field_registration_did_not_declare(without: Without) -> None:
    with without(after=ONE_MORE) as ground:
        assert "Find a field that is not declared" in failed(entrance.registration_asks_what_it_declares, ground)


def test_it_finds_an_optional_field_that_is_required(without: Without) -> None:
    with without(after=NOT_OPTIONAL) as ground:
        assert failed(entrance.required_fields_are_enough, ground) == ["Leave out all that is optional"]


def test_it_finds_a_form_without_a_reason(without: Without) -> None:
    with without(templates={"entrance/notice.html": "", "shell/collecting.html": ""}) as ground:
        assert failed(entrance.every_form_says_its_reason, ground) == ["Find a form without a reason"]


def test_it_finds_what_a_child_typed(without: Without) -> None:
    with without(after=TYPED) as ground:
        assert failed(entrance.a_child_leaves_nothing, ground) == ["Find what the child typed"]
        (ground.state / "umr" / "typed").unlink()


def test_it_finds_a_door_that_lets_a_child_in(without: Without) -> None:
    with without(after=NO_AGE) as ground:
        assert "Register as a child" in failed(entrance.a_child_leaves_nothing, ground)


def test_it_finds_an_answer_that_tells_who_is_known(without: Without, ground: Ground) -> None:
    with without(after=TELLING.replace("{number}", ground.members["guest"].number)) as telling:
        assert len(failed(entrance.registration_answers_alike, telling)) == 2


def test_it_finds_a_code_that_works_twice(ground: Ground, altered: Altered) -> None:
    with altered(NEVER_USED, "drop function wellkept.never_used cascade"):
        assert failed(entrance.an_access_code_works_once, ground) == ["Use a code twice", "Use a code twice at once"]


def test_it_finds_an_ended_session_that_still_opens(ground: Ground, altered: Altered) -> None:
    with altered(NEVER_ENDED, "drop function wellkept.never_ended cascade"):
        found = failed(entrance.an_ended_session_opens_nothing, ground)
    assert found == ["Use a session that was ended", "Use a session after signing out"]
