"""What stands behind each service to people: its tables in words, who brought what is in them, how long it stays.

Serves U-03, U-04, U-20, U-46. The database says what each field is (``policy.catalogue``), the pack who may read it and
how long it is kept; here stands what neither can say.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from wellkept.policy.holding import (
    ANYONE,
    FILES,
    NOBODY,
    OFFICE,
    OPEN,
    PLANS,
    RULES,
    STAFF,
    WORK,
    YOU,
    Area,
    Kept,
    Serves,
)
from wellkept.policy.words import Category

C = Category
CARE: Final = (C.CLAIMS, C.SENSITIVE_CLAIMS)

SERVICES: Final = (
    Area(
        "registration",
        _("Registration and sign-in"),
        _("We find you on your plan's list, send you a code, and open your own pages to you alone."),
        Serves.SERVICE,
        ("U-05", "P-15"),
        ("/register/", "/sign-in/", "/member/privacy/sessions/"),
        (
            Kept(
                "accounts_registration",
                _("Requests to register"),
                (YOU,),
                lasts=_("Minutes: until our program has compared it with the list."),
                seen=NOBODY,
            ),
            Kept("accounts_accesscode", _("Access codes"), (WORK,), (C.IDENTITY,), seen=NOBODY),
            Kept("accounts_account", _("Accounts"), (YOU, WORK), (C.IDENTITY,), seen=NOBODY),
            Kept(
                "accounts_session",
                _("Sign-ins"),
                (WORK,),
                lasts=_("Until you sign out or end it. One that ran out opens nothing, and goes with your account."),
                seen=_("You. Our staff do not see it."),
            ),
            Kept("accounts_met", _("The policy you were told of"), (WORK,), (C.IDENTITY,), seen=_("You.")),
            Kept(
                "consent_acknowledgement",
                _("What you agreed to"),
                (YOU,),
                (C.IDENTITY,),
                seen=NOBODY,
            ),
            Kept("consent_document", _("Texts to agree to"), (WORK,), lasts=OPEN, seen=ANYONE),
        ),
    ),
    Area(
        "identity",
        _("Who you are, and who is covered with you"),
        _("We show each person their own record, and know one person from another."),
        Serves.SERVICE,
        ("U-29", "P-01"),
        ("/member/", "/member/family/", "/member/privacy/joined/", "/operations/records/"),
        (
            Kept("people_person", _("People"), (FILES,), (C.IDENTITY,)),
            Kept("people_household", _("Families"), (FILES,), (C.IDENTITY,), seen=NOBODY),
            Kept("people_identity", _("Which entries of files are one person"), (WORK,), (C.IDENTITY,), seen=NOBODY),
            Kept("people_finder", _("What finds a record without showing it"), (WORK,), (C.IDENTITY,), seen=NOBODY),
            Kept("people_pair", _("Records that may be one person"), (WORK,), (C.IDENTITY,), seen=OFFICE),
            Kept(
                "people_join",
                _("Records that were joined"),
                (STAFF,),
                (C.IDENTITY,),
                seen=_("You, and the administrators who join records."),
            ),
            Kept("people_split", _("Records that were split"), (STAFF,), (C.IDENTITY,), seen=OFFICE),
            Kept("people_split_part", _("What moved when a record was split"), (STAFF,), (C.IDENTITY,), seen=OFFICE),
        ),
    ),
    Area(
        "coverage",
        _("Coverage, ID card and totals"),
        _("You see what you are covered for, show it at an office, and know how much of your share is reached."),
        Serves.SERVICE,
        ("U-29", "P-01"),
        ("/member/coverage/", "/member/card/", "/member/totals/"),
        (
            Kept("benefits_coverage", _("Coverage"), (FILES,), (C.COVERAGE,)),
            Kept("benefits_balance", _("How much of a deductible is reached"), (FILES,), (C.COVERAGE, *CARE)),
            Kept("intake_covered", _("Who is in which plan"), (FILES,), (C.COVERAGE,), seen=NOBODY),
            Kept("intake_premium", _("Premiums paid for people"), (FILES,), (C.COVERAGE,)),
        ),
    ),
    Area(
        "claims",
        _("Claims"),
        _("You see each bill of your care, what became of it, and why."),
        Serves.SERVICE,
        ("U-29", "P-01"),
        ("/member/claims/",),
        (
            Kept("benefits_claim", _("Claims"), (FILES,), CARE),
            Kept("benefits_filing", _("What an office filed"), (FILES,), CARE),
            Kept("benefits_decision", _("What the plan decided"), (FILES,), CARE),
            Kept("intake_late", _("Claims decided before coverage ended"), (WORK,), CARE),
            Kept("intake_mark", _("Marks of sensitive claims"), (WORK,), (C.SENSITIVE_CLAIMS,), seen=NOBODY),
            Kept("benefits_reasoncode", _("Words for the codes of reasons"), (PLANS,), lasts=OPEN, seen=ANYONE),
        ),
    ),
    Area(
        "plans",
        _("Plans, plan documents and finding care"),
        _("You read your plan's own papers, and find an office near you. What you look for is not kept."),
        Serves.MATERIALS,
        ("U-29", "P-01"),
        ("/member/documents/", "/member/care/"),
        (
            Kept("organisations_plan", _("Plans and employers"), (FILES, PLANS), lasts=OPEN, seen=ANYONE),
            Kept("organisations_terms", _("What plans pay for"), (PLANS,), lasts=OPEN, seen=ANYONE),
            Kept("organisations_booklet", _("Plan documents"), (PLANS,), lasts=OPEN, seen=ANYONE),
            Kept("organisations_office", _("Offices that give care"), (PLANS,), lasts=OPEN, seen=ANYONE),
            Kept("organisations_provider", _("Who gave care, by name"), (FILES, PLANS), lasts=OPEN, seen=ANYONE),
            Kept("organisations_place", _("Where ZIP codes lie"), (PLANS,), lasts=OPEN, seen=ANYONE),
        ),
    ),
    Area(
        "telling",
        _("What you send us"),
        _("A person decides on what you send: a receipt, other insurance, or a change in your family."),
        Serves.SERVICE,
        ("U-17", "P-12"),
        ("/member/submit/", "/member/other-insurance/", "/member/changes/", "/desk/cases/"),
        (
            Kept("benefits_told", _("Your answers"), (YOU,), (C.CLAIMS, C.COVERAGE, C.ENROLMENT)),
            Kept("files_attachment", _("Your papers"), (YOU,), (C.CLAIMS, C.COVERAGE, C.ENROLMENT)),
            Kept("files_part", _("The pages of your papers"), (YOU,), (C.CLAIMS, C.COVERAGE, C.ENROLMENT)),
            Kept("service_case", _("The case that is made of it"), (WORK, STAFF), (C.CLAIMS, C.COVERAGE, C.ENROLMENT)),
            Kept("service_casestep", _("Each step of a case"), (STAFF, YOU), (C.CLAIMS, C.COVERAGE, C.ENROLMENT)),
        ),
    ),
    Area(
        "contact",
        _("Where we write to you"),
        _("Letters and cards reach you, and nobody else, where you want them."),
        Serves.MATERIALS,
        ("U-29", "P-12"),
        ("/member/contact/",),
        (
            Kept("people_contact", _("Address, telephone and e-mail"), (FILES, YOU), (C.CONTACT,)),
            Kept("people_confidential", _("The address you give in confidence"), (YOU,), (C.CONTACT,)),
            Kept("notices_letter", _("Letters that wait to be printed"), (WORK,), (C.CONTACT,)),
        ),
    ),
    Area(
        "news",
        _("News for you"),
        _("You learn that something is new, in the way you choose."),
        Serves.MATERIALS,
        ("U-27", "P-30"),
        ("/member/news/",),
        (
            Kept("notices_news", _("What is new"), (WORK,), (*CARE, C.COVERAGE, C.REQUESTS, C.ENROLMENT)),
            Kept("notices_informed", _("Which new practice you were told of"), (WORK,), (C.CONTACT,)),
            Kept("notices_choice", _("How you want to be told"), (YOU,), (C.CONTACT,)),
            Kept("notices_address", _("Your e-mail address, once confirmed"), (YOU,), (C.CONTACT,)),
        ),
    ),
    Area(
        "sharing",
        _("Whom you let see your record"),
        _("Somebody sees your record only by your word, as long as you want."),
        Serves.SERVICE,
        ("U-19", "P-06"),
        ("/member/family/sharing/",),
        (
            Kept("consent_authorization", _("Your word"), (YOU,), (C.REQUESTS,)),
            Kept("consent_recipient", _("To whom words were given"), (WORK,), (C.REQUESTS,), seen=NOBODY),
            Kept("consent_restriction", _("What you had restricted"), (YOU, STAFF), (C.REQUESTS,)),
        ),
    ),
    Area(
        "privacy",
        _("Who opened your record, and privacy requests"),
        _("You see who looked, can prove it, and can ask for a copy, a change or a limit."),
        Serves.ANSWER,
        ("U-33", "P-19"),
        ("/member/privacy/", "/privacy/"),
        (
            Kept("rights_request", _("Privacy requests"), (YOU, STAFF), (C.REQUESTS,)),
            Kept("ledger_entry", _("Who opened what, and why"), (WORK,), (C.OPENINGS,)),
            Kept("ledger_also", _("Others named by an opening"), (WORK,), (C.OPENINGS,), seen=NOBODY),
            Kept("ledger_occasion", _("Visits, calls and files that openings belong to"), (WORK,), (C.OPENINGS,)),
            Kept("ledger_leaf", _("Seals of openings"), (WORK,), (C.OPENINGS,), seen=NOBODY),
            Kept("ledger_tile", _("The published tree of seals"), (WORK,), (C.OPENINGS,), seen=ANYONE),
            Kept("ledger_checkpoint", _("Signed heads of the tree"), (WORK,), (C.OPENINGS,), seen=ANYONE),
            Kept("ledger_epoch", _("Each time the tree began"), (WORK,), (C.OPENINGS,), seen=ANYONE),
            Kept("ledger_erasure", _("Which removal emptied which seal"), (WORK,), (C.OPENINGS,), seen=NOBODY),
            Kept("ledger_clause", _("Which promise an opening rests on"), (WORK,), lasts=RULES, seen=NOBODY),
            Kept("access_spent", _("Whom an account opened in an hour"), (WORK,), lasts=_("Two hours."), seen=NOBODY),
            Kept(
                "access_spent_count",
                _("How many an account opened in an hour"),
                (WORK,),
                lasts=_("Two hours."),
                seen=NOBODY,
            ),
        ),
    ),
    Area(
        "desk",
        _("Calls to our desk"),
        _("A representative finds you by what you say, and opens what your call is about."),
        Serves.ANSWER,
        ("U-31", "P-12"),
        ("/desk/",),
        (
            Kept(
                "service_call",
                _("Calls"),
                (STAFF,),
                (C.OPENINGS,),
                seen=_("You, as an opening of your record, and the representative who answers."),
            ),
        ),
    ),
)
"""In the order of the page."""
