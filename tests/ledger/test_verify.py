from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.ledger.house import FIELDS, SIGNER, Ledger, one
from wellkept.ledger import checkpoint, publish, seal, verify
from wellkept.ledger.findings import Finding

pytestmark = pytest.mark.database


@pytest.fixture
def sealed(ledger: Ledger) -> Ledger:
    """Six hundred sealed entries, published."""
    for _ in range(6):
        ledger.enter_many(100)
    run(ledger)
    return ledger


def run(ledger: Ledger) -> None:
    with ledger.connect() as connection:
        seal.seal_once(connection, SIGNER, ledger.folder)


def found(ledger: Ledger, folder: Path | None = None, against: checkpoint.Checkpoint | None = None) -> list[Finding]:
    with ledger.connect() as connection:
        outside = publish.published(ledger.folder, [SIGNER.verifier])
        where = folder or ledger.folder
        return list(verify.verify(connection, folder=where, published=outside, against=against))


def head(ledger: Ledger) -> checkpoint.Checkpoint:
    return checkpoint.open_checkpoint((ledger.folder / "checkpoint").read_text(), SIGNER.verifier)


def attacked(ledger: Ledger, *statements: str) -> list[Finding]:
    with ledger.attack() as attacker:
        for statement in statements:
            attacker.execute(statement)
    return found(ledger)


def named(findings: list[Finding]) -> set[tuple[str, int | None]]:
    return {(one.kind, one.entry) for one in findings}


def test_an_untouched_ledger_is_found_whole(sealed: Ledger) -> None:
    told: list[tuple[int, int]] = []
    with sealed.connect() as connection:
        now = head(sealed)
        every = verify.verify(
            connection, folder=sealed.folder, published=now, against=now, tell=lambda done, of: told.append((done, of))
        )
        assert list(every) == []
    assert told == [(600, 600)]


def test_entries_that_wait_to_be_sealed_are_no_fault(sealed: Ledger) -> None:
    sealed.enter_many(3)
    assert found(sealed) == []


COLUMN = {
    "xact": "'1'",
    "at": "at - interval '1 hour'",
    "backend": "0",
    "kind": "'refused'",
    "occasion": "null",
    "account": "gen_random_uuid()",
    "role": "'nurse'",
    "actor": "'nobody'",
    "subjects": "array[gen_random_uuid()]",
    "purpose": "'TREAT'",
    "categories": "'{contact}'",
    "own": "true",
    "reason": "'none'",
    "clause": "null",
    "salt": "uuid_send(gen_random_uuid())",
}


@pytest.mark.parametrize("column", COLUMN)
def test_an_edited_entry_is_named_and_nothing_else(sealed: Ledger, column: str) -> None:
    findings = attacked(sealed, f"update ledger_entry set {column} = {COLUMN[column]} where id = 300")
    assert [(one.kind, one.entry, one.leaf) for one in findings] == [("edited", 300, 299)]
    assert findings[0].at is not None
    assert "entry 300, leaf 299, at 2" in findings[0].sentence


def test_a_dropped_entry_is_named(sealed: Ledger) -> None:
    assert named(attacked(sealed, "delete from ledger_entry where id = 17")) == {("dropped", 17)}


def test_a_dropped_leaf_is_named_with_its_place_and_its_entry(sealed: Ledger) -> None:
    findings = attacked(sealed, "delete from ledger_leaf where idx = 299")
    assert [(one.kind, one.leaf) for one in findings if one.kind == "dropped"] == [("dropped", 299)]
    assert ("inserted", 300) in named(findings)


def test_an_entry_dropped_with_its_leaf_and_all_leaves_closed_up_is_still_missed(sealed: Ledger) -> None:
    findings = attacked(
        sealed,
        "delete from ledger_entry where id = 590",
        "delete from ledger_leaf where idx = 589",
        "alter table ledger_leaf drop constraint ledger_leaf_idx_check",
        "update ledger_leaf set idx = -idx where idx > 589",
        "update ledger_leaf set idx = -idx - 1 where idx < 0",
    )
    assert ("dropped", 589) in {(one.kind, one.leaf) for one in findings}
    assert ("reordered", 591) in named(findings)


def test_the_last_leaves_cannot_be_cut_off_unseen(sealed: Ledger) -> None:
    findings = attacked(sealed, "delete from ledger_leaf where idx >= 590", "delete from ledger_entry where id > 590")
    assert any("leaves 590 to 599 are gone" in one.sentence for one in findings)
    assert ("dropped", 599) in {(one.kind, one.leaf) for one in findings}


def test_two_entries_that_changed_places_are_named(sealed: Ledger) -> None:
    findings = attacked(
        sealed,
        "alter table ledger_leaf drop constraint ledger_leaf_idx_check",
        "update ledger_leaf set idx = -1 where idx = 10",
        "update ledger_leaf set idx = 10 where idx = 20",
        "update ledger_leaf set idx = 20 where idx = -1",
    )
    assert {("reordered", 11), ("reordered", 21)} <= named(findings)


def test_a_duplicated_entry_is_named(sealed: Ledger) -> None:
    copied = f"{FIELDS}, salt, backend, xact"
    findings = attacked(
        sealed,
        f"insert into ledger_entry (id, at, {copied}) overriding system value"
        f" select id, at + interval '1 s', {copied} from ledger_entry where id = 40",
    )
    assert named(findings) == {("duplicated", 40)}
    again = attacked(
        sealed, f"insert into ledger_entry (at, {copied}) select at, {copied} from ledger_entry where id = 41"
    )
    assert ("inserted", 601) in named(again)


def test_a_duplicated_leaf_is_named(sealed: Ledger) -> None:
    findings = attacked(
        sealed,
        "alter table ledger_leaf drop constraint ledger_leaf_entry_key",
        "update ledger_leaf set (entry, at, xact, commitment) ="
        " (select entry, at, xact, commitment from ledger_leaf where idx = 7) where idx = 8",
    )
    assert ("duplicated", 8) in named(findings)
    assert ("inserted", 9) in named(findings)
    assert ("reordered", 8) in named(findings)


def test_an_entry_and_its_leaf_edited_together_are_found_by_what_was_published(sealed: Ledger) -> None:
    findings = attacked(sealed, "update ledger_leaf set commitment = sha256('x') where idx = 5")
    assert {("edited", 6), ("root", None), ("tile", None)} <= named(findings)


def rewritten(ledger: Ledger) -> None:
    """The whole history again, with one entry other, as somebody with the database and the signing key would."""
    with ledger.attack() as attacker:
        attacker.execute("update ledger_entry set actor = 'nobody' where id = 100")
        attacker.execute("truncate ledger_leaf, ledger_tile, ledger_checkpoint, ledger_epoch, ledger_erasure")


def test_a_history_rewritten_with_the_key_is_found_by_what_was_published(sealed: Ledger, tmp_path: Path) -> None:
    kept = head(sealed)
    rewritten(sealed)
    with sealed.connect() as connection:
        seal.seal_once(connection, SIGNER, tmp_path / "elsewhere")
    findings = found(sealed)
    assert ("edited", 100) in named(findings)
    assert any("root of the published checkpoint" in one.sentence for one in findings)
    with sealed.connect() as connection:
        alone = list(verify.verify(connection, folder=None, published=None, against=kept))
    assert [one.kind for one in alone] == ["root"]
    assert "the checkpoint you gave" in alone[0].sentence


def test_an_older_checkpoint_kept_elsewhere_is_enough(sealed: Ledger) -> None:
    kept = head(sealed)
    sealed.enter_many(50)
    run(sealed)
    assert found(sealed, against=kept) == []
    wrong = checkpoint.Checkpoint(kept.origin, kept.size, bytes(32))
    assert [one.kind for one in found(sealed, against=wrong)] == ["root"]
    ahead = checkpoint.Checkpoint(kept.origin, 700, bytes(32))
    assert [one.kind for one in found(sealed, against=ahead)] == ["dropped"]
    foreign = checkpoint.Checkpoint("other.example/epoch-1", 7, bytes(32))
    assert [one.kind for one in found(sealed, against=foreign)] == ["foreign"]


@pytest.mark.parametrize("level", [0, 1])
def test_a_touched_tile_is_found(sealed: Ledger, level: int) -> None:
    findings = attacked(
        sealed, f"update ledger_tile set hashes = set_byte(hashes, 39, get_byte(hashes, 39) # 1) where level = {level}"
    )
    assert {one.kind for one in findings} == {"tile"}


def erase(ledger: Ledger, *entries: int) -> int:
    with ledger.attack() as gate:
        sql = "select wellkept.ledger_erase(%s, null, null, 'jobs', null, %s, 'U-40')"
        return int(one(gate, sql, list(entries), [uuid4()]))


def test_a_head_that_was_not_signed_is_found(sealed: Ledger) -> None:
    findings = attacked(sealed, "update ledger_checkpoint set note = replace(note, '600', '599') where size = 600")
    assert [one.kind for one in findings] == ["head"]


def test_an_erased_entry_is_lawful_when_a_later_removal_names_it(sealed: Ledger) -> None:
    removal = erase(sealed, 12, 300)
    with sealed.attack() as looking:
        row = looking.execute("select salt, subjects, actor, account, kind from ledger_entry where id = 12").fetchone()
        assert row == (b"", [], None, None, "opened")
    assert found(sealed) == []
    run(sealed)
    assert found(sealed) == []
    with sealed.attack() as looking:
        assert one(looking, "select kind from ledger_entry where id = %s", removal) == "removed"


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_entry set salt = '', subjects = '{}' where id = 13",
        "update ledger_entry set salt = '' where id = 13; insert into ledger_erasure values (12, 601)",
        "update ledger_entry set salt = '' where id = 13; insert into ledger_erasure values (12, 1)",
        "update ledger_entry set salt = '' where id = 13; insert into ledger_erasure values (12, 9999)",
    ],
)
def test_an_erasure_no_removal_names_is_found(sealed: Ledger, statement: str) -> None:
    erase(sealed, 300)
    run(sealed)
    assert {one.kind for one in attacked(sealed, statement)} == {"erased"}


def test_a_removal_cannot_be_stretched_afterwards(sealed: Ledger) -> None:
    removal = erase(sealed, 300)
    run(sealed)
    findings = attacked(
        sealed,
        "update ledger_entry set salt = '' where id = 13",
        f"insert into ledger_erasure values (12, {removal})",
        f"update ledger_entry set reason = '{verify.named_leaves([12, 299])}' where id = {removal}",
    )
    assert named(findings) == {("edited", removal)}


def test_only_what_is_sealed_and_not_yet_erased_can_be_erased(sealed: Ledger) -> None:
    number = sealed.enter()
    with pytest.raises(psycopg.errors.CheckViolation, match="only sealed entries"):
        erase(sealed, number)
    erase(sealed, 5)
    with pytest.raises(psycopg.errors.UniqueViolation):
        erase(sealed, 5)


def test_sql_and_python_name_erased_leaves_alike(sealed: Ledger) -> None:
    removal = erase(sealed, 300, 2, 50)
    with sealed.attack() as looking:
        assert one(looking, "select reason from ledger_entry where id = %s", removal) == verify.named_leaves(
            [1, 49, 299]
        )


def test_findings_are_found_in_every_step(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "STEP", 256)
    ledger.enter_many(1000)
    run(ledger)
    assert found(ledger) == []
    findings = attacked(ledger, "update ledger_entry set actor = 'x' where id in (1, 256, 257, 1000)")
    assert named(findings) == {("edited", 1), ("edited", 256), ("edited", 257), ("edited", 1000)}
