"""The key-encryption key: found where it may be, refused when others can read it, and bound to what it wraps."""

import base64
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellkept.vault.kek import KekError, LocalKek, fingerprint, owner_named, owner_of
from wellkept.vault.keks import Keks

KEY, OTHER = bytes(range(32)), bytes(range(32, 64))
TEXT, TEXT_BEFORE = base64.b64encode(KEY).decode(), base64.b64encode(OTHER).decode()
SUBJECT = UUID("5b0d1c52-8f4f-4a39-8f0f-1d7b33f1c001")


@pytest.fixture
def keks(tmp_path: Path) -> Keks:
    return Keks(tmp_path / "kek", environment={})


def test_a_new_file_is_its_owners_alone_and_current(keks: Keks) -> None:
    first = keks.make()
    second = keks.make()
    assert keks.current().id == second.id
    assert keks.named(first.id).id == first.id
    for file in keks.folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
    assert keks.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_it_refuses_a_file_that_others_can_reach(keks: Keks, mode: int) -> None:
    keks.make()
    next(keks.folder.iterdir()).chmod(mode)
    with pytest.raises(KekError, match="Others can read"):
        keks.current()


def test_it_refuses_a_file_with_another_key_than_its_name_says(keks: Keks) -> None:
    keks.make()
    file = next(keks.folder.iterdir())
    file.write_text(TEXT)
    with pytest.raises(KekError, match="does not hold the key its name says"):
        keks.current()


@pytest.mark.parametrize("content", ["", "short", TEXT[:-4], TEXT + TEXT, "§", "A" * 44])
def test_a_broken_key_is_never_repeated(content: str) -> None:
    keks = Keks(Path("nowhere"), environment={"WELLKEPT_KEK": content or " "})
    with pytest.raises(KekError) as caught:
        keks.current()
    assert not content or content not in str(caught.value)


def test_without_any_it_says_how_to_get_one(keks: Keks) -> None:
    with pytest.raises(KekError, match="makes the first one"):
        keks.current()
    with pytest.raises(KekError, match="is missing"):
        keks.named("0123456789abcdef")
    assert not keks.exists()


def test_the_environment_gives_the_current_one_and_the_one_before(tmp_path: Path) -> None:
    keks = Keks(tmp_path, environment={"WELLKEPT_KEK": TEXT, "WELLKEPT_KEK_BEFORE": TEXT_BEFORE})
    assert keks.current().id == fingerprint(KEY)
    assert keks.named(fingerprint(OTHER)).id == fingerprint(OTHER)
    assert not keks.in_files()


def test_a_systemd_credential_gives_it_whatever_its_mode(tmp_path: Path) -> None:
    credential = tmp_path / "kek"
    credential.write_text(TEXT)
    credential.chmod(0o440)
    keks = Keks(tmp_path / "none", environment={"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert keks.current().id == fingerprint(KEY)
    assert not keks.in_files()


def test_a_key_has_one_name_wherever_it_lives(tmp_path: Path, kek_file: Callable[[], Path]) -> None:
    file = kek_file()
    moved = Keks(tmp_path / "none", environment={"WELLKEPT_KEK": file.read_text()})
    assert moved.current().id == Keks(file.parent, environment={}).current().id


@settings(deadline=None)
@given(key=st.binary(min_size=32, max_size=32), data=st.data())
def test_a_wrapped_key_opens_for_its_owner_and_unchanged_only(key: bytes, data: st.DataObject) -> None:
    kek = LocalKek.of(KEY)
    wrapped = kek.wrap(key, owner=owner_of(SUBJECT, "contact"))
    assert len(wrapped) == 61
    assert kek.unwrap(wrapped, owner=owner_of(SUBJECT, "contact")) == key
    changed = bytearray(wrapped)
    bit = data.draw(st.integers(0, len(changed) * 8 - 1))
    changed[bit // 8] ^= 1 << bit % 8
    others = [(kek, wrapped, owner_of(SUBJECT, "wellness")), (kek, wrapped, owner_named("index"))]
    others += [(kek, bytes(changed), owner_of(SUBJECT, "contact")), (kek, b"", owner_of(SUBJECT, "contact"))]
    others += [(LocalKek.of(OTHER), wrapped, owner_of(SUBJECT, "contact"))]
    for provider, sealed, owner in others:
        with pytest.raises(KekError, match="damaged or moved"):
            provider.unwrap(sealed, owner=owner)


def test_no_key_is_in_what_a_provider_prints() -> None:
    shown = repr(LocalKek.of(KEY)) + repr(Keks(Path("x"), environment={"WELLKEPT_KEK": TEXT}))
    assert TEXT not in shown
    assert KEY.hex() not in shown
