"""Writing to us without an account: a question, or a wish for papers by post.

Serves P-16, P-12, U-03, U-08, U-27, P-30. What is typed is sealed before it is written, opens to the one who
answers it, and is destroyed with the answer. It subscribes to nothing and is compared with nobody.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from wellkept.inquiries import actions
from wellkept.policy import practices
from wellkept.web.entrance.throttle import INQUIRIES, too_many
from wellkept.web.entrance.write_forms import Addressed, Materials, Question
from wellkept.web.shell import serving
from wellkept.web.shell.public import public

WHY: Final = "Anyone may ask us something, or for papers, without an account (P-16)."


@public(WHY)
def question(request: HttpRequest) -> HttpResponse:
    """Ask a question, answered by telephone or by letter."""
    form = Question(request.POST if request.method == "POST" else None, initial={"reply": "phone"})
    return written(request, form, "entrance/question.html", kind="question")


@public(WHY)
def materials(request: HttpRequest) -> HttpResponse:
    """Ask for papers by post."""
    form = Materials(request.POST if request.method == "POST" else None)
    return written(request, form, "entrance/materials.html", kind="materials")


def written(request: HttpRequest, form: Addressed, template: str, *, kind: str) -> HttpResponse:
    """Write down what was typed, once for each time it is sent; the form again where something is to be mended."""
    if not form.is_valid():
        return page(request, template, form, status=400 if form.errors else 200)
    if not INQUIRIES.allows(request):
        return too_many(request, template, form)
    topic, reply = form.cleaned_data.get("topic", ""), form.cleaned_data.get("reply", "post")
    told = {name: text for name, text in form.told().items() if name not in ("topic", "reply")}
    if not actions.ask(serving.pack(), kind=kind, topic=topic, reply=reply, told=told):
        form.add_error(None, _("More questions wait than we can answer now. Please call us, or come back tomorrow."))
        return page(request, template, form, status=503)
    return HttpResponseRedirect("/contact/sent/")


def page(request: HttpRequest, template: str, form: Addressed, *, status: int) -> HttpResponse:
    """The form."""
    return render(request, template, {"form": form, "days": days()}, status=status)


@public(WHY)
def sent(request: HttpRequest) -> HttpResponse:
    """What happens now. The page is the same for everybody and holds nothing that was typed."""
    return render(request, "entrance/sent.html", {"days": days()})


def days() -> int:
    """Within how many business days a person answers."""
    return practices.number(serving.pack(), "inquiries_in_business_days")
