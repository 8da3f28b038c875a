"""What a receipt says in words. The wording belongs to the format: it changes only with the format's number."""

from collections.abc import Mapping
from datetime import datetime

from wellkept.ledger.commitment import Value
from wellkept.policy.words import Purpose

DEEDS = {
    "opened": "opened your record",
    "searched": "saw your name in a search",
    "refused": "asked for your record and was refused",
    "changed": "changed your record",
    "brought": "brought data about you",
    "removed": "removed data about you",
    "calls ended": "removed notes of calls with you, because the time we keep them is over",
    "papers ended": "removed papers of yours, because the time we keep them is over",
    "draft removed": "removed what you had begun and not sent for 30 days",
    "registered": "registered an account on your record",
    "recovered": "recovered the account on your record",
    "registration decided": "decided on a request to register with your name",
    "signed in": "signed in to your record",
    "password changed": "changed the password of the account on your record",
    "address undone": "took back a change of the mail address on the account on your record",
    "not me": "said that a use of the account on your record was not theirs",
    "sign-in failed": "tried to sign in to your account and failed",
    "acknowledged": "acknowledged a notice for you",
    "shared": "let somebody see your record",
    "sharing ended": "took back that somebody may see your record",
    "authorized": "let us send your record to somebody",
    "authorization ended": "took back that we may send your record to somebody",
    "released": "sent part of your record out of the house",
    "release refused": "asked to send part of your record out and was refused",
    "restriction asked": "asked to have your record restricted",
    "restriction granted": "restricted your record as you asked",
    "restriction declined": "did not restrict your record",
    "restriction ended": "ended a restriction of your record",
    "helper named": "named a helper to act for you",
    "helper ended": "ended that somebody may act for you",
    "helper accepted": "used the code to act for you",
    "helper resigned": "laid down acting for you",
    "authority told": "wrote down that somebody may stand for you, by a paper",
    "authority confirmed": "confirmed, from a paper, that somebody may stand for you",
    "authority declined": "found that nobody may stand for you by that paper",
    "authority turned down": "said no to somebody who would stand for you",
    "authority ended": "ended that somebody may stand for you",
    "call began": "began a call about you",
    "caller verified": "said that you answered what we ask a caller",
    "called back": "called the number we have for you, and said that you answered",
    "choices shown": "looked up on a call whom you let act for you, or see your record",
    "call noted": "wrote down what was said on a call with you",
    "case opened": "noted something to do for you after a call",
    "case handed over": "handed something of yours to a colleague",
    "case urgent": "took something you sent as urgent from now on",
    "code asked": "had a new access code posted to you",
    "escalated": "noted that an answer of ours did not settle it for you",
    "join asked": "asked whether two records are both yours",
    "join declined": "found that two records are not both yours",
    "joined": "joined your two records",
    "unjoined": "ended the joining of your two records",
    "told apart": "found that a record like yours is somebody else's",
    "split asked": "asked that what belongs to somebody else leave your record",
    "split": "gave what files had said of two people to two records",
    "case taken": "took up something you sent",
    "inquiry taken": "took up what was written to us",
    "inquiry closed": "ended what was written to us",
    "letter came back": "noted that a letter to you or about you came back",
    "handed in": "handed in a file",
    "tried again": "had a file tried again",
    "confirmed ends": "confirmed what a file ends",
    "invited": "invited you to come in for an organisation",
    "invitation withdrawn": "took back your invitation",
    "renewed": "renewed your account",
    "lapsed": "noted that nobody had renewed your account",
    "role given": "gave you a further right over who comes in",
    "role taken": "took a right over who comes in from you",
    "account closed": "closed your account",
    "renamed": "changed the name on your account",
    "death told": "wrote down that somebody told us of your death",
    "death confirmed": "confirmed, from a paper, that you had died",
    "death declined": "found that nothing was to be changed after somebody told us of your death",
    "death doubted": "wrote down that your death was a mistake of ours",
    "death undone": "confirmed that your death was a mistake of ours",
    "estate told": "wrote down whom to write to about your estate",
    "estate confirmed": "confirmed whom to write to about your estate",
    "agreement recorded": "recorded an agreement with you",
    "agreement ended": "ended an agreement with you",
    "agreement ends soon": "wrote to you that an agreement with you ends soon",
    "contract narrowed": "recorded what a contract of an employer takes away",
    "contract row ended": "ended what a contract of an employer takes away",
    "link proposed": "proposed a link to another site",
    "link reviewed": "reviewed a link to another site",
    "link withdrawn": "withdrew a link to another site",
    "looked into": "looked into an opening of your record that stood out",
    "inquiry asked": "asked for an inquiry",
    "inquiry declined": "declined an inquiry",
    "kept back": "decided that openings of your record were kept from you for a time",
    "explained": "asked why your record may be opened, or may not",
}


def said(entry: Mapping[str, Value]) -> str:
    """The sentence a person reads: when, who, in what capacity, did what, to which kinds of data, for what purpose."""
    kind, categories = str(entry["kind"]), entry["categories"]
    deed = DEEDS.get(kind, f"made an entry of the kind “{kind}” that names you")
    what = f" ({', '.join(plain(one) for one in categories)})" if isinstance(categories, list) and categories else ""
    why = f" The purpose stated was {purpose(str(entry['purpose']))}." if entry["purpose"] else ""
    reason = f" The reason given was: {entry['reason']}." if entry["reason"] else ""
    clause = f" Under {entry['clause']} of the policy." if entry["clause"] else ""
    return f"On {moment(str(entry['at']))}, {actor(entry)} {deed}{what}.{why}{reason}{clause}"


def actor(entry: Mapping[str, Value]) -> str:
    """Who acted: the person themselves, a named member of staff, or a role."""
    role = plain(str(entry["role"]))
    if entry["actor"]:
        return f"{entry['actor']} ({role})"
    return f"you ({role})" if entry["own"] and role == "member" else f"somebody in the role of {role}"


def moment(at: str) -> str:
    """The canonical form's moment for a reader: 1 March 2026 at 12:30:00 UTC."""
    try:
        when = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%f%z")
    except ValueError:
        return at
    return f"{when.day} {when:%B} {when.year} at {when:%H:%M:%S} UTC"


def purpose(code: str) -> str:
    """A purpose of use in words, or its code where we have none."""
    return plain(Purpose(code).name.lower()) if code in set(Purpose) else code


def plain(word: str) -> str:
    """A word of ours as people write it."""
    return word.replace("_", " ")
