"""What the offices of the operator have on their lists: about Maria, organisations, files and colleagues."""

import re
from dataclasses import replace
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.links.officers import PAGE
from tests.web.desk.conftest import MARIA
from tests.web.member.world import hashed
from tests.web.others.company import Company
from tests.web.others.happening import day
from wellkept.links import actions as links
from wellkept.policy import controls
from wellkept.proof import actions as proof
from wellkept.proof import history, queries


def worked(company: Company) -> None:
    """Everything that waits for somebody of the offices."""
    answered(company)
    agreed(company)
    watched(company)
    looked_after(company)
    staffed(company)
    mended(company)


def answered(company: Company) -> None:
    """Priya answers one of Maria's requests by letter, and proposes a link."""
    ((number, *_rest), *_others) = company.ask(
        "select id from rights_request where person_id = %s and kind = 'question'", [company.maria]
    )
    company.send("priya", f"/privacy/requests/{number}/", outcome="done", words="Nobody but us reads of the kestrel.")
    assert links.propose(hashed(company.secrets["priya"]), replace(PAGE, key=f"k{uuid4().hex[:12]}"))


def agreed(company: Company) -> None:
    """An agreement with the partner, and a contract that keeps somebody out."""
    here, office = "/privacy/agreements/", company.offices["partner"]
    told = {
        "kind": "business_associate", "number": f"BA-{uuid4().hex[:8]}", "categories": ["coverage", "claims"],
        "purposes": ["HOPERAT"], "paper": SimpleUploadedFile("signed.pdf", b"%PDF-1.7 a signed paper"),
    }  # fmt: skip
    company.send(
        "priya", f"{here}record/{office.id}/?name=Partner+of+Ours", **told, **day("begins", 0), **day("ends", 20)
    )
    group, plan = uuid4().hex[:8], uuid4()
    company.ask(
        "insert into organisations_plan (id, sponsor, group_number, collected_under) values (%s, %s, %s, '2026')",
        [plan, f"Invented sponsor {group}", group],
    )
    narrow = {"plan": group, "number": "C-9", "role": "representative", "purpose": "HPAYMT", "opens": "claims"}
    company.send("priya", f"{here}contracts/narrow/", **narrow, **day("begins", 0))


def watched(company: Company) -> None:
    """An opening of hers stood out; somebody said that a sign-in was not theirs; an inquiry into fraud is granted."""
    company.ask(
        "insert into access_alarm (reasons, account, role, actor, subject, entry, at, same)"
        " values ('{surname,street}', %s, 'representative', 'Dana R.', %s, 0, now(), gen_random_uuid()::text)",
        [company.accounts["dana"], company.maria],
    )
    company.ask(
        "insert into accounts_alarm (id, account_id, role, number, about, raised_at)"
        " values (gen_random_uuid(), %s, 'member', '7KQ2-MWXD', 'signed in', now())",
        [company.accounts["fred"]],
    )
    paper = {"paper": "memo", "reference": "M 2026-7"} | day("paper_on", -2) | day("until", 20)
    company.send("priya", "/privacy/unseen/ask/", **MARIA, **paper)
    ((inquiry,),) = company.ask("select id from access_inquiry")
    company.send("quinn", f"/privacy/unseen/{inquiry}/decide/", act="grant")


def looked_after(company: Company) -> None:
    """A file with something kept apart that waits to be confirmed; a pair, a join that was asked for, a split begun."""
    file = uuid4()
    company.ask(
        "insert into intake_file (id, digest, name, sender, mode, began, read_at, applied_at, counts) values"
        " (%s, '\\x00', 'odd.837', 'ODD SENDER', 'lenient', now(), now(), now(),"
        """ '{"segments": 12, "sets": 1, "sets_aside": 1, "findings": 1}')""",
        [file],
    )
    company.ask(
        "insert into intake_staged (file_id, place, set_number, kind, finder, digest, apart, content)"
        " values (%s, 1, '0001', 'filing', %s, %s, true, '\\x00')",
        [file, file.bytes, file.bytes],
    )
    company.ask(
        "insert into intake_fullfile (file_id, plan_id, line, told_on, absent_on, state, reason, covered, absent,"
        " confirmed_by) select %s, id, 'HLT', '2026-11-01', '2026-10-31', 'waiting', '', 1200, 340, ''"
        " from organisations_plan limit 1",
        [file],
    )
    people = company.world.people
    for other in ("fred", "long"):
        pair = "insert into people_pair (one, other) values (%s, %s) returning id"
        ((number,),) = company.ask(pair, sorted((people["maria"], people[other])))
        if other == "fred":
            company.send("adam", f"/operations/records/pairs/{number}/", why="The same kestrel.")
    company.send("adam", "/operations/records/find/", **MARIA, person=str(company.maria))


def staffed(company: Company) -> None:
    """Vera asks to invite two, of whom Vito lets one; and removes somebody, which Vito has not read."""
    for _twice in range(2):
        form = {"actor": "Ivy I.", "role": "auditor", "login": f"staff-{uuid4().hex[:8]}"}
        company.send("vera", "/staff/invite/", **form)
    asked = re.findall(r'href="(/staff/asked/[^"]+)"', company.client("vito").get("/staff/").text)
    company.shown("vito", asked[0])
    company.send("vera", f"/staff/{company.accounts['ivan']}/remove/")


def mended(company: Company) -> None:
    """Something was broken for sixteen minutes and holds again."""
    with company.house.connect(company.operator, "proof", autocommit=True) as connection:
        for held, ago in ((False, 30), (True, 14)):
            run = uuid4()
            connection.execute(
                "insert into wellkept.proof_run values (%s, now(), now(), '2026-11-22', 'mended')", [run]
            )
            connection.execute(
                "insert into wellkept.proof_try (run, control, name, sentence, outcome, held, at)"
                " values (%s, 'phone-beside-mail', 'Look', 'We looked.', 'Missing', %s,"
                " now() - make_interval(mins => %s))",
                [run, held, ago],
            )
            proof.span(connection, run, controls.house()["phone-beside-mail"])
    queries.KEPT.clear()
    history.READ.clear()
