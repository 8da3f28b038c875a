"""An access code makes one account for one person, once (U-30, P-15)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest

from tests.accounts.people import PASSWORD, Card, ask, change, entered, issued, redeem, registered
from tests.cluster import Cluster
from wellkept.accounts import actions, codes, hashes

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("django")]
HASHED = "argon2$no-password-answers-this"


def accounts(house: Cluster, card: Card) -> list[tuple[object, ...]]:
    return ask(house, "select login, password from wellkept.accounts_account where person_id = %s", card.person)


def kinds(house: Cluster, card: Card) -> list[object]:
    return [
        row[0]
        for row in ask(house, "select kind from wellkept.ledger_entry where subjects[1] = %s order by id", card.person)
    ]


def race(house: Cluster, tries: list[tuple[Card, str]]) -> list[str]:
    """What racing activations answer, each over a connection of its own: a card, and the sign-in name it chooses."""
    gate = Barrier(len(tries), timeout=30)
    asked = [
        [hashes.code(card.code), hashes.birth_date(card.born), hashes.login(login), HASHED, "2026-11-01"]
        for card, login in tries
    ]

    def one(given: list[object]) -> str:
        with house.connect("umr", "entrance", autocommit=True) as connection:
            gate.wait()
            row = connection.execute("select wellkept.accounts_redeem(%s, %s, %s, %s, %s)", given).fetchone()
            assert row is not None
            return str(row[0])

    with ThreadPoolExecutor(len(tries)) as pool:
        return sorted(pool.map(one, asked))


def test_a_code_makes_an_account_and_an_entry_says_so(house: Cluster) -> None:
    card = registered(house)
    assert len(accounts(house, card)) == 1
    assert kinds(house, card) == ["registered"]
    assert actions.sign_in(login=card.login, password=PASSWORD)


def test_a_used_code_does_nothing(house: Cluster) -> None:
    card = registered(house)
    assert redeem(card, login=f"{card.login}-2") == "no"
    assert accounts(house, card)[0][0] == hashes.login(card.login)


def test_an_expired_code_does_nothing(house: Cluster) -> None:
    card = issued(house, life="-1 second")
    assert redeem(card) == "no"
    assert accounts(house, card) == []


def test_a_code_lives_until_the_second_it_was_given(house: Cluster) -> None:
    card = issued(house)
    expire = "update wellkept.accounts_accesscode set expires_at = now() + %s::interval where person_id = %s"
    change(house, expire, "0 seconds", card.person)
    assert redeem(card) == "no"
    change(house, expire, "1 minute", card.person)
    assert redeem(card) == "yes"


def test_a_guessed_code_does_nothing(house: Cluster) -> None:
    card = issued(house)
    assert redeem(card, code=codes.new()) == "no"
    assert accounts(house, card) == []


def test_a_shared_code_closes_after_five_other_birth_dates(house: Cluster) -> None:
    card = issued(house)
    for year in range(1990, 1994):
        assert redeem(card, born=date(year, 1, 1)) == "no"
    assert ask(house, "select tries from wellkept.accounts_accesscode where person_id = %s", card.person) == [(4,)]
    assert redeem(card, born=date(1995, 1, 1)) == "no"
    assert redeem(card) == "no"
    assert accounts(house, card) == []


def test_it_reads_a_code_with_spaces_and_small_letters(house: Cluster) -> None:
    card = issued(house)
    assert redeem(card, code=card.code.lower().replace("-", " ")) == "yes"


def test_two_activations_of_one_code_make_one_account(house: Cluster) -> None:
    card = issued(house)
    answers = race(house, [(card, card.login), *((card, f"{card.login}-{n}") for n in range(5))])
    assert answers == ["no"] * 5 + ["yes"]
    assert len(accounts(house, card)) == 1
    assert kinds(house, card) == ["registered"]


def test_two_codes_of_one_person_make_one_account(house: Cluster) -> None:
    person = uuid4()
    cards = [issued(house, person=person) for _ in range(4)]
    assert race(house, [(card, card.login) for card in cards]) == ["no"] * 3 + ["yes"]
    assert len(accounts(house, cards[0])) == 1


def test_of_two_people_who_choose_one_name_one_gets_it(house: Cluster) -> None:
    cards = [issued(house) for _ in range(4)]
    assert race(house, [(card, cards[0].login) for card in cards]) == ["name taken"] * 3 + ["yes"]
    assert sorted(len(accounts(house, card)) for card in cards) == [0, 0, 0, 1]


def test_a_taken_name_leaves_the_code_to_be_used(house: Cluster) -> None:
    taken, card = registered(house), issued(house)
    assert redeem(card, login=taken.login.upper()) == "name taken"
    assert redeem(card) == "yes"


def test_a_new_code_recovers_the_account_and_ends_every_session(house: Cluster) -> None:
    card = registered(house)
    for _ in range(2):
        assert actions.sign_in(login=card.login, password=PASSWORD)
    change(house, "update wellkept.accounts_account set failures = 100 where person_id = %s", card.person)
    again = issued(house, person=card.person)
    assert redeem(again, password="eight herons mend the fence") == "yes"
    assert ask(house, "select 1 from wellkept.accounts_session where person_id = %s", card.person) == []
    assert len(accounts(house, card)) == 1
    assert kinds(house, card)[-1] == "recovered"
    assert actions.sign_in(login=card.login, password=PASSWORD) is None
    assert actions.sign_in(login=again.login, password=PASSWORD) is None
    assert actions.sign_in(login=again.login, password="eight herons mend the fence")


def test_no_code_opens_the_account_of_the_dead(house: Cluster) -> None:
    card = issued(house)
    change(
        house,
        "insert into wellkept.people_death (id, person_id, category, collected_under, restricted, state, step, told,"
        " estate, estate_asked, paper, seen_on, asked_by, asked_actor, asked_at, decided_by, decided_actor, decided_at)"
        " values (gen_random_uuid(), %s, 'contact', 'x', false, 'dead', '', '', '', '', 'court', current_date,"
        " gen_random_uuid(), '', now(), gen_random_uuid(), '', now())",
        card.person,
    )
    assert redeem(card) == "no"
    assert accounts(house, card) == []


def test_a_new_code_leaves_older_ones_dead(house: Cluster) -> None:
    card = issued(house)
    newer = issued(house, person=card.person)
    assert redeem(newer) == "yes"
    assert redeem(card) == "no"


def test_a_code_of_one_person_does_not_touch_another(house: Cluster) -> None:
    other = registered(house)
    assert entered(other.login)
    assert redeem(issued(house)) == "yes"
    assert len(ask(house, "select 1 from wellkept.accounts_session where person_id = %s", other.person)) == 1
