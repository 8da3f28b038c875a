"""A helper appeals for the person who named them, while that holds; nobody else who may read does."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.access.opening import entered, held
from tests.files import papers
from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import answered, letter, main, sent, taken, thread, uploaded
from tests.web.member.world import hashed

pytestmark = pytest.mark.usefixtures("no_appeals")
APPOINT = "select wellkept.consent_appoint(%s, %s, 'x'::bytea, 'Tom', %s::text[], %s, %s, %s, %s, 14, '2026-11-01', 'x', '', 'en')"
SIGNED = (
    "insert into consent_acknowledgement (account_id, document, version, at)"
    " select %s, d.name, d.version, now() from consent_document d on conflict do nothing"
)


@pytest.fixture
def helping(staff: Staff) -> UUID:
    """Maria named Tom, who took it on and signed what helpers sign."""
    made, code, now = uuid4(), uuid4().bytes, datetime.now(UTC)
    dates = [now - timedelta(seconds=1), now + timedelta(days=30)]
    with staff.house.connect("umr", "web", autocommit=True) as web:
        with held(web, entered(web, hashed(staff.secrets["maria"]), None, "identity", "requests")):
            values = [staff.world.people["maria"], made, ["claims"], *dates, code, b"born"]
            assert web.execute(APPOINT, values).fetchone() == ("yes",)
        web.execute("select wellkept.consent_claim(%s, %s, %s)", [hashed(staff.secrets["tom"]), code, b"born"])
    staff.ask(SIGNED, [staff.accounts["tom"]])
    return made


def test_a_helper_appeals_while_it_holds(visit: Visit, staff: Staff, helping: UUID) -> None:
    at, claim = f"/member/family/{staff.world.people['maria']}", staff.world.claims["denied"]
    tom = visit("tom")
    assert f'href="{at}/appeals/claim/{claim}/"' in tom.get(f"{at}/claims/{claim}/").text
    given = {"words": "canary-of-a-helper", "papers": uploaded("note.pdf", papers.pdf())}
    answer = staff.post(tom, f"{at}/appeals/claim/{claim}/", **given)
    assert answer.status_code == 302, main(answer)
    address: str = answer.headers["Location"]
    assert "canary-of-a-helper" in main(tom.get(address))
    mine = main(visit("maria").get(f"/member/appeals/{thread(address)}/"))
    for part in ("canary-of-a-helper", "a helper sent it for you", "Sent by", "note.pdf"):
        assert part in mine
    case = taken(staff, visit, address)
    assert "Written for the member" in main(visit("dana").get(case))
    private = sent(staff, visit("maria"), f"ask/{staff.world.claims['sensitive']}/", words="canary-of-what-is-private")
    assert tom.get(f"{at}/appeals/{thread(private)}/").status_code == 404
    assert "private" not in main(tom.get(f"{at}/appeals/"))
    answered(staff, visit, case, what="asked", words="Who?")
    assert staff.post(tom, address, words="Me.").status_code == 302
    staff.ask("update consent_appointment set expires = now() - interval '1 second' where id = %s", [helping])
    for path in (address, f"{at}/appeals/", f"{at}/appeals/claim/{claim}/"):
        for gone in (tom.get(path), staff.post(tom, path, words="More.")):
            assert gone.status_code in (403, 404)
            assert "canary" not in gone.text
    for one in (thread(address), thread(private)):
        staff.post(visit("maria"), f"/member/appeals/{one}/withdraw/")


@pytest.mark.parametrize("form", ["letter", "care"])
def test_what_speaks_of_sensitive_care_is_not_a_helpers_who_may_see_the_other_claims(
    visit: Visit, staff: Staff, helping: UUID, form: str
) -> None:
    del helping
    at, tom = f"/member/family/{staff.world.people['maria']}/appeals/", visit("tom")
    given = (
        letter(words="canary-of-a-therapy")
        if form == "letter"
        else {"setting": "before", "words": "canary-of-a-therapy"}
    )
    private = sent(staff, visit("maria"), f"{form}/", sensitive="on", **given)
    assert "canary-of-a-therapy" in main(visit("maria").get(private))
    assert tom.get(f"{at}{thread(private)}/").status_code == 404
    assert thread(private) not in tom.get(at).text
    said = staff.post(tom, f"{at}{form}/", sensitive="on", **given)
    assert said.status_code == 400
    assert "You may not open sensitive care of this person." in main(said)
    plain = sent(staff, visit("maria"), f"{form}/", **given)
    assert "canary-of-a-therapy" in main(tom.get(f"{at}{thread(plain)}/"))


def test_whoever_may_read_alone_sends_nothing(visit: Visit, staff: Staff) -> None:
    for who in ("stella", "nobody", "dana", "nora"):
        at = f"/member/family/{staff.world.people['maria']}/appeals/"
        for path in (at, f"{at}care/", f"{at}letter/", f"{at}ask/{staff.world.claims['paid']}/"):
            assert visit(who).get(path).status_code in (403, 404)
            assert staff.post(visit(who), path, words="x").status_code in (403, 404)
