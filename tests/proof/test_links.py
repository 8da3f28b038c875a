"""The tries against links hold on a sound house, and find the page, the second reviewer or the mark taken away."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.cluster import Cluster
from tests.proof.conftest import Altered, Without, failed, one, template
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import links

pytestmark = pytest.mark.database
PROBES = (
    links.every_way_off_the_site_has_its_page,
    links.no_link_stands_on_one_reviewer,
    links.one_refusing_reason_refuses,
    links.no_partner_without_an_agreement,
    links.a_text_links_to_nothing,
)
STANDING = """
with made as (
  insert into wellkept.links_link (id, key, edition, title, address, policy_address, owner, kind, is_health_content,
    proposed_by, proposed_actor)
  values (gen_random_uuid(), 'made-up', 1, 'A made-up page', 'https://made-up.example/', 'https://made-up.example/p',
    'Nobody', 'reference', false, gen_random_uuid(), 'Nobody') returning id
)
insert into wellkept.links_review (link, account, actor, on_day, until, met, source, content, workability, design,
  scope, refusing, refusing_words)
select made.id, gen_random_uuid(), 'Nobody', current_date, current_date + 90,
  '{source,content,workability,design,scope}', 'seen', 'seen', 'seen', 'seen', 'seen', '{}', ''
  from made, generate_series(1, 2)
"""
PARTNER = (
    STANDING.replace("'made-up', 1", "'made-up-partner', 1")
    + "; update wellkept.links_link set kind = 'partner', agreement = 'A-1', agreement_from = current_date - 1,"
    " agreement_until = current_date + 90, collector = 'Made-up Mail'"
)
GONE = "delete from wellkept.links_review; delete from wellkept.links_link"


@pytest.fixture
def standing(altered: Altered) -> Iterator[None]:
    """A link that stands, so that there is a page between."""
    with altered(STANDING, GONE):
        yield


def near(ground: Ground) -> Ground:
    """The ground with a short walk in its memory: the whole of it is walked where all probes make a round."""
    walked = {path: ground.ask(path) for path in ("/", "/links/", "/leaving/made-up/")}
    return replace(ground, memo=ground.memo | {"public": {path: a for path, a in walked.items() if a.status == 200}})


def source(house: Cluster, name: str) -> str:
    """The text of a function as it stands."""
    with house.administer("wellkept_umr") as connection:
        return one(connection, "select pg_get_functiondef(%s::regproc)", f"wellkept.{name}")


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, near(ground)) == []


def test_it_holds_with_a_link_that_stands_and_leaves_none_behind(
    standing: None, ground: Ground, house: Cluster
) -> None:
    here = near(ground)
    assert [name for probe in PROBES for name in failed(probe, here)] == []
    with house.administer("wellkept_umr") as connection:
        assert one(connection, "select count(*) from wellkept.links_link") == "1"


def test_it_finds_a_link_that_leaves_at_once(standing: None, without: Without) -> None:
    foot = template("shell/foot.html").replace('href="/links/"', 'href="https://made-up.example/"')
    with without(templates={"shell/foot.html": foot}) as ground:
        assert "Find a link that leaves at once" in failed(links.every_way_off_the_site_has_its_page, near(ground))


def test_it_finds_a_page_between_that_says_too_little(standing: None, without: Without) -> None:
    page = template("site/leaving.html").replace("It is not ours, and", "Friends,")
    with without(templates={"site/leaving.html": page}) as ground:
        assert failed(links.every_way_off_the_site_has_its_page, near(ground)) == [
            "Find a page between that says too little"
        ]


OPEN_WAY = """
from django.http import HttpResponseRedirect
from django.urls import get_resolver, path
def out(request, key):
    return HttpResponseRedirect(request.POST.get("to") or "https://" + key.rpartition("/")[2])
from wellkept.web.shell.public import public
get_resolver().url_patterns.insert(0, path("leaving/<path:key>/", public("It leads anywhere, for a test.")(out)))
"""


def test_it_finds_a_way_out_that_leads_anywhere(without: Without) -> None:
    with without(after=OPEN_WAY) as ground:
        assert "Be led where nobody reviewed" in failed(links.every_way_off_the_site_has_its_page, near(ground))


def test_it_finds_an_approval_by_one(ground: Ground, altered: Altered, house: Cluster) -> None:
    whole = source(house, "links_state")
    with altered(whole.replace("v_yes < 2", "v_yes < 1"), whole):
        assert failed(links.no_link_stands_on_one_reviewer, ground) == [
            "Agree twice as one reviewer",
            "Agree as somebody else",
        ]


def test_it_finds_a_second_review_of_the_same_reviewer(ground: Ground, altered: Altered, house: Cluster) -> None:
    whole = source(house, "links_review")
    changed = whole.replace("return 'twice'", "return 'done'")
    with altered(changed, whole):
        assert failed(links.no_link_stands_on_one_reviewer, ground) == ["Agree twice as one reviewer"]


def test_it_finds_a_review_by_somebody_who_is_no_officer(ground: Ground, altered: Altered, house: Cluster) -> None:
    whole = source(house, "links_officer")
    open_ = whole.replace("and s.role = 'privacy_officer'", "").replace(
        "and wellkept.consent_acknowledged(s.account_id, s.role, 'agreement')", ""
    )
    assert open_ != whole
    with altered(open_, whole):
        assert failed(links.no_link_stands_on_one_reviewer, ground) == ["Agree as somebody else"]


def test_it_finds_a_table_the_pages_may_write(ground: Ground, altered: Altered) -> None:
    rights = "select, insert on wellkept.links_review"
    with altered(f"grant {rights} to umr_web", f"revoke {rights} from umr_web"):
        assert failed(links.no_link_stands_on_one_reviewer, ground) == ["Agree as somebody else"]


def test_it_finds_a_review_that_never_ends(ground: Ground, altered: Altered, house: Cluster) -> None:
    whole = source(house, "links_state")
    with altered(whole.replace("or until < v_day", ""), whole):
        assert failed(links.no_link_stands_on_one_reviewer, ground) == ["Link after the review has ended"]


def test_it_finds_a_reason_that_refuses_nothing(ground: Ground, altered: Altered, house: Cluster) -> None:
    whole = source(house, "links_state")
    changed = whole.replace("when v_no > 0 then 'refused'", "").replace("v_yes < 2", "v_yes + v_no < 2")
    with altered(changed, whole):
        assert len(failed(links.one_refusing_reason_refuses, ground)) == 3


def test_it_finds_a_partner_whose_agreement_has_ended(ground: Ground, altered: Altered, house: Cluster) -> None:
    whole = source(house, "links_state")
    with altered(whole.replace("when l.kind = 'partner' and v_day > l.agreement_until then 'ended'", ""), whole):
        assert failed(links.no_partner_without_an_agreement, ground) == ["Link to a partner whose agreement has ended"]


def test_it_finds_a_partner_without_an_agreement(ground: Ground, altered: Altered, house: Cluster) -> None:
    with house.administer("wellkept_umr") as connection:
        name, text = connection.execute(
            "select conname, pg_get_constraintdef(oid) from pg_constraint"
            " where conrelid = 'wellkept.links_link'::regclass"
            " and pg_get_constraintdef(oid) like '%%''reference''%%agreement IS NOT NULL%%'"
        ).fetchone() or ("", "")
    table = "alter table wellkept.links_link"
    with altered(f"{table} drop constraint {name}", f"{table} add constraint {name} {text}"):
        assert failed(links.no_partner_without_an_agreement, ground) == ["Propose a partner without an agreement"]


def test_it_finds_a_partner_s_site_that_does_not_say_who_collects(
    ground: Ground, without: Without, altered: Altered
) -> None:
    page = template("site/leaving.html").replace('{% include "site/leaving_partner.html" %}', "")
    with altered(PARTNER, GONE), without(templates={"site/leaving.html": page}) as silent:
        assert failed(links.no_partner_without_an_agreement, ground) == []
        assert failed(links.no_partner_without_an_agreement, silent) == [
            "Find a partner's site without a word on who collects there"
        ]


def test_it_finds_a_text_that_became_a_link(without: Without) -> None:
    page = template("shell/page.html").replace(
        "{% block main %}{% endblock %}", "{% filter urlize %}{% block main %}{% endblock %}{% endfilter %}"
    )
    with without(templates={"shell/page.html": page}) as ground:
        assert failed(links.a_text_links_to_nothing, ground) == ["Find a link made of a text"]
