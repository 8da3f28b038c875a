"""What stands behind the services: files that come in, visits, links, keys, rules and the program's own notes.

Serves U-02, U-03, U-20, U-46. Said in the same shape as what is held of people.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from wellkept.policy.holding import ANYONE, FILES, NOBODY, OFFICE, OPEN, RULES, STAFF, VISIT, WORK, Area, Kept, Serves

FILE_TIME: Final = _("As long as the file's records. It names nobody.")
_HANDED: Final = _("As long as the file's records, with the name of whoever handed it in.")
_ANSWERED: Final = _("Without end, with the names of the officers who answer for it.")
UNNAMED: Final = _("Without end: nobody is in it.")
_REVIEWERS: Final = _("Our privacy office, and what it says in public.")
REPORTS: Final = _("Whoever reads our reports of visits. Small counts are withheld.")
_DONE: Final = _("Until it is done.")
_DECIDERS: Final = _("Our access administrators.")
_DECIDED: Final = _("Without end, with the names of those who decided.")

WORKINGS: Final = (
    Area(
        "files",
        _("Files that come in"),
        _("Your plan's files are read, checked against their totals, and brought into the records."),
        Serves.SERVICE,
        ("U-43", "P-08"),
        ("/operations/",),
        (
            Kept("intake_file", _("Files"), (FILES,), lasts=FILE_TIME, seen=OFFICE),
            Kept("intake_handed", _("Files that staff handed in"), (STAFF,), lasts=_HANDED, seen=OFFICE),
            Kept("intake_set", _("Parts of files"), (FILES,), lasts=FILE_TIME, seen=OFFICE),
            Kept("intake_setaside", _("What a file says wrongly"), (WORK,), lasts=FILE_TIME, seen=OFFICE),
            Kept(
                "intake_staged", _("What waits to be applied"), (FILES,), lasts=_("Until it is applied."), seen=NOBODY
            ),
            Kept("intake_total", _("What a file was counted as"), (WORK,), lasts=FILE_TIME, seen=OFFICE),
            Kept("intake_control", _("Totals that senders state"), (FILES,), lasts=FILE_TIME, seen=OFFICE),
            Kept("intake_acknowledged", _("Answers to our files"), (FILES,), lasts=FILE_TIME, seen=OFFICE),
            Kept("intake_fullfile", _("Full lists of a plan"), (FILES, STAFF), lasts=FILE_TIME, seen=OFFICE),
            Kept("intake_payment", _("Payments of premiums"), (FILES,), lasts=FILE_TIME, seen=OFFICE),
        ),
    ),
    Area(
        "agreements",
        _("Agreements with organisations"),
        _("Nobody outside receives or reaches anything before an agreement is in force that covers it."),
        Serves.SERVICE,
        ("U-11", "U-13", "P-08"),
        ("/privacy/agreements/", "/colleagues/agreements/"),
        (
            Kept(
                "organisations_agreement",
                _("Agreements with organisations"),
                (STAFF,),
                lasts=_("Without end, so that what was agreed can be shown later."),
                seen=_("Its parties and our privacy office."),
            ),
            Kept("organisations_warned", _("Who was told that an agreement ends"), (WORK,), lasts=OPEN, seen=NOBODY),
            Kept(
                "organisations_contract",
                _("What the contract of an employer takes away"),
                (STAFF,),
                lasts=_("Without end, so that what was agreed can be shown later."),
                seen=_("Our privacy office."),
            ),
        ),
    ),
    Area(
        "staff",
        _("Who works here"),
        _("Two people give a role, and one takes it. Nobody sets another's password."),
        Serves.SERVICE,
        ("U-31", "P-01"),
        ("/staff/", "/sign-in/staff/"),
        (
            Kept(
                "accounts_staffcode",
                _("Invitations to work here"),
                (STAFF,),
                lasts=_("Until used, or until they run out and another is made."),
                seen=_DECIDERS,
            ),
            Kept(
                "access_staffnear",
                _("What tells our program who is near to staff"),
                (STAFF,),
                lasts=_("Until another is entered in its place."),
                seen=NOBODY,
            ),
            Kept(
                "access_usual",
                _("How many somebody usually opens in an hour"),
                (WORK,),
                lasts=_("28 days."),
                seen=NOBODY,
            ),
            Kept("accounts_staffchange", _("Who gave or took which role"), (STAFF,), lasts=_DECIDED, seen=_DECIDERS),
            Kept(
                "accounts_openid", _("Ties to our own sign-on"), (WORK,), lasts=_("While they work here."), seen=NOBODY
            ),
            Kept("accounts_openidway", _("Browsers on their way to it"), (WORK,), lasts=_("Ten minutes."), seen=NOBODY),
            Kept("accounts_openidout", _("Sign-outs it told us of"), (WORK,), lasts=_("Minutes."), seen=NOBODY),
        ),
    ),
    Area(
        "visits",
        _("Visits to this site"),
        _("We learn which pages are read. Nobody is in these counts."),
        Serves.SERVICE,
        ("U-21", "P-22"),
        (),
        (
            Kept("statistics_dimension", _("What is counted"), (WORK,), lasts=RULES, seen=ANYONE),
            Kept("statistics_total", _("Totals of days that are not over"), (VISIT,), lasts=UNNAMED, seen=REPORTS),
            Kept("statistics_day", _("Totals of days"), (VISIT,), lasts=UNNAMED, seen=REPORTS),
            Kept("statistics_month", _("Totals of months"), (VISIT,), lasts=UNNAMED, seen=REPORTS),
            Kept("statistics_month_times", _("Times of months"), (VISIT,), lasts=UNNAMED, seen=REPORTS),
            Kept("statistics_run", _("Programs that are counting now"), (WORK,), lasts=_DONE, seen=NOBODY),
        ),
    ),
    Area(
        "links",
        _("Links to other sites"),
        _("A link leads only where somebody of ours has looked."),
        Serves.MATERIALS,
        ("U-35", "P-03"),
        ("/privacy/links/",),
        (
            Kept("links_link", _("Pages of others that we link to"), (STAFF,), lasts=_ANSWERED, seen=_REVIEWERS),
            Kept("links_review", _("What our reviewers found"), (STAFF,), lasts=_ANSWERED, seen=_REVIEWERS),
            Kept("links_check", _("Whether a page still answers"), (WORK,), lasts=_("400 days."), seen=_REVIEWERS),
        ),
    ),
    Area(
        "keys",
        _("Keys"),
        _("Each person's secrets are encrypted under keys of their own. A key that is destroyed ends what it sealed."),
        Serves.SERVICE,
        ("U-32", "B-04"),
        (),
        (
            Kept(
                "vault_key",
                _("The locked key of each person"),
                (WORK,),
                lasts=_("As long as what it seals. Copies of a destroyed key are gone after seven days."),
                seen=NOBODY,
            ),
            Kept("vault_operator_key", _("Our own locked keys"), (WORK,), lasts=_("While in use."), seen=NOBODY),
            Kept(
                "vault_kek_retired",
                _("Marks of keys out of use"),
                (WORK,),
                lasts=_("Without end. They open nothing."),
                seen=NOBODY,
            ),
        ),
    ),
    Area(
        "house",
        _("Rules, proofs and the program's own notes"),
        _("Our rules decide who may open what. Tries on made-up people show whether they hold."),
        Serves.SERVICE,
        ("U-13", "B-09"),
        (),
        (
            Kept("access_rule", _("Rules: who may open what"), (WORK,), lasts=RULES, seen=ANYONE),
            Kept("access_budget", _("How many a role may open"), (WORK,), lasts=RULES, seen=ANYONE),
            Kept("access_kin", _("Who counts as family"), (WORK,), lasts=RULES, seen=ANYONE),
            Kept("accounts_lapse", _("After how many days accounts lapse"), (WORK,), lasts=RULES, seen=ANYONE),
            Kept("access_door", _("Whether openings are stopped"), (WORK,), lasts=RULES, seen=ANYONE),
            Kept("access_unusual", _("What counts as unusual"), (WORK,), lasts=RULES, seen=ANYONE),
            Kept("access_watched", _("How far openings were looked through"), (WORK,), lasts=OPEN, seen=NOBODY),
            Kept("access_place", _("Our time zone"), (WORK,), lasts=RULES, seen=ANYONE),
            Kept("proof_run", _("Rounds of tries"), (WORK,), lasts=OPEN, seen=ANYONE),
            Kept("proof_try", _("Tries to break a promise"), (WORK,), lasts=OPEN, seen=ANYONE),
            Kept("proof_span", _("When a promise was broken, and until when"), (WORK,), lasts=OPEN, seen=ANYONE),
            Kept("proof_mended", _("How something was mended"), (STAFF,), lasts=OPEN, seen=ANYONE),
            Kept("notices_content", _("Which messages we send"), (WORK,), lasts=RULES, seen=ANYONE),
            Kept("gate_held", _("What is open this moment"), (WORK,), lasts=_("Seconds."), seen=NOBODY),
            Kept(
                "gate_flushed", _("When entries reached the disk"), (WORK,), lasts=_("Until the next one."), seen=NOBODY
            ),
            Kept("procrastinate_jobs", _("Work that waits; numbers alone"), (WORK,), lasts=_DONE, seen=NOBODY),
            Kept("procrastinate_events", _("Steps of that work"), (WORK,), lasts=_DONE, seen=NOBODY),
            Kept("procrastinate_periodic_defers", _("When regular work was due"), (WORK,), lasts=_DONE, seen=NOBODY),
            Kept("procrastinate_workers", _("Programs that do it"), (WORK,), lasts=_("While they run."), seen=NOBODY),
            Kept("django_migrations", _("Which tables were made when"), (WORK,), lasts=OPEN, seen=NOBODY),
        ),
    ),
)
"""In the order of the page."""
