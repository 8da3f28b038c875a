"""Changing address, telephone and e-mail on a call, once the caller is verified and called about it.

Serves P-19, U-43. The person reads who changed it and on which call.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wellkept.access import near
from wellkept.access.queries import changed
from wellkept.people.contact import Address, Reached, change_contact, on_file
from wellkept.policy import packs
from wellkept.policy.words import Category
from wellkept.service.values import shown
from wellkept.web.desk import words
from wellkept.web.desk.calls import who
from wellkept.web.desk.forms import Contact
from wellkept.web.desk.frame import closed, on_call, opened, seat
from wellkept.web.shell import serving


def contact(request: HttpRequest, call: UUID) -> HttpResponse:
    """What is on file in a form; the change is entered in the transaction that makes it."""
    here = seat(request)
    line = on_call(here, call)
    if line.verified is None or line.about != "address":
        raise closed()
    with opened(here, line, *shown(line.about)) as key:
        form = Contact(request.POST or None, initial=as_asked(on_file(key)))
        if request.method == "POST" and form.is_valid():
            pack = serving.pack()
            collected_under = packs.now_in_force(pack).version
            change_contact(key, reached(form), on=serving.today(pack), call=line.id, collected_under=collected_under)
            near.moved(line.person, street=form.cleaned_data["street"], zip_code=form.cleaned_data["zip_code"])
            changed(key, Category.CONTACT)
            return HttpResponseRedirect(f"/desk/calls/{call}/")
        given = who(key)
    given |= {"call": line, "call_in_words": words.call_in_words(line), "form": form}
    return render(request, "desk/contact.html", given, status=400 if form.errors else 200)


def as_asked(on: Reached) -> dict[str, str]:
    """What is on file, by the fields of the form."""
    place = on.address
    return {
        "street": place.street, "more": place.more, "city": place.city, "state": place.state,
        "zip_code": place.zip_code, "phone": on.phone, "email": on.email,
    }  # fmt: skip


def reached(form: Contact) -> Reached:
    """What the caller said."""
    told = form.cleaned_data
    place = Address(told["street"], told["more"], told["city"], told["state"].upper(), told["zip_code"])
    return Reached(place, told["phone"], told["email"])
