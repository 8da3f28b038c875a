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
    "call began": "began a call about you",
    "caller verified": "said that you answered what we ask a caller",
    "join asked": "asked whether two records are both yours",
    "join declined": "found that two records are not both yours",
    "joined": "joined your two records",
    "unjoined": "ended the joining of your two records",
    "told apart": "found that a record like yours is somebody else's",
    "split asked": "asked that what belongs to somebody else leave your record",
    "split": "gave what files had said of two people to two records",
    "case taken": "took up something you sent",
    "letter came back": "noted that a letter to you came back",
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
    "link proposed": "proposed a link to another site",
    "link reviewed": "reviewed a link to another site",
    "link withdrawn": "withdrew a link to another site",
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
