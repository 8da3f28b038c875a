"""The notice of privacy practices: tells people of the policy when they are new, when it changed, and in time again.

Serves U-09, P-02; 45 CFR 164.520(c). By mail to an address the person confirmed, else by letter; neither says anything
of the person. Whoever wants no paper finds the notice on their pages (``web.shell.unread``).
"""

import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from wellkept.access import queries as access
from wellkept.accounts.letter import long_date
from wellkept.exchange.mail import sending
from wellkept.exchange.mail.posting import post
from wellkept.exchange.mail.sending import Post
from wellkept.exchange.mail.texts import Mail
from wellkept.files.letterhead import letterhead
from wellkept.notices import actions, addresses, practices
from wellkept.notices.practices import Due
from wellkept.people import confidential
from wellkept.policy import compare, packs
from wellkept.policy.practices import number
from wellkept.policy.shapes import Pack, PolicyVersion
from wellkept.policy.words import Category, Key, Purpose, Refused

RELATIONSHIP: Final = "letter"
MOST: Final = 40_000
"""How many people one day tells at most: a book of two million is through in fifty days."""

LETTERS: Final = {"enrolment": "privacy notice", "revision": "privacy notice", "reminder": "privacy reminder"}
MAILS: Final = {"enrolment": Mail.POLICY, "revision": Mail.POLICY, "reminder": Mail.POLICY_REMINDER}

log: Final = logging.getLogger(__name__)


def tell_all(timestamp: int) -> None:
    """Tell whoever is to be told, at most ``MOST`` a day; whoever cannot be told now is due again tomorrow."""
    del timestamp
    pack = settings.PACK
    version = packs.now_in_force(pack)
    months = number(pack, "policy_reminder_months")
    run = uuid4()
    due = practices.due(version=version.version, revised=revised(pack, version), months=months)
    with reached() as over:
        for before, one in enumerate(due):
            if before == MOST:
                late(pack, version)
                return
            if not before:
                access.begin(run, kind="job", label="policy")
            try:
                tell(one, version, run=run, over=over)
            except Refused as refused:
                log.warning("A person could not be told of the policy: %s.", refused.reason)
            except sending.MailError as error:
                log.warning("%s", error)


@contextmanager
def reached() -> Iterator[Post | None]:
    """A line to the mail server for a whole run; None where there is none, or it is not reached now."""
    with ExitStack() as stack:
        over: Post | None = None
        if sending.configured():
            try:
                over = stack.enter_context(sending.line())
            except sending.MailError as error:
                log.warning("%s", error)
        yield over


def revised(pack: Pack, version: PolicyVersion) -> bool:
    """Whether its words differ from those of the version before; how a promise is kept is not its words."""
    at = pack.versions.index(version)
    return at > 0 and bool(changed(pack, version) or reworded(pack.versions[at - 1], version))


def reworded(earlier: PolicyVersion, later: PolicyVersion) -> bool:
    """Whether the introductions differ."""
    return earlier.introduction != later.introduction


def changed(pack: Pack, version: PolicyVersion) -> list[str]:
    """The promises that read otherwise than in the version before, by their headings."""
    at = pack.versions.index(version)
    if not at:
        return []
    now = {clause.id: clause.heading for clause in version.clauses}
    before = {clause.id: clause.heading for clause in pack.versions[at - 1].clauses}
    changes = compare.compare(pack.versions[at - 1], version)
    return [f"{one.clause} {now.get(one.clause) or before[one.clause]}" for one in changes]


def late(pack: Pack, version: PolicyVersion) -> None:
    """Say aloud where people still wait after the days within which a revision is told (164.520(c)(1)(v))."""
    until = version.effective + timedelta(days=number(pack, "policy_told_within_days"))
    if packs.today(pack) > until:
        log.error("People wait to be told of version %s, and %s is past.", version.version, until)


def tell(one: Due, version: PolicyVersion, *, run: UUID, over: Post | None) -> None:
    """Tell one person. A mail is sent before the transaction ends: where that fails, nothing says it was sent."""
    with access.enter_as_machine(
        subjects=[one.person],
        purpose=Purpose.MEMBER_ADMINISTRATION,
        categories=[Category.IDENTITY, Category.CONTACT],
        occasion=run,
        relationship=RELATIONSHIP,
    ) as key:
        mailed = addresses.address(key) if sending.configured() else None
        if (
            mailed is not None
            and mailed.address
            and mailed.confirmed_at is not None
            and by_mail(key, one, mailed.address, over)
        ):
            practices.told(key, one, version=version.version, way="mail")
        elif confidential.mailing(key).paper:
            practices.told(key, one, version=version.version, way="letter")
            write(key, one, version)
        else:
            practices.told(key, one, version=version.version, way="portal")


def by_mail(key: Key, one: Due, to: str, over: Post | None) -> bool:
    """Send the mail; False where the server knows no such mailbox, and a letter goes instead."""
    if over is None:
        raise sending.MailError("A person is told of the policy by mail once the server is reached.")
    return post(key, MAILS[one.why], to=to, pack=settings.PACK, over=over)


def write(key: Key, one: Due, version: PolicyVersion) -> None:
    """Put the letter into the print queue. It says where the policy is, what changed, and how to get it on paper."""
    pack = settings.PACK
    data = {
        "from": letterhead(pack),
        "lang": "en",
        "made_on": packs.today(pack).isoformat(),
        "title": titles()[one.why],
        "foot": _("We tell you of our policy when you join, when it changes, and in time again (45 CFR 164.520)."),
        "says": says(pack, version, why=one.why, site=sending.site(pack)),
    }
    body = json.dumps({"template": "letter", "data": data})
    actions.write(
        key, person=one.person, plan=one.plan, kind=LETTERS[one.why], body=body, collected_under=version.version
    )


def titles() -> dict[str, str]:
    """What each letter is headed."""
    return {
        "enrolment": _("How we use and protect what we know about you"),
        "revision": _("Our privacy policy has changed"),
        "reminder": _("Our privacy policy is there for you to read"),
    }


def says(pack: Pack, version: PolicyVersion, *, why: str, site: str) -> list[str]:
    """The sentences of a letter: where the policy is, since when, what changed, and a copy on paper."""
    where = _("Our privacy policy says what we do with what we know about you. Read it at %(site)s/policy/.")
    since = _("The version in force took effect on %(day)s.")
    call = _("We post you a copy on paper when you ask, free of charge. Call %(phone)s (TTY %(tty)s), %(hours)s.")
    found = [where % {"site": site}, since % {"day": long_date(version.effective)}]
    if why == "revision":
        names = changed(pack, version)
        found += [_("These promises read otherwise than before:"), *names] if names else []
        see = _("Old and new words stand side by side at %(site)s/policy/versions/%(version)s/changes/.")
        found.append(see % {"site": site, "version": version.version})
    found.append(call % {"phone": pack.phone, "tty": pack.tty, "hours": pack.hours})
    found.append(_("Or sign in, open “Your privacy” and choose “Our policy by post”."))
    return found
