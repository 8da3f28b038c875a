"""The papers of an organisation over its pages: sent, read back, answered by the desk, and looked after (U-42)."""

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.accounts.offices import NAMES, Office, opened
from tests.cast import account, session
from tests.cluster import Cluster
from tests.files.papers import pdf
from tests.files.scanner import ends_what_is_open, scanner
from tests.organisations.test_papers import APPOINT
from tests.web.colleagues.conftest import Post, Visit
from wellkept.files import scanning

pytestmark = [pytest.mark.database]
ANA, BEN = "Ana Ortiz", "Ben Lund"
HERE = "/colleagues/papers/"
PAPER = re.compile(r'href="(/(?:colleagues|desk)/papers/[^"]*[0-9a-f-]{36}/)"')
CREDIT = {"kind": "credit", "title": "Balance sheet of 2026"}


def words(response: object) -> str:
    """What a page says, without its markup."""
    text = getattr(response, "content", b"").decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def paper(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("../Balance 2026.exe", content or pdf(), "text/html")


def links(page: object) -> list[str]:
    """The papers a page leads to; each stands twice, as a row and as a list."""
    return sorted(set(PAPER.findall(getattr(page, "content", b"").decode())))


@pytest.fixture
def employer(house: Cluster, django: None) -> Iterator[Office]:
    """An employer with nobody else's papers; what the desk has of it goes afterwards."""
    office = opened(house, "employer")
    yield office
    for table in ("casestep", "case"):
        office.change(f"delete from service_{table} where person_id = %s", office.id)


@pytest.fixture
def dana(house: Cluster, django: None, settings: Settings) -> Client:
    """The browser of a representative who has signed everything."""
    settings.WELLKEPT_STATE = house.state
    secret = f"dana {uuid4()}"
    with house.administer("wellkept_umr") as connection:
        connection.execute("set search_path = wellkept")
        made = account(connection, role="representative", person=None, actor="Dana R.")
        session(connection, made, role="representative", person=None, actor="Dana R.", secret=secret)
        connection.execute(
            "insert into consent_acknowledgement (account_id, document, version, at)"
            " select %s, d.name, d.version, now() from consent_document d where d.audience = 'representative'",
            [made],
        )
    client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
    client.cookies["umr_session"] = secret
    return client


def case_of(office: Office) -> str:
    ((number,),) = office.ask("select id from service_case where person_id = %s and closed_at is null", office.id)
    return str(number)


@pytest.mark.parametrize("side", ["theirs", "ours"])
def test_nothing_is_open_while_the_scanner_looks(
    visit: Visit,
    post: Post,
    employer: Office,
    dana: Client,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    side: str,
) -> None:
    who, address = visit(employer, ANA), f"{HERE}send/"
    if side == "ours":
        assert post(who, address, **CREDIT, file=paper()).status_code == 302
        who, address = dana, f"/desk/papers/{case_of(employer)}/send/"
        post(dana, f"/desk/cases/{case_of(employer)}/take/")
    monkeypatch.setenv(scanning.VARIABLE, str(tmp_path / "s"))
    ended, end = ends_what_is_open(employer.house)
    with scanner(tmp_path / "s", b"stream: OK\0", end):
        assert post(who, address, **CREDIT, file=paper()).status_code == 302
    assert ended == []


def test_a_paper_goes_to_the_desk_and_its_answer_comes_back(
    visit: Visit, post: Post, employer: Office, dana: Client
) -> None:
    ana = visit(employer, ANA)
    done = post(ana, f"{HERE}send/", **CREDIT, file=paper())
    assert (done.status_code, done.headers["Location"]) == (302, f"{HERE}?done=sent")
    page = ana.get(done.headers["Location"])
    assert "Balance sheet of 2026" in words(page)
    (at,) = links(page)
    saved = ana.get(at)
    assert saved.content == pdf()
    assert saved.headers["Content-Type"] == "application/pdf"
    assert "Balance 2026.pdf" in saved.headers["Content-Disposition"]
    case = case_of(employer)
    assert dana.get(f"/desk/papers/{case}/").status_code == 403, "without taking the case nothing opens"
    listed = words(dana.get("/desk/cases/"))
    assert "Papers of an organisation" in listed
    assert NAMES["employer"] not in listed
    assert post(dana, f"/desk/cases/{case}/take/").headers["Location"] == f"/desk/cases/{case}/"
    assert dana.get(f"/desk/cases/{case}/").headers["Location"] == f"/desk/papers/{case}/"
    desk = dana.get(f"/desk/papers/{case}/")
    assert NAMES["employer"] in words(desk)
    assert [one for one in links(desk) if dana.get(one).content == pdf()]
    ours = {"kind": "contract", "title": "Contract of 2027", "file": paper()}
    assert post(dana, f"/desk/papers/{case}/send/", **ours).status_code == 302
    asked = {"what": "asked", "words": "Please send the signed contract."}
    assert post(dana, f"/desk/papers/{case}/", **asked).status_code == 302
    said = words(ana.get(HERE))
    assert "waits for a paper from you" in said
    assert "Please send the signed contract." in said
    assert "Contract of 2027" in said
    assert "until then the days stand still" in words(dana.get(f"/desk/papers/{case}/"))
    silent = "update service_case set asked_on = asked_on - 60 where id::text = %s returning due_on"
    ((due,),) = employer.ask(silent, case)
    assert isinstance(due, date)
    assert "until then the days stand still" not in words(dana.get(f"/desk/papers/{case}/"))
    assert post(ana, f"{HERE}send/", kind="contract", title="Signed", file=paper()).status_code == 302
    assert employer.ask("select due_on from service_case where id::text = %s", case) == [(due + timedelta(days=45),)]
    assert case_of(employer) == case
    assert post(dana, f"/desk/papers/{case}/", what="accepted", words="Thank you.").status_code == 302
    assert dana.get(f"/desk/papers/{case}/").status_code == 403, "a closed case opens nothing"
    assert "was closed on" in words(ana.get(HERE))
    seen = words(ana.get(f"{HERE}openings/"))
    for sentence in (
        "Dana R., customer service, opened your papers.",
        "Dana R., customer service, took up a case about your papers.",
        "Dana R., customer service, sent you an answer or a paper.",
        "Ana Ortiz, of your organisation, sent a paper.",
    ):
        assert sentence in seen


def test_what_cannot_be_taken_says_why_and_nothing_is_kept(visit: Visit, post: Post, employer: Office) -> None:
    ana = visit(employer, ANA)
    for file in (paper(b"PK\x03\x04 office"), paper(b"<html>hi</html>")):
        answer = post(ana, f"{HERE}send/", **CREDIT, file=file)
        assert answer.status_code == 400
        assert "There is a problem" in words(answer)
        assert 'value="Balance sheet of 2026"' in answer.content.decode()
    assert "Please choose a file first." in words(post(ana, f"{HERE}send/", **CREDIT))
    assert employer.ask("select count(*) from organisations_paper where person_id = %s", employer.id) == [(0,)]
    assert employer.ask("select count(*) from service_case where person_id = %s", employer.id) == [(0,)]


def test_a_title_and_a_file_are_stored_sealed(visit: Visit, post: Post, employer: Office) -> None:
    post(visit(employer, ANA), f"{HERE}send/", **CREDIT, file=paper())
    ((title, name),) = employer.ask("select title, name from organisations_paper where person_id = %s", employer.id)
    ((content,),) = employer.ask("select content from organisations_paperpart where person_id = %s", employer.id)
    for sealed in (title, name, content):
        assert isinstance(sealed, bytes)
        assert not any(word in sealed for word in (b"Balance", b"PDF", b"2026"))


def test_nobody_of_another_organisation_reads_one(visit: Visit, post: Post, employer: Office, house: Cluster) -> None:
    post(visit(employer, ANA), f"{HERE}send/", **CREDIT, file=paper())
    (at,) = links(visit(employer, ANA).get(HERE))
    for role in ("employer", "agent", "provider", "partner"):
        other = opened(house, role)
        client = visit(other, ANA)
        assert client.get(at).status_code == 404
        assert client.get(f"{HERE}of/{employer.id}/").status_code == 404
        assert client.get(at.replace(HERE, f"{HERE}of/{employer.id}/")).status_code == 404
        assert "Balance sheet" not in words(client.get(HERE))
    assert visit(employer, "nobody").get(at).status_code == 302


def test_an_agent_reads_what_the_employer_lets_it_read(
    visit: Visit, post: Post, employer: Office, house: Cluster
) -> None:
    agent, ana = opened(house, "agent"), visit(employer, ANA)
    agent.change(APPOINT, agent.id, employer.id)
    post(ana, f"{HERE}send/", **CREDIT, file=paper())
    (secret,) = links(ana.get(HERE))
    post(ana, f"{HERE}send/", kind="proposal", title="Renewal for 2027", file=paper(), with_agent="on")
    client = visit(agent, BEN)
    assert NAMES["employer"] in words(client.get(HERE))
    page = client.get(f"{HERE}of/{employer.id}/")
    assert "Renewal for 2027" in words(page)
    assert "Balance sheet" not in words(page)
    (shared,) = links(page)
    assert client.get(shared).content == pdf()
    assert client.get(secret.replace(HERE, f"{HERE}of/{employer.id}/")).status_code == 404
    assert "Ben Lund of Prairie Benefits, your agent, opened your papers." in words(ana.get(f"{HERE}openings/"))
    agent.change("update organisations_agreement set ends_at = now() where organisation_id = %s", agent.id)
    assert client.get(f"{HERE}of/{employer.id}/").status_code == 404


def test_a_customer_of_before_reads_and_does_not_send(visit: Visit, post: Post, employer: Office) -> None:
    ana = visit(employer, ANA)
    post(ana, f"{HERE}send/", **CREDIT, file=paper())
    employer.change("update organisations_organisation set standing = 'prior' where id = %s", employer.id)
    (at,) = links(ana.get(HERE))
    assert ana.get(at).content == pdf()
    assert "Please call us" in words(ana.get(f"{HERE}send/"))
    refused = post(ana, f"{HERE}send/", **CREDIT, file=paper())
    assert refused.status_code == 400
    assert employer.ask("select count(*) from organisations_paper where person_id = %s", employer.id) == [(1,)]


def test_the_list_of_openings_is_for_administrators(visit: Visit, employer: Office) -> None:
    assert visit(employer, BEN).get(f"{HERE}openings/").status_code == 403
    seen = words(visit(employer, ANA).get(f"{HERE}openings/"))
    assert "Ana Ortiz, of your organisation, looked at this list." in seen


def test_the_desk_finds_an_organisation_and_begins_one_case(
    post: Post, dana: Client, employer: Office, visit: Visit
) -> None:
    name = f"Larkspur {uuid4().hex[:8]}"
    employer.change("update organisations_organisation set name = %s where id = %s", name, employer.id)
    page = post(dana, "/desk/papers/", kind="employer", words=name)
    assert name in words(page)
    begun = post(dana, "/desk/papers/begin/", meant=str(employer.id))
    assert begun.headers["Location"] == f"/desk/papers/{case_of(employer)}/"
    assert "There is a case about this organisation already" in words(
        post(dana, "/desk/papers/begin/", meant=str(employer.id))
    )
    assert dana.get(begun.headers["Location"]).status_code == 200
    assert "took up a case about your papers" in words(visit(employer, ANA).get(f"{HERE}openings/"))
    for address in ("/desk/papers/", begun.headers["Location"], f"{begun.headers['Location']}send/"):
        assert visit(employer, ANA).get(address).status_code == 403


def test_the_desk_begins_a_case_about_a_customer_of_before(
    post: Post, dana: Client, employer: Office, visit: Visit
) -> None:
    name = f"Teasel {uuid4().hex[:8]}"
    employer.change(
        "update organisations_organisation set name = %s, standing = 'prior' where id = %s", name, employer.id
    )
    page = words(post(dana, "/desk/papers/", kind="employer", words=name))
    assert name in page
    assert "A customer of before" in page
    begun = post(dana, "/desk/papers/begin/", meant=str(employer.id)).headers["Location"]
    assert "A customer of before" in words(dana.get(begun))
    assert "took up a case about your papers" in words(visit(employer, ANA).get(f"{HERE}openings/"))
