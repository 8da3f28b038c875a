"""The gate's short reasons in sentences people can use."""

from typing import Final

from wellkept.policy.words import Refused

SENTENCES: Final = {
    "no session": "You are signed out. Please sign in again.",
    "no rule": "Nothing in our policy lets this account open that for this purpose.",
    "no word": "This person has not let you see that.",
    "restricted": "The person has had this restricted.",
    "budget": "This account has opened as many people's records this hour as its work allows.",
    "closed": "All records are closed for the moment, because more were opened than is usual.",
    "too many at once": "That is more people than one page may open.",
    "nothing asked": "Nothing was asked for.",
    "not your occasion": "That call or file is not yours.",
}
NEEDS: Final = "Before you open anything, please read and accept what we ask of everyone who does."


def refused(reason: str, *, clause: str, entry: int) -> Refused:
    """The refusal a door shows. A reason that starts with ``needs`` names documents that are not acknowledged yet."""
    sentence = NEEDS if reason.startswith("needs ") else SENTENCES.get(reason, "That may not be opened.")
    return Refused(sentence, clause=clause, reason=reason, entry=entry)
