"""Which operator this process serves, and what day it is there."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from wellkept.policy import packs
from wellkept.policy.shapes import Pack


def pack() -> Pack:
    """The pack of the one operator this process serves."""
    return packs.named(settings.WELLKEPT_OPERATOR)


def today(of: Pack) -> date:
    """The day it is where the operator works."""
    return timezone.now().astimezone(ZoneInfo(of.time_zone)).date()


def signed_in(request: HttpRequest) -> bool:
    """Whether somebody signed in asks. The doors say so on the request; other requests lack both marks."""
    return bool(getattr(request, "person", None) or getattr(request, "signed_in_as", ""))
