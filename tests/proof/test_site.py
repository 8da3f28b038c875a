"""The tries against the public site hold on a sound house, and find what asks, follows, loads or leaves out."""

import pytest

from tests.proof.conftest import Without, failed, template
from wellkept.proof.ground import Ground, Probe
from wellkept.proof.probes import site

pytestmark = pytest.mark.database
PROBES = (
    site.public_pages_ask_nothing,
    site.a_visit_leaves_nothing_behind,
    site.no_canary_reaches_a_log,
    site.no_request_leaves_the_origin,
    site.every_page_links_terms_and_policy,
    site.every_mail_address_has_its_warning,
)
WRITTEN = """
import os
from wellkept.web.shell.visitor import Visitor
inner = Visitor.__call__
def writing(self, request):
    with open(os.environ["WELLKEPT_STATE"] + "/umr/visits", "a") as file:
        print(request.headers, file=file)
    return inner(self, request)
Visitor.__call__ = writing
"""
SENT = """
from django.http import HttpResponseRedirect
from wellkept.web.shell.visitor import Visitor
inner = Visitor.__call__
def sending(self, request):
    return HttpResponseRedirect("/sign-in/") if request.path == "/contact/" else inner(self, request)
Visitor.__call__ = sending
"""
LOGGED = """
from wellkept.web.shell import logs
logs._route = lambda request: request.get_full_path()
"""
NO_HEADERS = 'settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.endswith("Headers")]'


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.__name__)
def test_it_holds_on_a_sound_house(ground: Ground, probe: Probe) -> None:
    assert failed(probe, ground) == []


def contact(more: str) -> dict[str, str]:
    """The contact page with more at its end."""
    return {
        "site/contact.html": template("site/contact.html")
        .replace("{% endblock %}", "§")
        .rpartition("§")[0]
        .replace("§", "{% endblock %}")
        + more
        + "{% endblock %}"
    }


def test_it_finds_a_public_page_that_asks_for_something(without: Without) -> None:
    with without(templates=contact('<form><input name="email"></form>')) as ground:
        assert failed(site.public_pages_ask_nothing, ground) == ["Find a page that asks for something"]


def test_it_finds_a_visit_that_was_written_down(without: Without) -> None:
    with without(after=WRITTEN) as ground:
        assert failed(site.a_visit_leaves_nothing_behind, ground) == ["Find a visit in our files"]
        (ground.state / "umr" / "visits").unlink()


def test_it_finds_a_canary_in_a_log(without: Without) -> None:
    with without(after=LOGGED) as ground:
        assert failed(site.no_canary_reaches_a_log, ground) == ["Find a visit in a log"]


def test_it_finds_a_request_that_leaves(without: Without) -> None:
    with without(templates=contact('<img src="https://other.example/p.png" alt="">')) as ground:
        assert failed(site.no_request_leaves_the_origin, ground) == ["Find an address of another site"]


def test_it_finds_a_field_that_nobody_sees(without: Without) -> None:
    with without(templates=contact('<input type="hidden" name="credential" value="">')) as ground:
        assert failed(site.no_request_leaves_the_origin, ground) == ["Find a hidden field"]


def test_it_finds_a_public_page_that_sends_to_the_sign_in(without: Without) -> None:
    with without(after=SENT) as ground:
        assert failed(site.public_pages_ask_nothing, ground) == ["Find a page that no link leads to"]


def test_it_finds_pages_without_their_headers(without: Without) -> None:
    with without(before=NO_HEADERS) as ground:
        found = failed(site.no_request_leaves_the_origin, ground)
    assert found == ["Find a page that may load from elsewhere", "Find a page that tells where you come from"]


def test_it_finds_a_page_without_the_links(without: Without) -> None:
    foot = template("shell/foot.html").replace('href="/terms/"', 'href="/"')
    with without(templates={"shell/foot.html": foot}) as ground:
        assert len(failed(site.every_page_links_terms_and_policy, ground)) == 3


def test_it_finds_a_mail_address_without_its_warning(without: Without) -> None:
    page = template("site/contact.html").replace("E-mail can be read by others on its way", "Write to us")
    with without(templates={"site/contact.html": page}) as ground:
        assert failed(site.every_mail_address_has_its_warning, ground) == ["Find a mail address without its warning"]
