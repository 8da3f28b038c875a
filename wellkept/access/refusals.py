"""The gate's short reasons in sentences people can use, in English: the page that shows one says it in its language."""

from typing import Final

from django.utils.translation import gettext_noop

from wellkept.policy.words import Refused

SENTENCES: Final = {
    "no session": gettext_noop("You are signed out. Please sign in again."),
    "no rule": gettext_noop("Nothing in our policy lets this account open that for this purpose."),
    "no word": gettext_noop("This person has not let you see that."),
    "no agreement": gettext_noop("No agreement with your organisation that is in force covers that."),
    "contract": gettext_noop("The contract of the employer whose plan this is does not let us open that."),
    "restricted": gettext_noop("The person has had this restricted."),
    "budget": gettext_noop("This account has opened as many people's records this hour as its work allows."),
    "closed": gettext_noop("All records are closed for the moment, because more were opened than is usual."),
    "too many at once": gettext_noop("That is more people than one page may open."),
    "nothing asked": gettext_noop("Nothing was asked for."),
    "second factor": gettext_noop("Whoever works here shows a second factor first. Set one up, then sign in with it."),
    "nobody found": gettext_noop("Nobody, or more than one person, is found with that."),
    "not your occasion": gettext_noop("That call or file is not yours."),
}
NEEDS: Final = gettext_noop("Before you open anything, please read and accept what we ask of everyone who does.")
OTHER: Final = gettext_noop("That may not be opened.")


def refused(reason: str, *, clause: str, entry: int) -> Refused:
    """The refusal a door shows. A reason that starts with ``needs`` names documents that are not acknowledged yet."""
    sentence = NEEDS if reason.startswith("needs ") else SENTENCES.get(reason, OTHER)
    return Refused(sentence, clause=clause, reason=reason, entry=entry)
