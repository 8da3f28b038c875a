"""Who may open what is a list of rows, and a row that says nothing clear is refused."""

import pytest

from tests.policy.conftest import Spoil
from wellkept.policy import packs
from wellkept.policy.packs import Pack, PackError
from wellkept.policy.shapes import UNLIMITED
from wellkept.policy.words import Category, Purpose, Role

OWN = (
    'id = "own-record"\nrole = "member"\nrelationship = "self"\npurposes = ["PATRQT"]\n'
    'categories = ["identity", "contact", "coverage", "claims", "sensitive_claims", "openings", "requests"]\n'
    'needs = ["terms"]\nclause = "U-29"\n'
)
FAULTS = [
    ('role = "member"', 'role = "nobody"', '"nobody" is not among what "role" may be'),
    ('relationship = "self"', 'relationship = "friend"', '"friend" is not among'),
    ('purposes = ["PATRQT"]', 'purposes = ["HMARKT"]', '"HMARKT" is not among'),
    ('purposes = ["PATRQT"]', "purposes = []", "a rule that allows nothing is no rule"),
    ('purposes = ["PATRQT"]', 'purposes = ["PATRQT", "PATRQT"]', "names something twice"),
    ('"openings", "requests"]', '"openings", "gossip"]', '"gossip" is not among'),
    ('needs = ["terms"]', 'needs = ["luck"]', '"luck" is not among'),
    ('needs = ["terms"]\n', "", '"needs" is missing'),
    ('needs = ["terms"]', 'needs = ["terms"]\nuntil = "noon"', '"until" means nothing here'),
    ('id = "caller-search"', 'id = "own-record"', '"own-record" is here twice'),
    ("[budgets]\nmember = 20", "[budgets]", "The role member has rules and no budget"),
    ("representative = 60", "representative = 0", "at least 1|between 1"),
    ("representative = 60", 'representative = "many"', "must be a whole number"),
    ("representative = 60", "representative = true", "must be a whole number"),
    ("representative = 60", "spy = 60", '"spy" is not among'),
    ("[budgets]", "[limits]", '"limits" means nothing here'),
    ("[[rule]]", "[rule]", "This is not TOML"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_it_refuses_a_faulty_rule_with_its_line(spoil: Spoil, old: str, new: str, sentence: str) -> None:
    folder = spoil("access.toml", old, new)
    with pytest.raises(PackError, match=rf"access\.toml:\d+: .*({sentence})"):
        packs.load(folder)


def test_it_refuses_a_rule_without_a_clause(spoil: Spoil) -> None:
    folder = spoil("access.toml", 'clause = "U-29"\n', "")
    with pytest.raises(PackError, match=r'access\.toml:\d+: "clause" is missing here'):
        packs.load(folder)


def test_it_names_the_line_in_the_right_rule(spoil: Spoil) -> None:
    folder = spoil("access.toml", 'categories = ["identity"]', 'categories = ["gossip"]')
    line = (folder / "access.toml").read_text().splitlines().index('categories = ["gossip"]') + 1
    with pytest.raises(PackError, match=rf"access\.toml:{line}: "):
        packs.load(folder)


def test_it_names_the_rule_from_which_something_is_missing(spoil: Spoil) -> None:
    folder = spoil("access.toml", 'clause = "U-31"\n', "")
    lines = (folder / "access.toml").read_text().splitlines()
    line = lines.index('id = "authority-second-person"')
    assert lines[line - 1] == "[[rule]]"
    with pytest.raises(PackError, match=rf'access\.toml:{line}: "clause" is missing here'):
        packs.load(folder)


def test_it_refuses_two_rules_that_decide_one_question(spoil: Spoil) -> None:
    twin = OWN.replace("own-record", "twin").replace("U-29", "U-31")
    folder = spoil("access.toml", "[[rule]]\n", f"[[rule]]\n{twin}\n[[rule]]\n")
    with pytest.raises(PackError, match='"own-record" and "twin" both decide member, self, PATRQT, identity'):
        packs.load(folder)


def opens(pack: Pack, role: Role) -> set[tuple[str, Purpose, Category]]:
    rules = [rule for rule in pack.rules if rule.role == role]
    return {(rule.relationship, why, what) for rule in rules for why in rule.purposes for what in rule.categories}


@pytest.mark.parametrize("name", ["umr", "pwer"])
def test_a_representative_opens_sensitive_claims_for_an_appeal_alone_and_never_openings(name: str) -> None:
    opened = opens(packs.named(name), Role.REPRESENTATIVE)
    kept_back = {Category.SENSITIVE_CLAIMS, Category.OPENINGS}
    assert {one for one in opened if one[2] in kept_back} == {("appeal", Purpose.PAYMENT, Category.SENSITIVE_CLAIMS)}


@pytest.mark.parametrize("name", ["umr", "pwer"])
def test_people_are_found_by_identity_alone(name: str) -> None:
    rules = packs.named(name).rules
    found = {(rule.role, what) for rule in rules if rule.relationship == "search" for what in rule.categories}
    assert found == {(Role.REPRESENTATIVE, Category.IDENTITY), (Role.ADMINISTRATOR, Category.IDENTITY)}


def test_treatment_is_refused_at_umr() -> None:
    assert not [rule.id for rule in packs.named("umr").rules if Purpose.TREATMENT in rule.purposes]


@pytest.mark.parametrize("name", ["umr", "pwer"])
def test_staff_open_nothing_without_an_agreement(name: str) -> None:
    staff = {Role.REPRESENTATIVE, Role.NURSE, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR}
    assert not [rule.id for rule in packs.named(name).rules if rule.role in staff and "agreement" not in rule.needs]


@pytest.mark.parametrize("name", ["umr", "pwer"])
def test_a_person_reads_their_own_record_under_the_terms(name: str) -> None:
    rules = [rule for rule in packs.named(name).rules if rule.role is Role.MEMBER]
    (own,) = [rule for rule in rules if rule.relationship == "self"]
    assert own.needs == ("terms",)
    assert all("terms" in rule.needs for rule in rules)


@pytest.mark.parametrize("name", ["umr", "pwer"])
def test_of_another_persons_record_only_their_own_word_opens_what_is_sensitive(name: str) -> None:
    rules = [rule for rule in packs.named(name).rules if rule.role is Role.MEMBER and rule.relationship != "self"]
    opens = {rule.relationship: {str(one) for one in rule.categories} for rule in rules}
    assert opens["household"] == {"identity"}
    assert opens["parent"] == {"identity", "coverage", "claims"}
    assert opens["parent_young"] == {"sensitive_claims"}
    assert {rule.relationship for rule in rules if "sensitive_claims" in rule.categories} == {
        "parent_young",
        "authorised",
        "helper",
        "personal_representative",
    }
    assert all("authorization" in rule.needs for rule in rules if rule.relationship == "authorised")
    acting = [rule for rule in rules if rule.relationship in {"helper", "personal_representative"}]
    assert len(acting) == 2
    assert all({"helping", "appointment"} <= set(rule.needs) for rule in acting)
    assert len([rule for rule in rules if "sensitive_claims" in rule.categories]) == 4


@pytest.mark.parametrize("name", ["umr", "pwer"])
def test_a_stepchild_is_nobodys_child_but_the_spouses(name: str) -> None:
    family = packs.named(name).family
    assert "17" not in family.parents["18"]
    assert "17" in family.parents["01"]
    assert set(family.parents) == {"18", "01"}
    assert not {"10", "15"} & {code for codes in family.parents.values() for code in codes}


def test_a_code_that_is_none_is_refused(spoil: Spoil) -> None:
    folder = spoil("access.toml", '18 = ["09", "19"]', '18 = ["child"]')
    with pytest.raises(PackError, match=r'access\.toml:\d+: .*"child" is no individual relationship code'):
        packs.load(folder)


def test_where_nothing_is_said_of_families_nobody_is_anybodys_parent(spoil: Spoil) -> None:
    folder = spoil("access.toml", '[family]\npartners = ["01", "53"]\n\n[family.parents]\n18 = ["09", "19"]\n', "")
    text = (folder / "access.toml").read_text()
    (folder / "access.toml").write_text(text.replace('01 = ["09", "17", "19"]\n', ""))
    assert packs.load(folder).family.parents == {}


def test_budgets_bound_people_and_only_intake_has_none() -> None:
    budgets = packs.named("umr").budgets
    assert (budgets[Role.REPRESENTATIVE], budgets[Role.NURSE], budgets[Role.PRIVACY_OFFICER]) == (60, 30, 60)
    assert [role for role, people in budgets.items() if people == UNLIMITED] == [Role.INTAKE]
