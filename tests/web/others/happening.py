"""What there is to open: each kind of record page and file address, made by its owner over the pages."""

from datetime import date, timedelta
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files.papers import pdf
from tests.organisations.test_papers import APPOINT
from tests.web.desk.conftest import MARIA
from tests.web.desk.test_cases import CHANGE
from tests.web.member.test_telling import CLAIM, YES
from tests.web.others.company import AUDIENCES, Company
from wellkept.accounts import actions
from wellkept.policy import packs

CANARY: Final = {
    "maria": ("alvarez", "m-4410", "kestrel"), "provider": ("heronry",), "employer": ("ploverly",),
    "agent": ("dunlinny",), "partner": ("curlewry",), "question": ("siskinny",), "newcomer": ("serinette",),
}  # fmt: skip
"""By whose record it is: what no page without a tie to them may show, in small letters."""
HELPED: Final = ("coverage", "claims", "sensitive_claims")
BORN: Final = {"birth_date_month": "4", "birth_date_day": "5", "birth_date_year": "1960"}
SEEN: Final = {"paper": "court", "seen_month": "11", "seen_day": "2", "seen_year": "2026"}
PLACE: Final = {"street": "9 Hidden Lane", "city": "Farwell", "state": "MN", "zip_code": "56001"}
KESTREL: Final = "Who reads about the kestrel?"


def day(name: str, ahead: int) -> dict[str, str]:
    """The three boxes of a date so many days ahead, where the operator works."""
    on = packs.today(packs.named("umr")) + timedelta(days=ahead)
    return {f"{name}_month": str(on.month), f"{name}_day": str(on.day), f"{name}_year": str(on.year)}


def paper(whose: str) -> SimpleUploadedFile:
    """A PDF with the word of whose it is in it and in its name."""
    word = CANARY[whose][-1]
    return SimpleUploadedFile(f"{word}.pdf", pdf(f"/{word} true".encode()), "application/pdf")


def happened(company: Company) -> None:
    """Everything, in an order in which each can."""
    told(company)
    chosen(company)
    helped(company)
    asked_about_claims(company)
    called(company)
    questioned(company)
    exchanged(company)


def told(company: Company) -> None:
    """Maria asks who reads about her, and tells of care, a change and other insurance with papers; one stays unsent."""
    company.send("maria", "/member/privacy/requests/ask/", kind="question", words=KESTREL)
    company.send("maria", "/member/privacy/requests/ask/", kind="question", words=f"{KESTREL} Again.")
    care, change = CLAIM | {"what": "The kestrel's throat."}, CHANGE | {"words": "The kestrel's child."}
    for at, form in (("submit", care), ("changes", change)):
        for sent in (True, False):
            begun = company.send("maria", f"/member/{at}/new/", **form).removesuffix("papers/")
            company.send("maria", f"{begun}papers/", papers=paper("maria"))
            if sent:
                company.send("maria", f"{begun}send/")
    company.send("maria", "/member/other-insurance/", **YES | {"insurer": "Kestrel Mutual"})
    cases = "select id, about, kind from service_case where person_id = %s and about in (select id from benefits_told)"
    for case, about, kind in company.ask(cases, [company.maria]):
        company.send("dana", f"/desk/cases/{case}/take/")
        company.send("dana", f"/desk/cases/{case}/", what="asked", words="Which kestrel?")
        if kind == "other_insurance":
            company.send("maria", f"/member/other-insurance/{about}/papers/", papers=paper("maria"))


def chosen(company: Company) -> None:
    """She signs an authorization to somebody outside, which is sent; asks for a limit, and one over what she paid."""
    here = "/member/privacy/choices/"
    said = {
        "recipient": "Kestrel Law", "line1": "12 Main Street", "line2": "", "city": "Ames", "state": "ia",
        "zip": "50010", "purpose": "HLEGAL", "opens": ["coverage", "claims"], "signature": "María Alvarez",
    }  # fmt: skip
    at = company.send("maria", f"{here}authorize/", **said, **day("until", 40)).partition("?")[0]
    company.send("maria", f"{at}send/")
    company.send("maria", f"{here}restrict/", sort="member", opens=["claims"], words="The kestrel is mine.")
    company.send("maria", f"{here}paid/", claim=str(company.world.claims["part"]))


def helped(company: Company) -> None:
    """Uma, of another family, helps her with all that can be given; and a second helper never used the code."""
    said = {"name": "Kestrel Ruiz", "opens": list(HELPED), "way": "hand"} | BORN | day("until", 30)
    code = ""
    for _twice in range(2):
        page = company.shown("maria", "/member/helpers/new/", **said)
        code = code or page.split('class="big">')[1].split("<")[0]
    company.send("uma", "/member/helping/", code=code, **BORN)


def asked_about_claims(company: Company) -> None:
    """She asks about a claim; where there is a plan, appeals another and asks for a decision, which Dana refuses."""
    claims, here = company.world.claims, "/member/appeals/"
    company.send("maria", f"{here}ask/{claims['paid']}/", words=KESTREL, papers=paper("maria"))
    if company.plans:
        company.send("maria", f"{here}claim/{claims['denied']}/", words=KESTREL, papers=paper("maria"))
        company.send("maria", f"{here}care/", setting="before", words=KESTREL)
    mine = "select id, kind from service_case where closed_at is null and person_id = %s"
    for case, kind in company.ask(mine + " and about in (select id from service_thread)", [company.maria]):
        company.send("dana", f"/desk/cases/{case}/take/")
        if kind not in ("inquiry", "appeal"):
            company.send("dana", f"/desk/appeals/{case}/", what="refused", words="Kestrel.", rule="Booklet, section 4")


def called(company: Company) -> None:
    """On a call a guardian and a death are told, the first is confirmed; then Dana and Rhea verify Maria."""
    company.shown("dana", "/desk/find/", **MARIA)
    begin = {"begin": "yes", "person": str(company.maria)}
    call = company.send("dana", "/desk/find/", **MARIA, **begin, about="other")
    for name in ("Kestrel Standing", "Kestrel Waiting"):
        guardian = {"kind": "guardian", "name": name, "opens": ["claims"]} | BORN | day("until", 60)
        company.send("dana", f"{call}authority/", **guardian)
        waits = "select id from consent_appointment where person_id = %s and state = 'waits'"
        ((number,),) = company.ask(waits, [company.maria])
        if name == "Kestrel Standing":
            company.shown("paul", f"/desk/authorities/{number}/", **SEEN)
    company.send("dana", f"{call}death/", step="death", by="Kestrel Alvarez", stands="child")
    for who, about in (("dana", "claim"), ("rhea", "choices")):
        company.shown(who, "/desk/find/", **MARIA)
        call = company.send(who, "/desk/find/", **MARIA, **begin, about=about)
        company.send(who, f"{call}verified/")


def questioned(company: Company) -> None:
    """Two ask whom nobody knows, of whom Dana takes one; and one asks for a code whom no list names."""
    question = {"topic": "other", "words": "The siskinny?", "name": "Siskinny", "reply": "post"} | PLACE
    for _twice in range(2):
        company.send("nobody", "/contact/write/", **question)
    ((inquiry,), _other) = company.ask("select id from inquiries_inquiry where state = 'waiting'")
    company.send("dana", f"/desk/inquiries/{inquiry}/take/")
    actions.ask_for_code(
        member="X-1", group="G-WRONG", name="Sia Serinette", born=date(1984, 5, 21), email="m@example.org"
    )
    company.ask("update accounts_registration set state = 'unmatched'")


def exchanged(company: Company) -> None:
    """Each organisation sends a paper and invites somebody; Dana takes the case; the employer appoints the agent."""
    company.ask(APPOINT, [company.offices["agent"].id, company.offices["employer"].id])
    for role in AUDIENCES:
        sent = {"kind": "contract", "title": f"Balance of {CANARY[role][0]}", "file": paper(role)}
        company.send(role, "/colleagues/papers/send/", **sent, **({"with_agent": "on"} if role == "employer" else {}))
        born = {"birth_date_month": "2", "birth_date_day": "3", "birth_date_year": "1990"}
        company.shown(role, "/colleagues/invite/", name=f"Ada {CANARY[role][0].title()}", **born)
        ((case,),) = company.ask("select id from service_case where person_id = %s", [company.offices[role].id])
        company.send("dana", f"/desk/cases/{case}/take/")
