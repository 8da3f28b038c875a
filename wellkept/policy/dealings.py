"""What stands behind letters, news, sharing, privacy requests and calls: what passes between people and us.

Serves U-03, U-04, U-20, U-46. Said in the same shape as ``policy.services``, of which it is the second half.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from wellkept.policy.holding import (
    ANYONE,
    FILES,
    NOBODY,
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

DEALINGS: Final = (
    Area(
        "contact",
        _("Where we write to you"),
        _("Letters and cards reach you, and nobody else, where you want them."),
        Serves.MATERIALS,
        ("U-29", "P-12"),
        ("/member/contact/", "/desk/returned/", "/desk/deaths/"),
        (
            Kept("people_contact", _("Address, telephone and e-mail"), (FILES, YOU), (C.CONTACT,)),
            Kept("people_confidential", _("The address you give in confidence"), (YOU,), (C.CONTACT,)),
            Kept("people_death", _("That somebody died, and whom we write to then"), (STAFF,), (C.CONTACT,)),
            Kept("notices_letter", _("Letters that wait to be printed"), (WORK,), (C.CONTACT, *CARE, C.COVERAGE)),
            Kept(
                "notices_batch",
                _("Batches of letters for a print house"),
                (WORK,),
                lasts=_("Without end: nobody is in it."),
                seen=_("Our mail room."),
            ),
            Kept("notices_reference", _("The references of letters"), (WORK,), (C.CONTACT,), seen=NOBODY),
            Kept(
                "notices_posted",
                _("Letters that went out, and which came back"),
                (WORK, STAFF),
                (C.CONTACT,),
            ),
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
            Kept(
                "notices_formeraddress",
                _("Your e-mail address before the last change"),
                (YOU,),
                (C.CONTACT,),
                lasts=_("72 hours, in which you may take the change back."),
            ),
            Kept("notices_still", _("When you last said that letters reach you"), (YOU,), (C.CONTACT,)),
            Kept(
                "notices_mailed",
                _("Which of our e-mails may come back"),
                (WORK,),
                (C.CONTACT,),
                lasts=_("30 days. It holds no address and no word of an e-mail."),
            ),
            Kept("notices_subscription", _("Whether you want our publications"), (YOU,), (C.CONTACT,)),
            Kept("notices_leavelink", _("The link by which you leave them"), (WORK,), (C.CONTACT,)),
            Kept("notices_published", _("Of which publication an e-mail told you"), (WORK,), (C.CONTACT,)),
        ),
    ),
    Area(
        "sharing",
        _("Whom you let see your record"),
        _("Somebody sees your record only by your word, as long as you want."),
        Serves.SERVICE,
        ("U-19", "P-06"),
        (
            "/member/family/sharing/",
            "/member/privacy/choices/",
            "/member/helpers/",
            "/member/helping/",
            "/desk/authorities/",
            "/privacy/releases/",
        ),
        (
            Kept("consent_authorization", _("Your word"), (YOU,), (C.REQUESTS,)),
            Kept("consent_appointment", _("Who may act for you"), (YOU, STAFF), (C.REQUESTS,)),
            Kept("consent_authority", _("Papers of representatives that wait"), (STAFF,), (C.REQUESTS,), seen=NOBODY),
            Kept("consent_actsfor", _("For whom somebody acts"), (WORK,), (C.REQUESTS,), seen=NOBODY),
            Kept("consent_recipient", _("To whom words were given"), (WORK,), (C.REQUESTS,), seen=NOBODY),
            Kept("consent_restriction", _("What you had restricted"), (YOU, STAFF), (C.REQUESTS,)),
            Kept("disclosures_release", _("What left, and to whom"), (WORK,), (C.OPENINGS,)),
            Kept(
                "disclosures_task",
                _("What is about to leave under an agreement"),
                (WORK,),
                (C.OPENINGS,),
                seen=NOBODY,
                lasts=_("Until it left, and ten minutes at most in force."),
            ),
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
            Kept(
                "rights_letter",
                _("References of letters that follow an answer"),
                (WORK,),
                (C.REQUESTS,),
                seen=_("You, on the letter. Customer service types it and sees no name."),
            ),
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
                "access_alarm",
                _("Openings that stood out, and what we found"),
                (WORK, STAFF),
                (C.OPENINGS,),
                seen=_("Our privacy office. You read of it on your list of openings."),
            ),
            Kept(
                "access_inquiry",
                _("Inquiries of which you read later"),
                (STAFF,),
                (C.OPENINGS,),
                seen=_("Our privacy office. You read of it when the inquiry ends."),
            ),
            Kept("ledger_seal", _("Until when openings are kept back"), (STAFF,), (C.OPENINGS,), seen=NOBODY),
            Kept(
                "access_near",
                _("What tells our program that somebody here is near to you"),
                (FILES, WORK),
                (C.IDENTITY, C.CONTACT),
                seen=NOBODY,
            ),
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
            Kept("service_note", _("Notes of calls"), (STAFF,), (C.CALLS,)),
            Kept(
                "service_number",
                _("Whose case has which number"),
                (WORK,),
                (C.CALLS,),
                seen=_("No person. Only our program compares it, when you quote the number."),
            ),
        ),
    ),
)
"""In the order of the page."""
