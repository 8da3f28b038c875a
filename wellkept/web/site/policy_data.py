"""The policy for programs, at an address they can know: each promise with what keeps it, in JSON-LD.

Serves B-01, B-11, U-09. Its terms are those of the W3C Data Privacy Vocabulary (``policy.vocabulary``). The context
stands in the file itself: nothing has to be fetched from anywhere to read it.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse

from wellkept.policy import controls, packs, vocabulary
from wellkept.policy.shapes import Clause, Pack, PolicyVersion
from wellkept.web.shell import evidence, serving
from wellkept.web.shell.language import ORIGINAL
from wellkept.web.shell.public import public
from wellkept.web.site import standing
from wellkept.web.site.promised import Promised

CONTEXT: Final[Mapping[str, object]] = {
    "@version": 1.1,
    "@vocab": "urn:wellkept:policy#",
    "dpv": vocabulary.DPV,
    "pd": vocabulary.PD,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "introduction": {"@container": "@language"},
    "heading": {"@container": "@language"},
    "text": {"@container": "@language"},
    "posted": {"@type": "xsd:date"},
    "effective": {"@type": "xsd:date"},
    "at": {"@type": "xsd:dateTime"},
    "last_tried": {"@type": "xsd:dateTime"},
    "broken_since": {"@type": "xsd:dateTime"},
    "dpv:hasPersonalData": {"@type": "@id"},
    "dpv:hasPurpose": {"@type": "@id"},
    "dpv:hasLegalBasis": {"@type": "@id"},
}


@public("The policy and the state of every promise are public, also for programs (B-01, B-11).")
def as_json(request: HttpRequest) -> HttpResponse:
    """The version in force, all of it; evidence only where the pack shows it to whoever asks."""
    pack = serving.original()
    response = JsonResponse(said(pack, request), json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Type"] = "application/ld+json"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def said(pack: Pack, request: HttpRequest) -> dict[str, object]:
    """The whole of it as JSON-LD. Times are in UTC, ISO 8601; null where nothing was tried."""
    day = serving.today(pack)
    version, shown = packs.in_force(pack, day), evidence.shown(pack, request)
    spoken = dict(speaking(pack, version))
    rows = standing.stood(pack, version, request)
    return {
        "@context": CONTEXT,
        "@id": f"urn:wellkept:policy:{pack.name}:{version.version}",
        "@type": "dpv:PrivacyNotice",
        "version": version.version,
        "posted": version.posted.isoformat(),
        "effective": version.effective.isoformat(),
        "address": f"/policy/versions/{version.version}/",
        "languages": list(spoken),
        "governing_language": ORIGINAL,
        "dpv:hasResponsibleEntity": entity(pack),
        "introduction": {code: one.introduction for code, one in spoken.items()},
        "clauses": [clause(row, spoken, pack, shown=shown) for row in rows],
        "dpv:hasProcess": vocabulary.processes(pack),
        **({"dpv:hasTechnicalOrganisationalMeasure": measures(pack, version)} if shown else {}),
    }


def speaking(pack: Pack, version: PolicyVersion) -> Iterator[tuple[str, PolicyVersion]]:
    """The version in each language in which it is written, the one that holds first."""
    yield ORIGINAL, version
    for code, other in pack.translations.items():
        for one in other.versions:
            if one.version == version.version and one.language == code:
                yield code, one


def entity(pack: Pack) -> dict[str, object]:
    """Who answers for it, and how to reach them."""
    return {
        "@type": "dpv:LegalEntity",
        "name": pack.display_name,
        "telephone": pack.phone,
        "email": pack.mailboxes["privacy"],
        "postal_address": list(pack.postal_address),
        "law": dict(pack.law),
    }


def clause(row: Promised, spoken: Mapping[str, PolicyVersion], pack: Pack, *, shown: bool) -> dict[str, object]:
    """One promise: its words in each language, where it stands, what keeps it and what the newest tries found."""
    words = {code: one for code, version in spoken.items() for one in version.clauses if one.id == row.clause.id}
    told: dict[str, object] = {
        "@id": f"urn:wellkept:policy:{pack.name}:{row.clause.id}",
        "id": row.clause.id,
        "address": row.href,
        "heading": {code: one.heading for code, one in words.items()},
        "text": {code: one.text for code, one in words.items()},
    }
    return told | (evidence_of(row, pack) if shown else {})


def evidence_of(row: Promised, pack: Pack) -> dict[str, object]:
    """Where a promise stands, what keeps it, and each of its newest tries."""
    verdict = row.verdict
    return {
        "state": row.state,
        "not_kept": row.clause.not_kept,
        "last_tried": verdict.last_tried if verdict else None,
        "broken_since": verdict.broken_since if verdict else None,
        "kept_by": [
            {
                "@id": measure(keeping.control.id),
                "id": keeping.control.id,
                "kind": keeping.control.kind,
                "sentence": keeping.control.sentence,
                "state": keeping.kept.state if keeping.kept else None,
                "last_tried": keeping.kept.tried if keeping.kept else None,
            }
            for keeping in standing.keepers(pack, row)
        ],
        "tries": [
            {"sentence": one.sentence, "outcome": one.outcome, "held": one.held, "at": one.at}
            for one in (verdict.attempts if verdict else ())
        ],
    }


def measures(pack: Pack, version: PolicyVersion) -> list[dict[str, object]]:
    """What keeps the promises of this version, as technical and organisational measures, each with its clauses."""
    house = controls.of(pack)
    kept: dict[str, list[Clause]] = {}
    for one in version.clauses:
        for name in one.kept_by:
            kept.setdefault(name, []).append(one)
    return [
        {
            "@id": measure(name),
            "@type": vocabulary.MEASURES[house[name].kind],
            "id": name,
            "sentence": house[name].sentence,
            "keeps": [one.id for one in clauses],
        }
        for name, clauses in kept.items()
        if name in house
    ]


def measure(name: str) -> str:
    """The name of a control in this document and in any other of the house."""
    return f"urn:wellkept:control:{name}"
