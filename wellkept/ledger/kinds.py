"""Every kind of ledger entry: the sentence a person reads of it, and what remains of it when their data goes.

``ledger.sentences`` fills the sentences in.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop

from wellkept.policy.words import Kind

BLANKED: Final = "The person in it is blanked; when, who and why remain, and a sealed digest that says nothing."
AGREED: Final = "Nothing: it names an organisation and no person."
UNNAMED: Final = "Nothing: it names nobody."
KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("opened", gettext_noop("{who} opened your {what}{why}."), BLANKED),
        Kind("searched", gettext_noop("Your name came up in a search by {who}{why}."), BLANKED),
        Kind("refused", gettext_noop("{who} asked for your {what} and was refused{reason}."), BLANKED),
        Kind("brought", gettext_noop("{who} brought {what}{why}."), BLANKED),
        Kind("changed", gettext_noop("{who} changed your {what}{why}."), BLANKED),
        Kind(
            "removed",
            gettext_noop("{who} removed {what} at your request."),
            "It stays: it is the proof of the removal.",
        ),
        Kind("draft removed", gettext_noop("{who} removed what you had begun and not sent for 30 days."), BLANKED),
        Kind("registered", gettext_noop("{who} opened an account on your record with an access code."), BLANKED),
        Kind(
            "recovered",
            gettext_noop("{who} gave your account a new sign-in name and password, with an access code."),
            BLANKED,
        ),
        Kind(
            "registration decided",
            gettext_noop("{who} decided on a request to register with your name{reason}."),
            BLANKED,
        ),
        Kind("signed in", gettext_noop("{who} signed in."), BLANKED),
        Kind("password changed", gettext_noop("{who} changed the password of your account."), BLANKED),
        Kind("address undone", gettext_noop("Our mail's link took back a change of your e-mail address."), BLANKED),
        Kind("not me", gettext_noop("{who} told us that a use of your account was not theirs."), BLANKED),
        Kind("sign-in failed", gettext_noop("A sign-in with your name failed{reason}."), BLANKED),
        Kind("acknowledged", gettext_noop("{who} accepted {document}."), BLANKED),
        Kind("shared", gettext_noop("{who} let somebody see your {what}."), BLANKED),
        Kind("sharing ended", gettext_noop("{who} took back that somebody may see your {what}."), BLANKED),
        Kind("authorized", gettext_noop("{who} let us send your {what} to somebody you named."), BLANKED),
        Kind(
            "authorization ended",
            gettext_noop("{who} took back that we may send your {what} to somebody you named."),
            BLANKED,
        ),
        Kind("released", gettext_noop("{who} sent your {what} out of the house{reason}."), BLANKED),
        Kind("release refused", gettext_noop("{who} asked to send your {what} out. It was refused{reason}."), BLANKED),
        Kind("restriction asked", gettext_noop("{who} asked to restrict your {what}{reason}."), BLANKED),
        Kind("restriction granted", gettext_noop("{who} restricted your {what} as you asked{reason}."), BLANKED),
        Kind("restriction declined", gettext_noop("{who} did not restrict your {what}{reason}."), BLANKED),
        Kind("restriction ended", gettext_noop("{who} ended the restriction of your {what}{reason}."), BLANKED),
        Kind("helper named", gettext_noop("{who} named a helper for your {what}."), BLANKED),
        Kind("helper ended", gettext_noop("{who} ended that somebody may act for you."), BLANKED),
        Kind("helper accepted", gettext_noop("{who} used the code to act for you."), BLANKED),
        Kind("helper resigned", gettext_noop("{who} does not act for you any more."), BLANKED),
        Kind(
            "authority told",
            gettext_noop("{who} wrote down that somebody may stand for you, by a paper. A second one of us checks it."),
            BLANKED,
        ),
        Kind(
            "authority confirmed",
            gettext_noop("{who} saw the paper and confirmed that somebody may stand for you."),
            BLANKED,
        ),
        Kind("authority declined", gettext_noop("{who} found that nobody may stand for you by that paper."), BLANKED),
        Kind("authority turned down", gettext_noop("{who} said no to somebody who would stand for you."), BLANKED),
        Kind("authority ended", gettext_noop("{who} ended that somebody may stand for you{reason}."), BLANKED),
        Kind("call began", gettext_noop("{who} began a call with you."), BLANKED),
        Kind("caller verified", gettext_noop("{who} noted that you answered what we ask every caller."), BLANKED),
        Kind(
            "called back",
            gettext_noop("{who} called the number we have for you, and noted that you answered."),
            BLANKED,
        ),
        Kind(
            "choices shown",
            gettext_noop("{who} looked up on a call whom you let act for you, or see your record."),
            BLANKED,
        ),
        Kind("call noted", gettext_noop("{who} wrote down what was said on a call with you."), BLANKED),
        Kind(
            "calls ended",
            gettext_noop("{who} removed notes of calls with you: the time we keep them is over."),
            BLANKED,
        ),
        Kind("case opened", gettext_noop("{who} noted something to do for you after a call."), BLANKED),
        Kind("case handed over", gettext_noop("{who} handed {case} to a colleague."), BLANKED),
        Kind("case urgent", gettext_noop("{who} took {case} as urgent from now on."), BLANKED),
        Kind(
            "code asked", gettext_noop("{who} had a new access code posted to you, at your address on file."), BLANKED
        ),
        Kind("escalated", gettext_noop("{who} noted that an answer of ours did not settle it for you."), BLANKED),
        Kind("letter came back", gettext_noop("{who} noted that a letter to you or about you came back."), BLANKED),
        Kind("case taken", gettext_noop("{who} took up {case}."), BLANKED),
        Kind("inquiry taken", gettext_noop("{who} took up what was written to us."), BLANKED),
        Kind("inquiry closed", gettext_noop("{who} ended what was written to us{reason}."), BLANKED),
        Kind(
            "explained",
            gettext_noop("Somebody here asked who may open your {what}, and why. Nothing was opened."),
            BLANKED,
        ),
        Kind("looked into", gettext_noop("{who} looked into an opening of your record that stood out."), BLANKED),
        Kind("inquiry asked", gettext_noop("{who} asked for an inquiry."), "Nothing: it names nobody."),
        Kind("inquiry declined", gettext_noop("{who} declined an inquiry."), "Nothing: it names nobody."),
        Kind(
            "kept back",
            gettext_noop("{who} agreed that openings of your record were kept from you for a time."),
            BLANKED,
        ),
        Kind("join asked", gettext_noop("{who} asked whether two records are both yours."), BLANKED),
        Kind(
            "join declined",
            gettext_noop("{who} found that two records are not both yours. Nothing was joined."),
            BLANKED,
        ),
        Kind("joined", gettext_noop("{who} joined your two records."), BLANKED),
        Kind("unjoined", gettext_noop("{who} ended the joining of your two records."), BLANKED),
        Kind("told apart", gettext_noop("{who} found that a record like yours is somebody else's."), BLANKED),
        Kind("split asked", gettext_noop("{who} asked that what belongs to somebody else leave your record."), BLANKED),
        Kind("split", gettext_noop("{who} gave what files had said of two people to two records."), BLANKED),
        Kind("handed in", gettext_noop("{who} handed in a file: {reason}."), "Nothing: it names nobody."),
        Kind(
            "confirmed ends", gettext_noop("{who} confirmed what a file ends: {reason}."), "Nothing: it names nobody."
        ),
        Kind("tried again", gettext_noop("{who} had a file tried again: {reason}."), "Nothing: it names nobody."),
        Kind(
            "link proposed",
            gettext_noop("{who} proposed a link to another site: {reason}."),
            "Nothing: it names nobody.",
        ),
        Kind(
            "link reviewed",
            gettext_noop("{who} reviewed a link to another site: {reason}."),
            "Nothing: it names nobody.",
        ),
        Kind(
            "link withdrawn",
            gettext_noop("{who} withdrew a link to another site: {reason}."),
            "Nothing: it names nobody.",
        ),
        Kind("papers ended", gettext_noop("{who} removed papers of yours: the time we keep them is over."), AGREED),
        Kind("agreement recorded", gettext_noop("{who} recorded an agreement with you: {reason}."), AGREED),
        Kind("agreement ended", gettext_noop("{who} ended an agreement with you: {reason}."), AGREED),
        Kind("agreement ends soon", gettext_noop("We wrote to you that an agreement ends soon: {reason}."), AGREED),
        Kind("contract narrowed", gettext_noop("{who} recorded what a contract takes away: {reason}."), UNNAMED),
        Kind("contract row ended", gettext_noop("{who} ended what a contract takes away: {reason}."), UNNAMED),
        Kind("invited", gettext_noop("{who} invited you to come in for your organisation."), BLANKED),
        Kind("invitation withdrawn", gettext_noop("{who} took back your invitation."), BLANKED),
        Kind("renewed", gettext_noop("{who} renewed your account."), BLANKED),
        Kind("lapsed", gettext_noop("Your account lapsed, because nobody renewed it."), BLANKED),
        Kind("role given", gettext_noop("{who} gave you a further right over who comes in."), BLANKED),
        Kind("role taken", gettext_noop("{who} took a right over who comes in from you."), BLANKED),
        Kind("account closed", gettext_noop("{who} closed your account."), BLANKED),
        Kind("renamed", gettext_noop("{who} changed the name on your account."), BLANKED),
        Kind("death told", gettext_noop("{who} wrote down that somebody told us of your death."), BLANKED),
        Kind("death confirmed", gettext_noop("{who} confirmed, from a paper, that you had died."), BLANKED),
        Kind(
            "death declined",
            gettext_noop("{who} found that nothing was to be changed after somebody told us of your death."),
            BLANKED,
        ),
        Kind("death doubted", gettext_noop("{who} wrote down that your death was a mistake of ours."), BLANKED),
        Kind("death undone", gettext_noop("{who} confirmed that your death was a mistake of ours."), BLANKED),
        Kind("estate told", gettext_noop("{who} wrote down whom to write to about your estate."), BLANKED),
        Kind("estate confirmed", gettext_noop("{who} confirmed whom to write to about your estate."), BLANKED),
        Kind(
            "maintenance",
            gettext_noop("A person of ours worked on the machine: {reason}."),
            "Nothing: it names nobody.",
        ),
        Kind("epoch", gettext_noop("The ledger began again after a restore: {reason}."), "Nothing: it names nobody."),
    )
}
"""Every kind that a function of the house writes. A test holds this list to the SQL."""
