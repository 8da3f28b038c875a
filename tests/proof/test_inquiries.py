"""The tries against what people write on the public site hold on a sound house, and find each control taken away."""

import pytest

from tests.proof.conftest import Altered, Without, failed
from tests.proof.test_offices import body
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import inquiries

pytestmark = pytest.mark.database
PROBES = (
    inquiries.it_opens_to_answer_and_for_nothing_else,
    inquiries.nothing_is_left_after_the_answer,
    inquiries.every_form_says_what_it_is_for,
)
EVERY_TIME = """
create or replace function wellkept.gate_relationships(p_account uuid, p_person uuid, p_subject uuid, p_occasion uuid)
  returns text[] language plpgsql stable security definer set search_path = wellkept, pg_temp as $$
  begin return '{none,inquiry}'; end $$
"""
NEVER_STARTED = """
create function wellkept.never_started() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger never_started before insert on wellkept.procrastinate_jobs for each row
  when (new.task_name = 'inquiries.discard') execute function wellkept.never_started()
"""
MORE = """
from dataclasses import replace
from django import forms
from wellkept.web.entrance.write_forms import TOLD, Question
Question.base_fields["email"] = forms.EmailField(required=False)
Question.asks = replace(Question.asks, keeps={**Question.asks.keeps, "email": TOLD})
"""
STARTED = "drop trigger never_started on wellkept.procrastinate_jobs; drop function wellkept.never_started()"


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def test_it_finds_an_inquiry_that_opens_to_whoever_did_not_take_it(ground: Ground, altered: Altered) -> None:
    with altered(EVERY_TIME, body(ground, "gate_relationships")):
        found = failed(inquiries.it_opens_to_answer_and_for_nothing_else, ground)
    assert found == ["Open it without having taken it, for any purpose"]


def test_it_finds_an_inquiry_that_nobody_destroys(ground: Ground, altered: Altered) -> None:
    with altered(NEVER_STARTED, STARTED):
        found = failed(inquiries.nothing_is_left_after_the_answer, ground)
    assert found == ["Find an answered question whose key nobody destroys"]


def test_it_finds_a_form_that_asks_for_more(without: Without) -> None:
    with without(after=MORE) as ground:
        found = failed(inquiries.every_form_says_what_it_is_for, ground)
    assert found == ["Be asked for more than an answer needs"]
