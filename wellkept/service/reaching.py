"""People whose letters cannot go out: by when somebody reaches them, and under which number (U-28)."""

from wellkept.clocks.business import business_day_after
from wellkept.notices.post import Back
from wellkept.policy import packs, practices
from wellkept.policy.shapes import Pack
from wellkept.service.cases import new_number


def back(pack: Pack) -> Back:
    """What a letter that came back, or knows no address, sets going today."""
    days = practices.number(pack, "cases_in_business_days")
    return Back(due_on=business_day_after(packs.today(pack), days), number=new_number())
