"""What stands behind each service to people: its tables in words, who brought what is in them, how long it stays.

Serves U-03, U-04, U-20, U-46. The database says what each field is (``policy.catalogue``), the pack who may read it and
how long it is kept; here stands what neither can say.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from wellkept.policy.dealings import CARE, DEALINGS
from wellkept.policy.holding import (
    ANYONE,
    FILES,
    NOBODY,
    OFFICE,
    OPEN,
    PLANS,
    STAFF,
    WORK,
    YOU,
    Area,
    Kept,
    Serves,
)
from wellkept.policy.words import Category

C = Category

_YOURS: Final = _("Until you remove it, and no longer than your account.")
_AN_HOUR: Final = _("An hour at most, and once.")
_A_DAY: Final = _("Ten minutes. Our program removes it the day after.")
_DAYS: Final = _("Ten minutes. Our program removes it after two days.")

SERVICES: Final = (
    Area(
        "registration",
        _("Registration and sign-in"),
        _("We find you on your plan's list, send you a code, and open your own pages to you alone."),
        Serves.SERVICE,
        ("U-05", "P-15"),
        ("/register/", "/sign-in/", "/account/", "/desk/registrations/", "/desk/alarms/"),
        (
            Kept(
                "accounts_registration",
                _("Requests to register"),
                (YOU,),
                lasts=_("Minutes, where our program finds you. Else until a person decides, within days."),
                seen=_("Customer service, where our program finds nobody. Each look is on record."),
            ),
            Kept("accounts_accesscode", _("Access codes"), (WORK,), (C.IDENTITY,), seen=NOBODY),
            Kept("accounts_account", _("Accounts"), (YOU, WORK), (C.IDENTITY,), seen=NOBODY),
            Kept(
                "accounts_session",
                _("Sign-ins"),
                (WORK,),
                lasts=_("Until you sign out or end it. One that ran out opens nothing, and goes after 90 days."),
                seen=_("You. Our staff do not see it."),
            ),
            Kept(
                "accounts_ending",
                _("When your account closes after coverage"),
                (WORK,),
                lasts=_("Until your account closes, or you are covered again."),
                seen=_("You. Our staff do not see it."),
            ),
            Kept(
                "accounts_recovery",
                _("Your secret for a forgotten password"),
                (YOU, WORK),
                (C.IDENTITY,),
                seen=_("You, once, when it is made. Your reminder of it, whoever opens the link we mail you."),
            ),
            Kept(
                "accounts_recoveryasked",
                _("Passwords that were forgotten"),
                (YOU,),
                lasts=_("Minutes, a day at most: until our program has looked whose name it is."),
                seen=NOBODY,
            ),
            Kept(
                "accounts_recoverylink",
                _("Links to a new password"),
                (WORK,),
                lasts=_("Two days. It works for an hour."),
                seen=NOBODY,
            ),
            Kept("accounts_passkey", _("Passkeys"), (YOU, WORK), lasts=_YOURS, seen=_("You. Our staff do not see it.")),
            Kept("accounts_authenticator", _("Authenticator apps"), (WORK,), lasts=_YOURS, seen=NOBODY),
            Kept("accounts_recoverycode", _("Recovery codes"), (WORK,), lasts=_YOURS, seen=NOBODY),
            Kept("accounts_half", _("Sign-ins that are not complete"), (YOU, WORK), lasts=_A_DAY, seen=NOBODY),
            Kept("accounts_challenge", _("Numbers for passkeys to sign"), (WORK,), lasts=_AN_HOUR, seen=NOBODY),
            Kept("accounts_mailedcode", _("Sign-in codes by e-mail"), (YOU, WORK), lasts=_DAYS, seen=NOBODY),
            Kept(
                "accounts_event",
                _("What happened with your account"),
                (WORK,),
                lasts=_("For as many days as your account page says."),
                seen=_("You. Our staff do not see it."),
            ),
            Kept(
                "accounts_typed",
                _("A form you sent after your sign-in had run out"),
                (YOU,),
                lasts=_("Half an hour, or until you signed in again."),
                seen=_("You alone, in the same browser."),
            ),
            Kept(
                "accounts_alarm",
                _("What you told us was not you"),
                (YOU,),
                lasts=_("For as many days as your account page says."),
                seen=_("Customer service sees its number and its day. Your name is not on it."),
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
        "inquiries",
        _("Questions and papers by post"),
        _("We answer you, or post what you want, and then destroy what you typed."),
        Serves.ANSWER,
        ("U-03", "P-16"),
        ("/contact/write/", "/contact/papers/", "/desk/inquiries/"),
        (
            Kept(
                "inquiries_inquiry",
                _("What you write to us without an account"),
                (YOU,),
                (C.INQUIRY,),
                lasts=_("Until you have your answer. Then its key is destroyed."),
            ),
        ),
    ),
    Area(
        "colleagues",
        _("Organisations, and who comes in for them"),
        _("An organisation's own administrators say who of it can come in, and we hold everyone else off."),
        Serves.SERVICE,
        ("U-30", "P-15"),
        (
            "/provider/",
            "/employer/",
            "/agent/",
            "/partner/",
            "/colleagues/",
            "/colleagues/invite/",
            "/colleagues/papers/",
            "/desk/papers/",
        ),
        (
            Kept(
                "accounts_invitation",
                _("Invitations into an organisation"),
                (_("Its administrators"),),
                lasts=_("As long as the account they led to. One that nobody used goes 30 days after it ran out."),
                seen=_("The administrators of that organisation."),
            ),
            Kept(
                "organisations_organisation",
                _("Offices, employers, agents and partners who work with us"),
                (PLANS,),
                lasts=_("Without end, so that one that left still finds its own papers."),
                seen=_("Their own people. Of a tax number they see the last four digits."),
            ),
            Kept(
                "organisations_paper",
                _("Proposals, contracts, accounting and credit papers"),
                (_("Its own people"), STAFF),
                (C.PAPERS,),
            ),
            Kept(
                "organisations_paperpart",
                _("The pages of those papers"),
                (_("Its own people"), STAFF),
                (C.PAPERS,),
            ),
            Kept(
                "organisations_finder",
                _("What finds an organisation without showing it"),
                (WORK,),
                lasts=_("As long as the organisation it finds."),
                seen=NOBODY,
            ),
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
            Kept("people_number", _("Social security numbers"), (FILES,), (C.SOCIAL,)),
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
            Kept("files_attachment", _("Your papers"), (YOU, STAFF), (*CARE, C.COVERAGE, C.ENROLMENT)),
            Kept("files_part", _("The pages of your papers"), (YOU, STAFF), (*CARE, C.COVERAGE, C.ENROLMENT)),
            Kept(
                "service_case",
                _("The case that is made of it"),
                (WORK, STAFF),
                (*CARE, C.COVERAGE, C.ENROLMENT, C.CONTACT),
            ),
            Kept(
                "service_casestep",
                _("Each step of a case"),
                (STAFF, YOU),
                (*CARE, C.COVERAGE, C.ENROLMENT, C.CONTACT),
            ),
        ),
    ),
    Area(
        "appeals",
        _("Questions about claims, and appeals"),
        _("A person answers your question, or somebody who did not decide before looks again."),
        Serves.ANSWER,
        ("R-15", "U-17", "P-12"),
        ("/member/appeals/", "/desk/appeals/"),
        (Kept("service_thread", _("Your questions and appeals"), (YOU, STAFF), CARE),),
    ),
    *DEALINGS,
)
"""In the order of the page."""
