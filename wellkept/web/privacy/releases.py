"""Part of a record leaves under an agreement in force: for its purpose, to its party, with its conditions (U-11, P-08).

Nobody here reads what leaves: it is put together and sealed for the mail room. The person reads to whom it went.
"""

from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from wellkept.access import queries as access
from wellkept.disclosures import actions as disclosures
from wellkept.disclosures import agreed
from wellkept.disclosures.actions import Leaving
from wellkept.disclosures.agreed import Recipient
from wellkept.disclosures.conditions import conditions
from wellkept.intake.naming import Hashes
from wellkept.ledger.sentences import CATEGORIES, listed
from wellkept.people.queries import identity
from wellkept.policy import packs
from wellkept.policy.words import Category, Key, Purpose
from wellkept.vault.queries import operator_key
from wellkept.web.privacy.frame import Office
from wellkept.web.privacy.links import at_work
from wellkept.web.privacy.release_forms import Release
from wellkept.web.shell import leaving, proving, serving
from wellkept.web.shell.agreed import KINDS
from wellkept.web.shell.templatetags.shell import day

ROUTE: Final = "privacy-releases"
ROOM: Final = 10
"""Minutes. Whoever begins to fill in the form has five more to send it."""
WHY_NOT: Final[dict[str, str | Promise]] = {
    "no": gettext_lazy("This cannot leave."),
    "budget": gettext_lazy("You looked up too many people in this hour. Go on in the next one."),
    "nobody": gettext_lazy("No member has this number and birth date."),
    "no basis": gettext_lazy("No agreement in force covers this any more. Nothing left."),
    "restricted": gettext_lazy("The person had this restricted. Nothing left."),
    "contract": gettext_lazy("The contract of the employer of their plan keeps this here. Nothing left."),
    "no letter": gettext_lazy("It has no address to go to. Nothing left."),
}


def release(request: HttpRequest) -> HttpResponse:
    """The form; then what leaves waits to be posted."""
    here = at_work(request)
    if request.method != "POST" and not proving.recently(request, minutes=ROOM):
        return proving.ask(request, ROUTE)
    found = agreed.recipients(here.secret)
    form = Release(request.POST or None, found=[(one, words(one)) for one in found])
    if request.method == "POST" and form.is_valid():
        came = released(here, form)
        if came == "sent":
            return HttpResponseRedirect("/privacy/releases/?done=sent")
        if came == "prove":
            return proving.ask(request, ROUTE)
        form.add_error(None, str(WHY_NOT[came]))
    given = {"form": form, "any": bool(found), "done": request.GET.get("done") == "sent"}
    return render(request, "privacy/releases.html", given, status=400 if form.errors else 200)


def released(here: Office, form: Release) -> str:
    """What came of it: "sent", "prove", or a word of ``WHY_NOT``. One opening, of what leaves and no more."""
    to, purpose, opens = form.wanted()
    told, number = form.cleaned_data, uuid4()
    index = Hashes(index=operator_key("index"), roster=b"").by_card(told["number"], told["birth_date"].isoformat())
    came = agreed.begin(here.secret, number, index=index, organisation=to.organisation, purpose=purpose, opens=opens)
    subject = agreed.subject(here.secret, number) if came == "yes" else None
    if subject is None:
        return came if came != "yes" else "no"
    with (
        access.enter(
            here.secret, purpose=purpose, categories=[Category.IDENTITY, *opens], subjects=[subject], occasion=number
        ) as key,
        override("en"),
    ):
        return disclosures.release(
            key, made(key, to, purpose, opens),
            collected_under=packs.now_in_force(serving.original()).version,
        )  # fmt: skip


def made(key: Key, to: Recipient, purpose: Purpose, opens: Sequence[Category]) -> Leaving:
    """What leaves, with its paper. Under a data use agreement it names nobody, whatever else covers it."""
    pack, limited = serving.original(), to.kind == "data_use"
    said = conditions(pack, purpose=purpose, sensitive=Category.SENSITIVE_CLAIMS in opens, limited=limited)
    clauses = [("Conditions", said), *leaving.record(key, identity(key), opens, limited=limited)]
    title = "A limited data set" if limited else "Part of a record, under our agreement"
    return Leaving(
        basis="agreement", basis_id=to.organisation, purpose=purpose, opens=opens, recipient=to.name,
        described=f"{listed(str(CATEGORIES[one]) for one in opens)} ({to.number})", conditions=said, template="policy",
        paper=leaving.paper(pack, title=title, recipient=(to.name, *to.address), clauses=clauses),
    )  # fmt: skip


def words(one: Recipient) -> str:
    """An agreement, as one chooses it."""
    told = {"name": one.name, "kind": KINDS[one.kind], "number": one.number, "day": day(one.until)}
    return _("%(name)s: %(kind)s %(number)s, until %(day)s") % told
