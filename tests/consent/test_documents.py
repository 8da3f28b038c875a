"""The texts somebody agrees to, as files of the pack (U-41, P-25)."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.cluster import OPERATORS, Cluster
from wellkept.consent.documents import document, documents, load, said_in
from wellkept.policy import packs
from wellkept.policy.shapes import PackError
from wellkept.policy.words import Role

WORKS_HERE = {
    Role.REPRESENTATIVE, Role.NURSE, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.ACCESS_ADMINISTRATOR,
}  # fmt: skip
OF_ORGANISATIONS = {Role.PROVIDER, Role.EMPLOYER, Role.AGENT, Role.PARTNER}
AGREED = ("Your contract", "The contract", "Your appointment", "Your agreement", "Your word to us")
"""How the terms of an organisation begin what they say of what was agreed with us."""


SECRET = {"en": "tell nobody else what you see", "es": "a nadie más lo que ve"}
"""What whoever opens another's record promises, in each language."""


def written(folder: Path, name: str, text: str = "# A heading\n\nWords.\n") -> Path:
    path = folder / name
    path.write_text(text)
    return path


@pytest.mark.parametrize("operator", OPERATORS)
def test_no_member_opens_anothers_record_before_they_promise_to_tell_nobody(operator: str) -> None:
    pack = packs.named(operator)
    newest = {one.name: one for one in documents(pack)}
    theirs = [one for one in pack.rules if one.role is Role.MEMBER and one.relationship != "self"]
    assert {"parent", "parent_young", "authorised", "helper", "personal_representative"} <= {
        one.relationship for one in theirs
    }
    for rule in theirs:
        signed = [newest[f"member-{need}"] for need in rule.needs if f"member-{need}" in newest]
        for language, promise in SECRET.items():
            assert any(promise in said_in(language, pack, one).html for one in signed), (rule, language)


@pytest.mark.parametrize("operator", OPERATORS)
def test_everybody_who_comes_in_has_a_text_that_names_what_binds_them(operator: str) -> None:
    found = documents(packs.named(operator))
    assert {one.audience for one in found} == {Role.MEMBER, *WORKS_HERE, *OF_ORGANISATIONS}
    assert {one.need for one in found if one.audience in WORKS_HERE} == {"agreement"}
    assert {one.need for one in found if one.audience in OF_ORGANISATIONS} == {"terms", "agreement"}
    # Whoever helps a member is bound by their own word and the law of the state, not by HIPAA.
    for one in (text for text in found if text.need != "helping"):
        assert "What binds" in one.html
        if one.audience in OF_ORGANISATIONS and one.need == "terms":
            assert "HIPAA" in one.html
            assert "<strong>The law.</strong>" in one.html
            assert "<strong>The ethics of your work.</strong>" in one.html
            assert any(f"<strong>{bond}.</strong>" in one.html for bond in AGREED)
        else:
            law = "law of your state" if one.audience in OF_ORGANISATIONS else "state law"
            assert [bond for bond in ("HIPAA", law, "ethics") if bond not in one.html] == []
            assert "contract" in one.html or "agreement with" in one.html


@pytest.mark.parametrize(
    "name",
    [
        "terms.md",
        "member-terms.md",
        "member-terms-2026-13-01.md",
        "member-terms-2026-02-30.md",
        "visitor-terms-2026-11-01.md",
        "Member-terms-2026-11-01.md",
    ],
)
def test_it_refuses_a_file_whose_name_says_no_audience_need_and_day(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackError, match="audience-need-date"):
        document(written(tmp_path, name))


def test_it_refuses_a_text_without_a_heading(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="begins with a heading"):
        document(written(tmp_path, "member-terms-2026-11-01.md", "Words.\n"))


def test_markup_of_others_is_shown_and_not_run(tmp_path: Path) -> None:
    text = "# A heading\n\n<script>alert(1)</script> ![x](/x.png) <b>b</b>\n"
    html = document(written(tmp_path, "member-terms-2026-11-01.md", text)).html
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html


@pytest.mark.database
def test_a_text_binds_from_midnight_where_the_operator_works_and_is_never_replaced(
    house: Cluster, tmp_path: Path
) -> None:
    pack = replace(packs.named("umr"), folder=tmp_path)
    (tmp_path / "documents").mkdir()
    written(tmp_path / "documents", "partner-terms-2030-07-01.md")
    with house.administer("wellkept_umr") as connection:
        load(connection, pack)
        load(connection, pack)
        asked = "select effective from wellkept.consent_document where audience = 'partner' and version = '2030-07-01'"
        assert connection.execute(asked).fetchall() == [(datetime(2030, 7, 1, tzinfo=ZoneInfo("America/Chicago")),)]
        connection.rollback()


@pytest.mark.database
@pytest.mark.parametrize("statement", ["update", "delete", "insert"])
def test_no_page_changes_what_was_agreed_to(house: Cluster, statement: str) -> None:
    attempts = {
        "update": "update wellkept.consent_acknowledgement set version = 'x'",
        "delete": "delete from wellkept.consent_acknowledgement",
        "insert": "insert into wellkept.consent_acknowledgement default values",
    }
    with house.connect("umr", "web") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(attempts[statement])
