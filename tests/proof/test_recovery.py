"""The tries against a forgotten password hold on a sound house, and find each of the three left out."""

import pytest

from tests.proof.conftest import Without, failed
from wellkept.proof.probes import recovery

pytestmark = pytest.mark.database
# The operator of this house recovers by a new code: here it has the way of the other one.
SECRET = """
from wellkept.accounts import recovery
recovery.way = lambda pack: "secret"
"""
ANY_RESPONSE = SECRET + "recovery.check_password = lambda *given: True\n"
ANY_DAY = SECRET + "recovery.hmac.compare_digest = lambda *given: True\n"
SIGNED_IN = (
    SECRET
    + """
from wellkept.web.entrance import recover
drawn = recover.render
def render(request, name, *given, **named):
    answer = drawn(request, name, *given, **named)
    if name == "entrance/recovered.html":
        answer.set_cookie("umr_session", "x" * 43)
    return answer
recover.render = render
"""
)
TELLING = (
    SECRET
    + """
from wellkept.web.entrance import recover
drawn = recover.render
def render(request, name, *given, **named):
    answer = drawn(request, name, *given, **named)
    if "nobody" in request.POST.get("login", ""):
        answer.write(" ")
    return answer
recover.render = render
"""
)


def test_it_holds_where_a_response_is_given(without: Without) -> None:
    with without(after=SECRET) as ground:
        assert failed(recovery.a_new_password_needs_all_three, ground) == []


@pytest.mark.parametrize("taken", [ANY_RESPONSE, ANY_DAY])
def test_it_finds_a_password_that_needs_less(without: Without, taken: str) -> None:
    with without(after=taken) as ground:
        assert "Get by with two of the three" in failed(recovery.a_new_password_needs_all_three, ground)


def test_it_finds_a_way_that_signs_in(without: Without) -> None:
    with without(after=SIGNED_IN) as ground:
        assert failed(recovery.a_new_password_needs_all_three, ground) == ["Be signed in by it"]


def test_it_finds_an_answer_that_tells_names_apart(without: Without) -> None:
    with without(after=TELLING) as ground:
        assert failed(recovery.a_new_password_needs_all_three, ground) == ["Learn whose name it is"]
