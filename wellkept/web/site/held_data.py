"""The page of all we hold as data: for programs, for comparing two days, and for those who check us.

Serves U-46, B-01. Classes are also named in the W3C Data Privacy Vocabulary, version 2 (https://w3id.org/dpv).
"""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, JsonResponse

from wellkept.policy import catalogue, cookies, counters, packs
from wellkept.policy.counters import Counter
from wellkept.policy.kinds import PURPOSES
from wellkept.policy.shapes import Pack
from wellkept.web.shell import serving
from wellkept.web.shell.public import public, steady
from wellkept.web.site.holding import EVERY_RECORD, Field, Service, Thing, field, services

DPV: Final[Mapping[str, str]] = {
    "phi": "dpv:SpecialCategoryPersonalData",
    "financial": "dpv:ConfidentialData",
    "trade secret": "dpv:ConfidentialData",
    "personal": "dpv:PersonalData",
    "public": "dpv:NonPersonalData",
    "housekeeping": "dpv:NonPersonalData",
}


@steady("It shows what the house declares.")
@public("Anyone may take the list of what we hold as data (U-46).")
def as_json(request: HttpRequest) -> JsonResponse:
    """Every service with its tables and fields, every use, cookie and counter."""
    pack = serving.pack()
    return JsonResponse(whole(pack, secure=request.is_secure()), json_dumps_params={"ensure_ascii": False})


def whole(pack: Pack, *, secure: bool) -> dict[str, object]:
    """The list as plain values."""
    found = catalogue.tables()
    columns = {table.name: {one.name: field(one) for one in table.columns} for table in found}
    day = serving.today(pack)
    return {
        "@context": {"dpv": "https://w3id.org/dpv#"},
        "operator": pack.display_name,
        "policy": packs.in_force(pack, day).version,
        "on": day.isoformat(),
        "services": [of_service(one, columns) for one in services(pack, found)],
        "uses": uses(pack),
        "cookies": [
            {
                "name": one.name(pack, secure=secure),
                "purpose": str(one.purpose),
                "holds": str(one.holds),
                "lasts": str(one.lasts),
            }
            for one in cookies.of(pack)
        ],
        "counters": [of_counter(one, on=one in counters.of(pack)) for one in counters.COUNTERS],
    }


def of_counter(one: Counter, *, on: bool) -> dict[str, object]:
    """One counter; ``on`` says whether it counts at this operator."""
    return {
        "name": one.name,
        "on": on,
        "table": one.table,
        "counts": str(one.counts),
        "by": str(one.by),
        "person": one.person,
    }


def of_service(one: Service, columns: Mapping[str, Mapping[str, Field]]) -> dict[str, object]:
    """One service; ``declared`` is false for what no declaration names."""
    area = one.area
    return {
        "id": area.id if area else "",
        "title": str(area.title) if area else "",
        "declared": area is not None,
        "why": str(area.why) if area else "",
        "serves": area.serves if area else "",
        "promise": one.clause,
        "tables": [of_thing(thing, columns[thing.table]) for thing in one.things],
    }


def of_thing(thing: Thing, columns: Mapping[str, Field]) -> dict[str, object]:
    """One table with every field of it, in the order of the database."""
    return {
        "name": thing.table,
        "title": thing.title,
        "class": thing.kind,
        "brought": thing.brought,
        "lasts": thing.lasts,
        "seen": thing.seen,
        "guarded": thing.lock,
        "fields": [of_field(one, every=name in EVERY_RECORD and name in thing.every) for name, one in columns.items()],
    }


def of_field(one: Field, *, every: bool) -> dict[str, object]:
    """One field. ``every`` says that each record has it."""
    return {
        "name": one.name,
        "says": one.words,
        "class": one.kind,
        "dpv": DPV.get(one.kind, ""),
        "guard": one.guard,
        "on_every_record": every,
    }


def uses(pack: Pack) -> list[dict[str, object]]:
    """Each rule, one line a purpose and kind of data, as the database decides by it."""
    return [
        {
            "rule": rule.id,
            "role": rule.role,
            "relationship": rule.relationship,
            "purpose": purpose,
            "purpose_in_words": str(PURPOSES[purpose]),
            "category": category,
            "needs": rule.needs,
            "promise": rule.clause,
        }
        for rule in pack.rules
        for purpose in rule.purposes
        for category in rule.categories
    ]
