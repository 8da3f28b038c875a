from datetime import date

import pytest

from tests.exchange.x12.samples import ENROLMENT, ended, findings, interchange, said, told, transaction, values
from wellkept.exchange.x12.values import Address, Contact, Coverage, Enrolment, Name, Reference

GUIDE = "005010X220A1"


def enrolments(body: str = ENROLMENT) -> list[Enrolment]:
    found = values(told(interchange(transaction(body, GUIDE), guide=GUIDE)))
    return [value for value in found if isinstance(value, Enrolment)]


def test_it_tells_who_is_enrolled_and_in_what() -> None:
    erika, _ = enrolments()
    assert (erika.is_subscriber, erika.relationship, erika.maintenance_type) == (True, "18", "021")
    assert (erika.maintenance_reason, erika.benefit_status, erika.employment_status) == ("28", "A", "FT")
    assert (erika.subscriber_id, erika.policy_number, erika.master_policy_number) == ("S100", "G7", "MASTER1")
    assert (erika.purpose, erika.file_kind, erika.file_date) == ("00", "4", date(2026, 4, 1))
    assert erika.name == Name("MUSTER", "ERIKA", "Q", "JR")
    assert erika.previous_name == Name("ALTE", "ERIKA")
    assert erika.member_ids == (Reference("34", "000000000"), Reference("17", "DEPT 4"))
    assert (erika.member.birth_date, erika.member.gender) == (date(1980, 5, 15), "F")
    assert erika.member.address == Address("1 MAIN ST", "FLAT 2", "SPRINGFIELD", "IL", "62701")
    assert erika.mailing_address == Address("PO BOX 9", "", "SPRINGFIELD", "IL", "62702")
    assert erika.member.contacts == (Contact("HP", "5550001111"), Contact("EM", "erika@example.org"))
    assert erika.coverages == (
        Coverage("021", "HLT", "GOLD", "FAM", date(2026, 4, 1), date(2026, 12, 31), "POL9"),
        Coverage("021", "DEN", "", "EMP", date(2026, 5, 1)),
    )
    assert (erika.employment_begins, erika.died) == (date(2020, 1, 15), date(2026, 5, 1))
    assert (erika.eligibility_begins, erika.eligibility_ends) == (date(2026, 4, 1), date(2026, 12, 31))


def test_it_tells_who_sponsors_and_who_insures() -> None:
    erika, _ = enrolments()
    assert erika.sponsor is not None
    assert erika.insurer is not None
    assert (erika.sponsor.name.last, erika.sponsor.tax_id) == ("EXAMPLE WORKS", "111111111")
    assert (erika.insurer.name.last, erika.insurer.tax_id) == ("EXAMPLE PLAN", "222222222")


def test_nothing_of_one_member_is_told_of_the_next() -> None:
    _, otto = enrolments()
    assert (otto.is_subscriber, otto.relationship, otto.name) == (False, "01", Name("MUSTER", "OTTO"))
    assert (otto.member.address, otto.coverages, otto.policy_number, otto.member_ids) == (None, (), "", ())


def test_a_value_says_where_it_stands() -> None:
    erika, otto = enrolments()
    assert (erika.segment, otto.segment) == (9, 34)
    assert (erika.transaction.interchange, erika.transaction.control_number) == ("000000001", "0001")
    assert (erika.transaction.file, erika.transaction.kind, erika.transaction.segment) == ("file.x12", "834", 3)


@pytest.mark.parametrize(
    ("right", "wrong", "element", "reason"),
    [
        ("DMG*D8*19800515*F", "DMG*D8*19801515*F", "DMG02", "'19801515': This is not a date"),
        ("DMG*D8*19800515*F", "DMG*D8*19800515*Q", "DMG03", "'Q': This is not a code for the gender"),
        ("INS*N*01*021", "INS*X*01*021", "INS01", "'X': This is not a code for whether the member is the subscriber"),
        ("INS*N*01*021", "INS*N*99*021", "INS02", "'99': This is not a code for the relationship"),
        ("INS*N*01*021", "INS*N*01*", "INS03", "the maintenance type is missing"),
        ("1200****4", "1200****9", "BGN08", "'9': This is not a code for the kind of file"),
        ("DTP*348*D8*20260501", "DTP*348*D8*2026-05-01", "DTP03", "'2026-05-01': This is not a date"),
        ("DTP*348*D8*20260501", "DTP*348*TM*1200", "DTP02", "'TM': This is not a date format"),
        ("HD*021**DEN", "HD*021**", "HD03", "the insurance line is missing"),
        ("REF*17*DEPT 4", "REF*17", "REF02", "the reference is missing"),
    ],
)
def test_a_wrong_element_puts_the_set_aside_and_is_named(right: str, wrong: str, element: str, reason: str) -> None:
    events = told(interchange(transaction(ENROLMENT.replace(right, wrong), GUIDE), guide=GUIDE))
    (finding,) = findings(events)
    assert (finding.severity, finding.element) == ("error", element)
    assert said(finding).startswith(f"{element}: {reason}")
    assert (finding.file, finding.interchange, finding.set_control_number) == ("file.x12", "000000001", "0001")
    assert finding.segment == finding.segment_in_set + 2
    assert not ended(events)[0].accepted
    assert values(events) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("NM1*IL*1*MUSTER*OTTO", "A member has no name (NM1*IL)."),
        ("REF*0F*S100", "A member has no subscriber number (REF*0F)."),
        ("BGN*00*R1*20260401*1200****4", "A member stands before BGN, which says what kind of file this is."),
    ],
)
def test_a_missing_segment_puts_the_set_aside(line: str, reason: str) -> None:
    events = told(interchange(transaction(ENROLMENT.replace(line + "\n", ""), GUIDE), guide=GUIDE))
    assert reason in [said(finding) for finding in findings(events)]
    assert not ended(events)[0].accepted


def test_two_names_under_one_member_put_the_set_aside() -> None:
    body = ENROLMENT.replace("INS*N*01*021**A\n", "")
    events = told(interchange(transaction(body, GUIDE), guide=GUIDE))
    assert "A second name for the same member; an INS is missing." in [said(found) for found in findings(events)]
    assert not ended(events)[0].accepted


def test_a_missing_benefit_status_is_reported_and_taken() -> None:
    events = told(interchange(transaction(ENROLMENT.replace("INS*N*01*021**A", "INS*N*01*021"), GUIDE), guide=GUIDE))
    (finding,) = findings(events)
    assert (finding.severity, finding.element) == ("warning", "INS05")
    assert len(values(events)) == 2


def test_what_is_said_of_another_coverage_or_of_a_category_is_not_said_of_the_member() -> None:
    aside = "COB*S*X*5\nREF*1L*OTHER\nDTP*348*D8*20010101\nLS*2700\nLX*1\nN1*75*GROUP\nREF*1L*OTHER\nLE*2700\n"
    otto = enrolments(ENROLMENT + "HD*021**DEN\nREF*1L*OWN\n" + aside)[1]
    assert otto.coverages == (Coverage("021", "DEN", "", "", None, None, "OWN"),)
    assert otto.policy_number == ""


def test_a_second_head_puts_the_set_aside() -> None:
    body = ENROLMENT + "BGN*00*R1*20260402*1200****2\n"
    events = told(interchange(transaction(body, GUIDE), guide=GUIDE))
    assert [said(found) for found in findings(events)] == ["A BGN stands behind the beginning of the set."]
    assert values(events) == []


def test_an_address_may_lack_its_town() -> None:
    erika = enrolments(ENROLMENT.replace("N4*SPRINGFIELD*IL*62701**CY*1\n", ""))[0]
    assert erika.member.address == Address("1 MAIN ST", "FLAT 2")


def test_what_may_repeat_without_end_is_kept_fifty_times() -> None:
    many = "PER*IP**TE*1*TE*2*TE*3\n" * 100
    (_, otto) = enrolments(ENROLMENT + many + "REF*17*X\n" * 100)
    assert (len(otto.member.contacts), len(otto.member_ids)) == (50, 50)
