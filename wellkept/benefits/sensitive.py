"""Which care is sensitive (R-17): mental health, substance use, reproductive care, HIV.

The judgement is by code alone and errs towards sensitive. Sources: ICD-10-CM chapters 5 (F01 to F99) and 15 (O00 to
O9A) and the categories named below; HCPCS level II H codes (behavioural health and substance use); revenue codes 0900
to 0919, 0944, 0945, 1000 to 1002. Medicines of pharmacy claims: ``medicines.toml``. A file may also say it itself.
"""

import re
from collections.abc import Iterable
from typing import Final

from wellkept.benefits import medicines

# R45.8: suicidal ideation and self-harm; T14.91: suicide attempt; X71 to X83: intentional self-harm; Z72.5, Z11.3,
# Z11.4, Z20.2, Z20.6, A50 to A64: sexually transmitted infections; N46, N97: infertility; Z30 to Z39, Z3A, Z64.0,
# Z79.3: contraception, pregnancy; Z71.4, Z71.5, Z81: substance use in oneself or the family; Z65, Z69: abuse;
# T74, T76: maltreatment.
DIAGNOSES: Final = re.compile(
    r"^(F\d|O[\dA]|B20|B9735|Z21|R75|Z114|Z113|Z202|Z206|Z725|A5\d|A6[0-4]|N46|N97|Z3\d|Z3A|Z640|Z793|Z714|Z715|Z81|Z65"
    r"|Z69|T74|T76|R458|T1491|X7[1-9]|X8[0-3])"
)
# 908xx: psychiatry; 9615x, 9616x: behavioural assessment; 591xx to 598xx: maternity and abortion; 5830x, 5897x:
# infertility; 8670x, 8753x: HIV tests.
PROCEDURES: Final = re.compile(
    r"^(H\d{4}|G04(09|10)|908\d\d|961[3-7]\d|59\d{3}|5830\d|5897\d|5892\d|86701|86702|86703|8739[01]|8753[4-9]|J1050"
    r"|J730\d|S019\d|T1006|T1007)"
)
REVENUE: Final = re.compile(r"^0?(9(0\d|1\d|44|45)|100[0-2])$")


def is_sensitive(*, diagnoses: Iterable[str], procedures: Iterable[str], revenue: Iterable[str]) -> bool:
    """Whether any code of a claim tells of sensitive care. Codes are compared without dots and in capitals."""
    return (
        any(DIAGNOSES.match(code.replace(".", "").upper()) for code in diagnoses)
        or any(PROCEDURES.match(code.upper()) for code in procedures)
        or any(REVENUE.match(code) for code in revenue)
    )


def content_is_sensitive(content: dict[str, object]) -> bool:
    """The same for what a filing or a decision says."""
    lines = content.get("lines")
    lines = lines if isinstance(lines, list) else []
    diagnoses = content.get("diagnoses")
    pairs = diagnoses if isinstance(diagnoses, list) else []
    dispensed = [line.get("drug", "") for line in lines if line["code"].startswith("NDC ")]
    if content.get("sensitive") or any(map(medicines.is_sensitive, dispensed)):
        return True
    return is_sensitive(
        diagnoses=[code for _, code in pairs],
        procedures=[line["code"].partition("-")[0] for line in lines],
        revenue=[line["revenue"] for line in lines],
    )
