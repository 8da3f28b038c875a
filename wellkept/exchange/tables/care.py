"""The columns of a list of offices, of places of ZIP codes and of a list of documents, and what a row says."""

import re
from decimal import Decimal
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from wellkept.exchange.tables.columns import Column, day, matching, one_of, text, yes_no
from wellkept.exchange.tables.identifiers import npi
from wellkept.exchange.tables.reading import Row
from wellkept.organisations.kinds import DOCUMENTS
from wellkept.organisations.offices import Office, Place, searchable

STATES: Final = (
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
    "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR",
    "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "PR", "GU", "VI", "AS", "MP",
)  # fmt: skip
ZIP: Final = matching(re.compile(r"\d{5}(-?\d{4})?", re.ASCII), "is no ZIP code of five digits")
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_PHONE: Final = matching(re.compile(r"[0-9 ()+.\-]{7,20}", re.ASCII), "is no telephone number")
_LATITUDE: Final = matching(re.compile(r"-?([0-8]?\d|90)(\.\d{1,8})?", re.ASCII), "is no latitude from -90 to 90")
_LONGITUDE: Final = matching(
    re.compile(r"-?(1[0-7]\d|\d{1,2}|180)(\.\d{1,8})?", re.ASCII), "is no longitude from -180 to 180"
)

OFFICES: Final = (
    Column(
        "name",
        "Who gives care: the practice, hospital or pharmacy, or the person.",
        text(200),
        "Alder Bend Family Medicine",
        required=True,
    ),
    Column("npi", "National provider identifier.", npi, "1999941010"),
    Column("specialty", "Kind of care, in the words members shall choose from.", text(80), "Family medicine"),
    Column("street", "Street and number.", text(120), "12 Canal Street"),
    Column("city", "City.", text(60), "Alder Bend"),
    Column("state", "US state, two letters.", one_of(*STATES), "WI", required=True),
    Column("zip", "ZIP code; what follows its five digits is left out.", ZIP, "54999", required=True),
    Column("phone", "Telephone for appointments.", _PHONE, "715-555-0142"),
    Column("accepts_new", "Takes new patients: yes or no; empty where nobody knows.", yes_no, "yes"),
    Column("network", "The network, in the words of the plan's terms.", text(80), "Harbor PPO"),
    Column("languages", "Languages spoken besides English.", text(120), "Spanish, Hmong"),
    Column("as_of", "The day of the list; an older one changes nothing.", day, "2026-11-01", required=True),
)
PLACES: Final = (
    Column("zip", "ZIP code.", ZIP, "54999", required=True),
    Column("latitude", "Degrees north of its middle.", _LATITUDE, "44.95", required=True),
    Column("longitude", "Degrees east of its middle; west is negative.", _LONGITUDE, "-89.63", required=True),
)
BOOKLETS: Final = (
    Column(
        "file", "The PDF file, beside the list or in a folder beneath it.", text(200), "harbor-ppo.pdf", required=True
    ),
    Column(
        "kind",
        "summary plan description, summary of benefits, notice or form.",
        one_of(*DOCUMENTS),
        DOCUMENTS[1],
        required=True,
    ),
    Column("title", "What members read as its title.", text(120), "Harbor PPO 500", required=True),
    Column(
        "language",
        "Its language, as a BCP 47 tag; English where none is given.",
        matching(_TAG, "is no language tag"),
        "en",
    ),
    Column("effective", "From which day it holds.", day, "2026-01-01", required=True),
    Column(
        "sponsor", "The employer; empty: every employer with that group number.", text(200), "NORTH PIER TOOL WORKS"
    ),
    Column("group_number", "The group number; empty: every member.", text(60), "76-410101"),
)


def office(row: Row) -> Office:
    """The office of a row. It is one by NPI, name, street and ZIP code."""
    said: dict[str, Any] = {name: "" if value is None else value for name, value in row.values.items()}
    postal_code = said["zip"][:5]
    made = uuid5(
        NAMESPACE_URL, "\x1f".join((said["npi"], searchable(said["name"]), searchable(said["street"]), postal_code))
    )
    return Office(
        id=made, npi=said["npi"], name=said["name"], specialty=said["specialty"], street=said["street"],
        city=said["city"], state=said["state"], postal_code=postal_code, phone=said["phone"],
        accepts_new=row.values["accepts_new"] if isinstance(row.values["accepts_new"], bool) else None,
        network=said["network"], languages=said["languages"], as_of=said["as_of"],
    )  # fmt: skip


def place(row: Row) -> Place:
    """The place of a row."""
    return Place(
        str(row.values["zip"])[:5], Decimal(str(row.values["latitude"])), Decimal(str(row.values["longitude"]))
    )
