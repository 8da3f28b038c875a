"""A helper appeals for the person who named them, while that holds; nobody else who may read does."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.files import papers
from tests.web.desk.conftest import Visit
from tests.web.desk.staff import Staff
from tests.web.desk.test_appeals import answered, letter, main, sent, taken, thread, uploaded
from tests.web.member.world import hashed
from wellkept.access import queries as access
from wellkept.consent import appointments
from wellkept.consent.agreed import Agreed
from wellkept.policy.words import Category, Purpose

pytestmark = pytest.mark.usefixtures("no_appeals")
BORN = date(1960, 4, 5)
SIGNED = (
    "insert into consent_acknowledgement (account_id, document, version, at)"
    " select %s, d.name, d.version, now() from consent_document d on conflict do nothing"
)


def helps(staff: Staff, who: str, name: str) -> UUID:
    """Maria named somebody, who took it on and signed what helpers sign."""
    now = datetime.now(UTC)
    with access.enter(
        hashed(staff.secrets["maria"]),
        purpose=Purpose.PATIENT_REQUEST,
        categories=[Category.IDENTITY, Category.REQUESTS],
    ) as key:
        made = appointments.appoint(
            key, name=name, born=BORN, opens=[Category.CLAIMS], since=now - timedelta(seconds=1),
            until=now + timedelta(days=30), days=14, agreed=Agreed(("All.",), "x", "en"), collected_under="2026-11-01",
        )  # fmt: skip
    assert appointments.claim(hashed(staff.secrets[who]), code=made.code, born=BORN)
    staff.ask(SIGNED, [staff.accounts[who]])
    return made.id


@pytest.fixture
def helping(visit: Visit, staff: Staff) -> Iterator[UUID]:
    """Maria named Tom; nobody helps her afterwards."""
    del visit
    yield helps(staff, "tom", "Tom W.")
    maria = staff.world.people["maria"]
    ours = "(select id from consent_appointment where person_id = %s)"
    staff.ask(f"delete from accounts_accesscode where place in {ours}", [maria])
    for table in ("consent_actsfor", "consent_appointment"):
        staff.ask(f"delete from {table} where person_id = %s", [maria])


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
    for part in ("canary-of-a-helper", "Tom W. (a helper) sent it for you", "Sent by", "note.pdf"):
        assert part in mine
    case = taken(staff, visit, address)
    assert "Tom W. (a helper) wrote for the member" in main(visit("dana").get(case))
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


def test_of_two_helpers_all_but_the_other_read_which_one_it_was(visit: Visit, staff: Staff, helping: UUID) -> None:
    del helping
    helps(staff, "stella", "Stella K.")
    at, claim = f"/member/family/{staff.world.people['maria']}/appeals/", staff.world.claims["denied"]
    answer = staff.post(visit("tom"), f"{at}claim/{claim}/", words="canary-of-the-first")
    assert answer.status_code == 302, main(answer)
    address: str = answer.headers["Location"]
    assert staff.post(visit("stella"), address, words="canary-of-the-second").status_code == 302
    mine = f"/member/appeals/{thread(address)}/"
    sent, wrote = "Tom W. (a helper) sent it for you", "Stella K. (a helper) wrote for you"
    for who, place, said, kept in (
        ("maria", mine, {sent, wrote}, set()),
        ("tom", address, {sent}, {"Stella K."}),
        ("stella", address, {wrote}, {"Tom W."}),
    ):
        page = main(visit(who).get(place))
        assert {one for one in (sent, wrote) if one in page} == said, who
        assert not {one for one in kept if one in page}, who
    case = main(visit("dana").get(taken(staff, visit, address)))
    for name in ("Tom W.", "Stella K."):
        assert f"{name} (a helper) wrote for the member" in case
    assert staff.post(visit("stella"), f"{address}withdraw/").status_code == 302
    assert "Stella K. (a helper) took it back for you" in main(visit("maria").get(mine))


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
