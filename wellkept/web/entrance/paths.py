"""What each path of registration asks: who one is, for whom one works, and the numbers that find it on our list.

Serves U-05, U-08, P-12, P-13, P-14. An e-mail address may be left out everywhere. A number is checked for its shape and
never for whether we know it: that is the job's to find out, and nobody's to read here.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wellkept.accounts import hashes
from wellkept.organisations import finders, formats
from wellkept.policy.asked import ONCE, Asks
from wellkept.policy.words import Role
from wellkept.web.entrance.forms import BornField, Typed
from wellkept.web.shell import subscribing
from wellkept.web.shell.forms import STATE, ZIP_CODE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BORN: Final = "accounts_registration.birth_date"
TOLD: Final = "accounts_registration.told"
MOST_GROUPS: Final = 10
AUDIENCES: Final[Mapping[str, tuple[Promise, Promise]]] = {
    Role.MEMBER: (_("A member"), _("You are on the plan, or somebody of your family is.")),
    Role.PROVIDER: (_("A doctor's office or other provider"), _("You care for people on the plan.")),
    Role.EMPLOYER: (_("An employer"), _("You run the plan for the people you employ.")),
    Role.AGENT: (_("An agent"), _("You sell or look after plans of employers.")),
    Role.PARTNER: (_("A business partner"), _("You do work for us under an agreement.")),
}
"""Each kind of account, and who it is for."""


def line(label: _StrPromise, *, most: int = 80, fill: str = "off", why: _StrPromise | str = "") -> Any:  # noqa: ANN401  (a field of a form)
    """A line of text; ``fill`` is what browsers may fill in (HTML, autofill)."""
    return forms.CharField(label=label, max_length=most, help_text=why, widget=forms.TextInput({"autocomplete": fill}))


def email() -> Any:  # noqa: ANN401  (a field of a form)
    """An e-mail address, which may be left out."""
    return forms.EmailField(
        label=_("E-mail"),
        max_length=100,
        required=False,
        help_text=_("If you give one, it is where we can reach you once your account is open. You confirm it then."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class Which(Typed):
    """Which kind of account."""

    asks = Asks(
        "kind of account", "2026-11-22", "registration",
        {"birth_date": ONCE, "audience": "accounts_registration.audience"},
        why=_("It tells us which questions to ask next."),
    )  # fmt: skip

    birth_date = BornField(label=_("Your birth date"), help_text=_("As on the first page."))
    audience = forms.ChoiceField(label=_("Which account do you want?"), widget=forms.RadioSelect)

    def __init__(self, *given: Any, offered: tuple[str, ...] = (), **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        """``offered`` are the kinds that this operator has."""
        super().__init__(*given, **named)
        self.fields["audience"].choices = [(one, f"{AUDIENCES[one][0]}. {AUDIENCES[one][1]}") for one in offered]  # type: ignore[attr-defined]


class Path(Typed):
    """What every path has: its audience and heading, what it presents to the list, and what a person may read of it."""

    audience: str
    title: Promise
    lead: Promise
    needs_signs: tuple[str, ...] = ()

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  (passed on as it came)
        super().__init__(*given, **named)
        # Beside the box for an e-mail address, which is the last (P-17).
        self.fields[subscribing.FIELD] = subscribing.box()
        subscribing.settle(self)

    def clean(self) -> dict[str, Any]:
        """Refuse names and numbers that hold no letter and no digit."""
        cleaned = super().clean() or {}
        for name in self.needs_signs:
            if name in cleaned and not any(one.isalnum() for one in cleaned[name]):
                self.add_error(name, self.empty() % {"field": self.fields[name].label})
        return cleaned

    def empty(self) -> str:
        """How to mend an answer that says nothing."""
        return str(_("Please write “%(field)s” in letters and figures."))

    @abstractmethod
    def presented(self) -> bytes:
        """The keyed hashes that the list of this audience knows, or not, one after another."""

    @abstractmethod
    def told(self) -> dict[str, str]:
        """What a person may have to read where no list knows it: never a whole tax number (P-11)."""


class Member(Path):
    """A member, with what stands on the card."""

    asks = Asks(
        "registration", "2026-11-22", "registration",
        {
            "birth_date": BORN,
            **dict.fromkeys(("first_name", "last_name", "member_number", "group_number", "email"), TOLD),
            subscribing.FIELD: TOLD,
        },
        why=_("It finds you on your plan's list."),
    )  # fmt: skip
    audience = Role.MEMBER
    title = _("How your plan knows you")
    lead = _("Have your ID card at hand. We ask only what finds you.")
    needs_signs = ("first_name", "last_name", "member_number", "group_number")

    birth_date = BornField(
        label=_("Your birth date"), help_text=_("As on the first page. We compare it with your plan's list.")
    )
    first_name = line(_("First name"), fill="given-name", why=_("As your plan writes it."))
    last_name = line(_("Last name"), fill="family-name", why=_("The same. Both find you on the list."))
    member_number = line(_("Member number"), most=40, why=_("It is on your ID card. It finds you on the list."))
    group_number = line(_("Group number"), most=40, why=_("It is on your ID card, too. It finds your plan."))
    email = email()

    def empty(self) -> str:
        """How to mend an answer that says nothing."""
        return str(_("Please write “%(field)s” as it is on your ID card."))

    def presented(self) -> bytes:
        """One hash of number, group, name and birth date."""
        said = self.cleaned_data
        return hashes.roster(
            member=said["member_number"], group=said["group_number"], name=self.name(), born=said["birth_date"]
        )

    def told(self) -> dict[str, str]:
        """All that was typed."""
        said = self.cleaned_data
        kept = {name: said[name] for name in ("member_number", "group_number", "email")} | subscribing.told(self)
        return {"name": self.name(), "birth_date": said["birth_date"].isoformat()} | kept

    def name(self) -> str:
        """First and last name."""
        return f"{self.cleaned_data['first_name']} {self.cleaned_data['last_name']}"


NUMBERS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "npi": lambda _kind, typed: formats.npi(typed),
    "tax_number": formats.tax_number,
    "group_number": lambda _kind, typed: formats.group_number(typed),
    "producer_number": lambda _kind, typed: formats.producer_number(typed),
    "agreement_number": lambda _kind, typed: formats.agreement_number(typed),
}
"""Each number with what says whether it has the right shape."""
ADDRESS: Final = ("street", "city", "state", "zip_code")


def keeps(*names: str) -> dict[str, str]:
    """Where the answers of an organisation's path are kept."""
    return {
        "birth_date": BORN,
        **dict.fromkeys(("name", "organisation", *ADDRESS, *names, "email", subscribing.FIELD), TOLD),
    }


class Organised(Path):
    """Somebody who works with an organisation: their name, its name, address and numbers."""

    needs_signs = ("name", "organisation", "street", "city")
    why_number: Mapping[str, Promise] = {}

    birth_date = BornField(
        label=_("Your birth date"), help_text=_("As on the first page. Your access code works only with it.")
    )
    name = line(_("Your name"), most=100, fill="name", why=_("The letter is addressed to you. Colleagues see it."))
    organisation = line(
        _("Name of the organisation"), most=120, fill="organization", why=_("As our list or your contract writes it.")
    )
    street = line(
        _("Street and number"),
        fill="street-address",
        why=_("We compare it with our list. Letters go only to the address on the list."),
    )
    city = line(_("City"), most=40, fill="address-level2", why=_("As our list writes it."))
    state = forms.RegexField(
        "^[A-Za-z]{2}$", label=_("State"), help_text=_("Two letters, such as WI."),
        error_messages=STATE,
        widget=forms.TextInput({"autocomplete": "address-level1"}),
    )  # fmt: skip
    zip_code = forms.RegexField(
        "^[0-9]{5}(-?[0-9]{4})?$", label=_("ZIP code"), help_text=_("Five or nine digits."),
        error_messages=ZIP_CODE,
        widget=forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Check the shape of each number; where it is wrong, the reason stands beside it."""
        cleaned = super().clean()
        for name in (one for one in NUMBERS if cleaned.get(one)):
            try:
                cleaned[name] = NUMBERS[name](self.audience, cleaned[name])
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned

    def presented(self) -> bytes:
        """One hash of the name and the numbers; of an agent one for each group they name."""
        said = self.cleaned_data
        numbers = {name: said[name] for name in NUMBERS if name in said}
        several = self.groups() or [said.get("group_number", "")]
        found = (
            finders.presented(self.audience, **(numbers | {"name": said["organisation"], "group_number": group}))
            for group in several
        )
        return b"".join(sorted(set(found)))

    def groups(self) -> list[str]:
        """The groups that an agent names."""
        return []

    def told(self) -> dict[str, str]:
        """What was typed; of the tax number its last four digits."""
        apart = ("birth_date", subscribing.FIELD)
        said = {name: str(value) for name, value in self.cleaned_data.items() if name not in apart}
        return said | {"tax_number": formats.last_four(said["tax_number"])} | subscribing.told(self)


def tax_number(why: _StrPromise) -> Any:  # noqa: ANN401  (a field of a form)
    """A tax number, as it is written on paper."""
    return line(_("Tax number"), most=11, why=why)


class Provider(Organised):
    """A physician's office or another provider."""

    asks = Asks(
        "registration of a provider", "2026-11-22", "registration", keeps("npi", "tax_number"),
        why=_("It finds your office on our list of providers."),
    )  # fmt: skip
    audience = Role.PROVIDER
    title = _("Your practice")
    lead = _("We ask only what finds your practice on our list. The letter goes to the address on that list.")
    field_order = ("birth_date", "name", "organisation", *ADDRESS, "npi", "tax_number", "email")

    npi = line(
        _("National provider identifier (NPI)"), most=10, why=_("Ten digits. It finds your practice on the list.")
    )
    tax_number = tax_number(_("Nine digits, as you bill under it. It shows that you act for the practice."))
    email = email()


class Employer(Organised):
    """An employer that sponsors a plan."""

    asks = Asks(
        "registration of an employer", "2026-11-22", "registration", keeps("group_number", "tax_number"),
        why=_("It finds your organisation on our list of employers."),
    )  # fmt: skip
    audience = Role.EMPLOYER
    title = _("Your organisation")
    lead = _("We ask only what finds your organisation on our list. The letter goes to the address on that list.")
    field_order = ("birth_date", "name", "organisation", *ADDRESS, "group_number", "tax_number", "email")

    group_number = line(_("Group number"), most=30, why=_("It is on your plan's ID cards. It finds your group."))
    tax_number = tax_number(_("Nine digits, such as 12-3456789. It shows that you act for the organisation."))
    email = email()


class Agent(Organised):
    """An agent who is appointed to groups."""

    asks = Asks(
        "registration of an agent", "2026-11-22", "registration",
        keeps("producer_number", "tax_number", "group_numbers"),
        why=_("It finds your agency on our list of agents."),
    )  # fmt: skip
    audience = Role.AGENT
    title = _("Your agency")
    lead = _("We ask only what finds your agency on our list. The letter goes to the address on that list.")
    field_order = (
        "birth_date", "name", "organisation", *ADDRESS, "producer_number", "tax_number", "group_numbers", "email",
    )  # fmt: skip

    producer_number = line(_("Producer number"), most=30, why=_("It is on your licence. It finds your agency."))
    tax_number = tax_number(_("Nine digits, such as 12-3456789. It shows that you act for the agency."))
    group_numbers = forms.CharField(
        label=_("Groups you are appointed to"),
        max_length=230,
        required=False,
        help_text=_("Up to ten group numbers, one to a line. They help us find you, and open nothing by themselves."),
        widget=forms.Textarea({"rows": "3", "autocomplete": "off"}),
    )
    email = email()

    def clean_group_numbers(self) -> str:
        """Each group number in its one form, one to a line."""
        groups = [one for one in self.cleaned_data["group_numbers"].replace(",", "\n").splitlines() if one.strip()]
        if len(groups) > MOST_GROUPS:
            raise ValidationError(_("Please give at most ten group numbers."))
        return "\n".join(dict.fromkeys(map(formats.group_number, groups)))

    def groups(self) -> list[str]:
        """The groups, without their lines."""
        return str(self.cleaned_data["group_numbers"]).split()


class Partner(Organised):
    """Somebody who does work for the operator under an agreement."""

    asks = Asks(
        "registration of a partner", "2026-11-22", "registration", keeps("agreement_number", "tax_number"),
        why=_("It finds your organisation on our list of business partners."),
    )  # fmt: skip
    audience = Role.PARTNER
    title = _("Your organisation and our agreement")
    lead = _("We ask only what finds our agreement. The letter goes to the address that stands in it.")
    field_order = ("birth_date", "name", "organisation", *ADDRESS, "agreement_number", "tax_number", "email")

    agreement_number = line(
        _("Agreement number"), most=30, why=_("It is on the first page of our agreement. It finds it.")
    )
    tax_number = tax_number(_("Nine digits, such as 12-3456789. It shows that you act for the organisation."))
    email = email()


PATHS: Final[Mapping[str, type[Path]]] = {one.audience: one for one in (Member, Provider, Employer, Agent, Partner)}
"""The form of each kind of account."""
