"""The implementation guides: which we read, and what the others are called."""

import re

from wellkept.exchange.x12 import answers, claim, enrolment, premium, remittance

READ = {
    "005010X220A1": ("834", enrolment),
    "005010X222A1": ("837P", claim),
    "005010X222A2": ("837P", claim),
    "005010X223A2": ("837I", claim),
    "005010X223A3": ("837I", claim),
    "005010X221A1": ("835", remittance),
    "005010X218": ("820", premium),
    "005010X306": ("820", premium),
    "005010X231": ("999", answers),
    "005010X231A1": ("999", answers),
}
"""Guide to the kind of set and the module that maps it."""

IDENTIFIERS = {"834": "834", "837P": "837", "837I": "837", "835": "835", "820": "820", "999": "999"}
"""ST01 of each kind."""

_GUIDE = re.compile(r"\d{6}(X\d{3}(A\d)?)?", re.ASCII)
_IDENTIFIER = re.compile(r"\d{3}", re.ASCII)
_WE_READ = (
    "We read enrolments (834), claims (837P, 837I), remittances (835), premium payments (820) and acknowledgments (999)"
    " of version 005010."
)

_FAMILIES = {
    ("834", "X220"): "an enrolment file (834)",
    ("834", "X095"): "an enrolment file (834)",
    ("837", "X222"): "a professional claim file (837P)",
    ("837", "X098"): "a professional claim file (837P)",
    ("837", "X223"): "an institutional claim file (837I)",
    ("837", "X096"): "an institutional claim file (837I)",
    ("837", "X224"): "a dental claim file (837D)",
    ("837", "X097"): "a dental claim file (837D)",
    ("835", "X221"): "a remittance file (835)",
    ("835", "X091"): "a remittance file (835)",
    ("277", "X214"): "a claim acknowledgment (277CA)",
    ("999", "X231"): "an implementation acknowledgment (999)",
}
_IDENTIFIED = {
    "269": "a coordination-of-benefits verification (269)",
    "270": "an eligibility inquiry (270)",
    "271": "an eligibility response (271)",
    "274": "a provider directory (274)",
    "275": "a claim attachment (275)",
    "276": "a claim status inquiry (276)",
    "277": "a claim status response (277)",
    "278": "a review request (278)",
    "820": "a premium payment (820)",
    "824": "an application advice (824)",
    "834": "an enrolment file (834)",
    "835": "a remittance file (835)",
    "837": "a claim file (837)",
    "864": "a text message (864)",
    "997": "a functional acknowledgment (997)",
    "999": "an implementation acknowledgment (999)",
}


def followed(announced: str, stated: str) -> str:
    """The guide a set follows, from GS08 and ST03: GS08, unless ST03 names another family."""
    return announced if announced.startswith(stated) else stated


def refusal(identifier: str, guide: str) -> str:
    """Why a set is not read, in a plain sentence that names it; what is no name of a guide or set is not repeated."""
    identifier = identifier if _IDENTIFIER.fullmatch(identifier) else ""
    guide = guide if _GUIDE.fullmatch(guide) else ""
    what = (
        _FAMILIES.get((identifier, guide[6:10]))
        or _IDENTIFIED.get(identifier)
        or (f"a file of the kind {identifier}" if identifier else "a file of no known kind")
    )
    named = f"{what[:-1]}, {guide})" if guide and what.endswith(")") else what
    if guide.startswith("004010"):
        return f"This is {named}. Version 004010 is no longer in use. {_WE_READ}"
    family = sorted(known for known in READ if known[:10] == guide[:10])
    if family and IDENTIFIERS[READ[family[0]][0]] == identifier:
        return f"This is {named}. Of this guide we read {' and '.join(family)}."
    return f"This is {named}. {_WE_READ}"
