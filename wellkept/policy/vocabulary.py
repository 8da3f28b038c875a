"""The words of a policy in the terms of the W3C Data Privacy Vocabulary, so that a program can read what we promise.

Source: Data Privacy Vocabulary (DPV) version 2, W3C Data Privacy Vocabularies and Controls Community Group, 2024. Its
namespaces are ``DPV`` and, for kinds of personal data, ``PD``. A term means no more than the sentence it stands beside:
the words of the policy hold.
"""

from collections.abc import Mapping
from typing import Final

from wellkept.policy.shapes import Keeping, Pack, Rule
from wellkept.policy.words import Category, Purpose, Role

DPV: Final = "https://w3id.org/dpv#"
PD: Final = "https://w3id.org/dpv/pd#"

PURPOSES: Final[Mapping[Purpose, tuple[str, ...]]] = {
    Purpose.PAYMENT: ("dpv:PaymentManagement", "dpv:CustomerClaimsManagement"),
    Purpose.OPERATIONS: ("dpv:OrganisationGovernance", "dpv:CustomerManagement"),
    Purpose.TREATMENT: ("dpv:RequestedServiceProvision",),
    Purpose.PATIENT_REQUEST: ("dpv:RequestedServiceProvision",),
    Purpose.RESEARCH: ("dpv:ResearchAndDevelopment",),
    Purpose.LEGAL: ("dpv:LegalCompliance",),
    Purpose.CARE_MANAGEMENT: ("dpv:RequestedServiceProvision",),
    Purpose.MEMBER_ADMINISTRATION: ("dpv:AccountManagement", "dpv:CustomerCare"),
    Purpose.FRAUD: ("dpv:FraudPreventionAndDetection",),
    Purpose.ELIGIBILITY: ("dpv:Verification",),
}
"""Each purpose of use in DPV purposes. No DPV term of marketing, sale or profiling is here, and none may be (U-07)."""

BASES: Final[Mapping[Purpose, str]] = {
    Purpose.PAYMENT: "dpv:ContractPerformance",
    Purpose.OPERATIONS: "dpv:ContractPerformance",
    Purpose.TREATMENT: "dpv:Consent",
    Purpose.PATIENT_REQUEST: "dpv:LegalObligation",
    Purpose.RESEARCH: "dpv:Consent",
    Purpose.LEGAL: "dpv:LegalObligation",
    Purpose.CARE_MANAGEMENT: "dpv:Consent",
    Purpose.MEMBER_ADMINISTRATION: "dpv:ContractPerformance",
    Purpose.FRAUD: "dpv:LegalObligation",
    Purpose.ELIGIBILITY: "dpv:ContractPerformance",
}
"""On what each purpose rests. One's own request rests on 45 CFR 164.524; an authorisation is the person's consent."""

CATEGORIES: Final[Mapping[Category, tuple[str, ...]]] = {
    Category.IDENTITY: ("pd:Identifying",),
    Category.CONTACT: ("pd:Contact",),
    Category.SOCIAL: ("pd:OfficialID",),
    Category.COVERAGE: ("pd:Financial", "pd:Health"),
    Category.CLAIMS: ("pd:MedicalHealth", "pd:Financial"),
    Category.SENSITIVE_CLAIMS: ("pd:MedicalHealth", "pd:MentalHealth", "dpv:SensitivePersonalData"),
    Category.OPENINGS: ("dpv:PersonalData",),
    Category.ASSESSMENT: ("pd:Health",),
    Category.DIARY: ("pd:Health",),
    Category.PROGRAMME: ("pd:Health",),
    Category.RECORD: ("pd:HealthRecord",),
    Category.MESSAGES: ("pd:Communication", "pd:Health"),
    Category.REQUESTS: ("dpv:PersonalData",),
    Category.INQUIRY: ("pd:Communication",),
    Category.ENROLMENT: ("pd:Identifying", "pd:Financial"),
    Category.PAPERS: ("dpv:NonPersonalData",),
    Category.CALLS: ("pd:Communication", "pd:Health"),
}
"""Each category of data in DPV terms. Health is sensitive in any case; sensitive care is said to be so besides."""

RECIPIENTS: Final[Mapping[Role, str]] = {
    Role.MEMBER: "dpv:DataSubject",
    Role.PROVIDER: "dpv:ThirdParty",
    Role.EMPLOYER: "dpv:ThirdParty",
    Role.AGENT: "dpv:ThirdParty",
    Role.PARTNER: "dpv:DataProcessor",
}
"""Who stands outside the house; everybody else who opens a record works in it."""

MEASURES: Final[Mapping[str, str]] = {
    "live": "dpv:TechnicalMeasure",
    "release": "dpv:TechnicalMeasure",
    "attested": "dpv:OrganisationalMeasure",
}
"""What each kind of keeper is: a program tries the first two, people answer for the last."""


def processes(pack: Pack) -> list[dict[str, object]]:
    """For each category that a rule of ``pack`` opens: for what, on what basis, to whom, and how long it is kept."""
    return [_process(pack, category) for category in Category if _opening(pack, category)]


def _process(pack: Pack, category: Category) -> dict[str, object]:
    rules = _opening(pack, category)
    purposes = [purpose for purpose in Purpose if any(purpose in rule.purposes for rule in rules)]
    roles = [role for role in Role if any(role == rule.role for rule in rules)]
    return {
        "@type": "dpv:Process",
        "category": category.value,
        "dpv:hasPersonalData": list(CATEGORIES[category]),
        "purposes": [purpose.value for purpose in purposes],
        "dpv:hasPurpose": list(dict.fromkeys(term for purpose in purposes for term in PURPOSES[purpose])),
        "dpv:hasLegalBasis": list(dict.fromkeys(_bases(rules))),
        "dpv:hasRecipient": [recipient(role) for role in roles],
        "dpv:hasStorageCondition": storage(pack.retention[category]),
        "clauses": sorted({rule.clause for rule in rules}),
    }


def _opening(pack: Pack, category: Category) -> list[Rule]:
    return [rule for rule in pack.rules if category in rule.categories]


def _bases(rules: list[Rule]) -> list[str]:
    found = [BASES[purpose] for rule in rules for purpose in rule.purposes]
    return found + ["dpv:Consent" for rule in rules if "authorization" in rule.needs]


def recipient(role: Role) -> dict[str, object]:
    """Somebody who may open a record, in the capacity they have here."""
    return {"@type": ["dpv:Recipient", RECIPIENTS[role]] if role in RECIPIENTS else "dpv:Recipient", "role": role.value}


def storage(keeping: Keeping) -> dict[str, object]:
    """How long something is kept: an ISO 8601 duration after an event, or without end, and why."""
    ends = keeping.years is not None
    duration = {"@type": "dpv:TemporalDuration", "rdf:value": f"P{keeping.years}Y"}
    return {
        "@type": "dpv:StorageCondition",
        "dpv:hasDuration": duration if ends else {"@type": "dpv:EndlessDuration"},
        "after": keeping.after,
        "because": keeping.because,
    }
