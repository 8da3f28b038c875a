"""The practices a pack may choose, each with its type, its bounds and the file of the house that reads it.

A practice that is not declared here is refused, and so is one that its file no longer reads (B-08).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from wellkept.policy import sections
from wellkept.policy.sections import Section
from wellkept.policy.shapes import Pack, PracticeValue
from wellkept.policy.words import Role


@dataclass(frozen=True, slots=True)
class Practice:
    """One thing an operator decides: what it means, what it may be, and who reads it."""

    name: str
    kind: Literal["flag", "number", "choice", "names"]
    meaning: str
    read_by: str
    allowed: tuple[str, ...] = ()
    least: int = 0
    most: int = 0


AUDIENCES: Final = tuple(role.value for role in (Role.MEMBER, Role.PROVIDER, Role.EMPLOYER, Role.AGENT, Role.PARTNER))

PRACTICES: Final = (
    Practice(
        "run_out_months",
        "number",
        "How long after coverage ends a member's account stays open; 0: without end.",
        "wellkept/cli/ending.py",
        least=0,
        most=120,
    ),
    Practice(
        "recovery",
        "choice",
        "How a forgotten password is mended: by a new access code, or by a link with a secret we gave.",
        "wellkept/accounts/recovery.py",
        allowed=("code", "secret", "question"),
    ),
    Practice(
        "evidence",
        "choice",
        "Who may see how each promise is kept and when it was last tried.",
        "wellkept/web/shell/evidence.py",
        allowed=("public", "members", "auditors"),
    ),
    Practice(
        "audiences",
        "names",
        "Who may register.",
        "wellkept/web/entrance/register.py",
        allowed=AUDIENCES,
    ),
    Practice(
        "contents",
        "names",
        "What messages may serve.",
        "wellkept/policy/contents.py",
        allowed=("service", "publication", "programme", "offer"),
    ),
    Practice(
        "statistics",
        "choice",
        "What is counted of visits: nothing, totals of pages and ways, or hits by one thing at a time.",
        "wellkept/statistics/counters.py",
        allowed=("none", "totals", "hits"),
    ),
    Practice(
        "return_visit_cookie",
        "flag",
        "Whether a cookie of coarse dates counts returning visits.",
        "wellkept/web/shell/context.py",
    ),
    Practice(
        "popular_first",
        "flag",
        "Whether the links of the welcome page stand in the order of last month's totals.",
        "wellkept/web/site/popular.py",
    ),
    Practice(
        "preferences_cookie",
        "flag",
        "Whether a cookie may hold text size, contrast and which announcement was read.",
        "wellkept/web/shell/preferences.py",
    ),
    Practice(
        "links_rechecked",
        "flag",
        "Whether a program looks each day at the pages we link to. Without it nothing of ours asks another site.",
        "wellkept/cli/rechecking.py",
    ),
    Practice(
        "answers_in_business_days",
        "number",
        "Within how many business days a privacy request is answered by a person.",
        "wellkept/web/shell/context.py",
        least=1,
        most=5,
    ),
    Practice(
        "cases_in_business_days",
        "number",
        "Within how many business days a person decides on what a member sent, where no law sets the day.",
        "wellkept/web/member/sending.py",
        least=1,
        most=30,
    ),
    Practice(
        "session_hours",
        "number",
        "After how many hours a session ends in any case (NIST SP 800-63B-4, section 2.2.3: 24 at most).",
        "wellkept/accounts/actions.py",
        least=1,
        most=24,
    ),
    Practice(
        "session_idle_minutes",
        "number",
        "After how many minutes without use a session ends (NIST SP 800-63B-4, section 2.2.3: 60 at most).",
        "wellkept/accounts/actions.py",
        least=5,
        most=60,
    ),
    Practice(
        "account_events_days",
        "number",
        "For how many days what happened with an account is listed to its holder.",
        "wellkept/accounts/events.py",
        least=90,
        most=800,
    ),
    Practice(
        "lapse_days",
        "number",
        "After how many days an organisation's account lapses that its administrator does not renew.",
        "wellkept/accounts/lapsing.py",
        least=30,
        most=180,
    ),
    Practice(
        "staff_second_factor",
        "flag",
        "Whether people who work here show a second factor before anything opens to them.",
        "wellkept/access/compile.py",
    ),
    Practice(
        "staff_code_days",
        "number",
        "For how many days an invitation to work here can be used.",
        "wellkept/accounts/staffing.py",
        least=1,
        most=30,
    ),
    Practice(
        "access_code_days",
        "number",
        "For how many days an access code sent by post can be used.",
        "wellkept/cli/registering.py",
        least=1,
        most=30,
    ),
    Practice(
        "registrations_in_business_days",
        "number",
        "Within how many business days a person decides on a request to register that no list knows.",
        "wellkept/cli/registering.py",
        least=1,
        most=30,
    ),
    Practice(
        "inquiries_in_business_days",
        "number",
        "Within how many business days a person answers a question, or posts the papers, asked for by a public form.",
        "wellkept/inquiries/actions.py",
        least=1,
        most=30,
    ),
    Practice(
        "full_file_ends_at_most_percent",
        "number",
        "How many percent of a plan's people a full enrolment file may end before somebody has confirmed it.",
        "wellkept/intake/ends.py",
        least=0,
        most=100,
    ),
    Practice(
        "full_file_last_day",
        "choice",
        "The last day of somebody whom a full enrolment file names no more.",
        "wellkept/intake/ends.py",
        allowed=("day_of_the_file", "day_before_the_file", "end_of_the_month"),
    ),
    Practice(
        "watch_people_an_hour",
        "number",
        "How many people somebody may open in an hour before it stands out.",
        "wellkept/access/compile.py",
        least=1,
        most=500,
    ),
    Practice(
        "watch_from_hour",
        "number",
        "The hour at which work begins here; an opening by staff before it stands out.",
        "wellkept/access/compile.py",
        least=0,
        most=23,
    ),
    Practice(
        "watch_until_hour",
        "number",
        "The hour at which work ends here; an opening by staff after it, or on a weekend, stands out.",
        "wellkept/access/compile.py",
        least=1,
        most=24,
    ),
    Practice(
        "tax_prefixes_also",
        "names",
        "With which two digits a tax number may begin besides those on the tax office's list.",
        "wellkept/organisations/formats.py",
        allowed=tuple(f"{number:02}" for number in range(100)),
    ),
    Practice(
        "notice_days",
        "number",
        "For how many days after it takes effect a new version of the policy is announced on every page.",
        "wellkept/web/shell/context.py",
        least=1,
        most=365,
    ),
    Practice(
        "policy_told_within_days",
        "number",
        "Within how many days everybody is told of a changed policy (45 CFR 164.520(c)(1)(v): 60 at most).",
        "wellkept/cli/practising.py",
        least=1,
        most=60,
    ),
    Practice(
        "publications_box",
        "flag",
        "Whether the box for publications is ticked beforehand, beside the box for an e-mail address.",
        "wellkept/web/shell/subscribing.py",
    ),
    Practice(
        "contact_confirmed_months",
        "number",
        "After how many months somebody is asked whether their e-mail or postal address is still right.",
        "wellkept/web/shell/reached.py",
        least=1,
        most=12,
    ),
    Practice(
        "policy_reminder_months",
        "number",
        "After how many months everybody is told again where the policy is (45 CFR 164.520(c)(1)(ii): 36 at most).",
        "wellkept/cli/practising.py",
        least=1,
        most=36,
    ),
)


def read(section: Section) -> Mapping[str, PracticeValue]:
    """Every declared practice with the value the pack chose; refuses an unknown, a missing and an impossible one."""
    known = {practice.name for practice in PRACTICES}
    for key in section.values:
        if key not in known:
            raise sections.refusal(section, key, f'"{key}" is a practice no part of the house reads.')
    chosen = {practice.name: _value(section, practice) for practice in PRACTICES}
    if chosen["return_visit_cookie"] and chosen["statistics"] == "none":
        sentence = "A cookie cannot count returning visits where nothing is counted."
        raise sections.refusal(section, "return_visit_cookie", sentence)
    if chosen["popular_first"] and chosen["statistics"] != "totals":
        sentence = "What is read most cannot come first where pages are not counted."
        raise sections.refusal(section, "popular_first", sentence)
    return MappingProxyType(chosen)


def _value(section: Section, practice: Practice) -> PracticeValue:
    match practice.kind:
        case "flag":
            return sections.flag(section, practice.name)
        case "number":
            return sections.number(section, practice.name, least=practice.least, most=practice.most)
        case "choice":
            return _allowed(section, practice, (sections.text(section, practice.name),))[0]
        case "names":
            return _allowed(section, practice, sections.texts(section, practice.name))


def _allowed(section: Section, practice: Practice, chosen: tuple[str, ...]) -> tuple[str, ...]:
    for choice in chosen:
        if choice not in practice.allowed:
            sentence = f'"{practice.name}" cannot be "{choice}"; it may be: {", ".join(practice.allowed)}.'
            raise sections.refusal(section, practice.name, sentence)
    return chosen


def number(pack: Pack, name: str) -> int:
    """The practice ``name`` of ``pack``, which is a number."""
    found = pack.practices[name]
    if isinstance(found, bool) or not isinstance(found, int):
        raise TypeError(f"The practice {name} is not a number.")
    return found


def choice(pack: Pack, name: str) -> str:
    """The practice ``name`` of ``pack``, which is one word."""
    found = pack.practices[name]
    if not isinstance(found, str):
        raise TypeError(f"The practice {name} is not a word.")
    return found


def flag(pack: Pack, name: str) -> bool:
    """The practice ``name`` of ``pack``, which is yes or no."""
    found = pack.practices[name]
    if not isinstance(found, bool):
        raise TypeError(f"The practice {name} is not yes or no.")
    return found


def names(pack: Pack, name: str) -> tuple[str, ...]:
    """The practice ``name`` of ``pack``, which is a list of words."""
    found = pack.practices[name]
    if not isinstance(found, tuple):
        raise TypeError(f"The practice {name} is not a list of words.")
    return found
