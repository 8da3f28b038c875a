"""U-32: a sealed value opens under its own key, for its own field, subject and row, and for nothing else."""

from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from wellkept.policy.words import Retention
from wellkept.vault import envelope, fields

KEY = bytes(range(32))
SUBJECT = UUID("5b0d1c52-8f4f-4a39-8f0f-1d7b33f1c001")
ROW = UUID("5b0d1c52-8f4f-4a39-8f0f-1d7b33f1c002")
OTHER = UUID("5b0d1c52-8f4f-4a39-8f0f-1d7b33f1c003")
FROZEN = (
    "01248be5a4cbe192a1009c8c1ed97caad1007cfff8f1600088220ccb3844a"
    "27ddc261778a858d0282aff623d6e6f438e3dbf092cb71e663781225427ed"
)
TEXT = st.text(max_size=300)


def seal(text: str, *, field: str = "diary.note", key: bytes = KEY) -> bytes:
    return envelope.seal(data_key=key, field=field, subject=SUBJECT, row=ROW, text=text)


def unseal(
    sealed: bytes, *, field: str = "diary.note", key: bytes = KEY, subject: UUID = SUBJECT, row: UUID = ROW
) -> str:
    return envelope.unseal(data_key=key, field=field, subject=subject, row=row, sealed=sealed)


@settings(deadline=None)
@given(TEXT)
def test_what_was_sealed_opens(text: str) -> None:
    assert unseal(seal(text)) == text


@settings(deadline=None)
@given(st.text(alphabet="\0\x80a", max_size=70))
def test_text_that_looks_like_padding_keeps_its_end(text: str) -> None:
    assert unseal(seal(text)) == text


@settings(deadline=None)
@given(text=TEXT, data=st.data())
def test_any_flipped_bit_fails(text: str, data: st.DataObject) -> None:
    sealed = bytearray(seal(text))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(envelope.CannotOpenError):
        unseal(bytes(sealed))


def test_every_single_bit_counts() -> None:
    sealed = seal("yes")
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(envelope.CannotOpenError):
            unseal(bytes(changed))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_invented_bytes_fail_in_the_same_words(invented: bytes) -> None:
    with pytest.raises(envelope.CannotOpenError, match=r"^This value cannot be opened$"):
        unseal(invented)


@settings(deadline=None)
@given(text=TEXT, cut=st.integers(1, 61))
def test_a_shortened_or_lengthened_value_fails(text: str, cut: int) -> None:
    sealed = seal(text)
    for changed in (sealed[:-cut], sealed[cut:], sealed + bytes(cut)):
        with pytest.raises(envelope.CannotOpenError):
            unseal(changed)


@settings(deadline=None)
@given(TEXT)
def test_it_opens_for_no_other_subject_row_field_or_key(text: str) -> None:
    sealed = seal(text)
    attempts: tuple[dict[str, Any], ...] = (
        {"subject": OTHER},
        {"row": OTHER},
        {"subject": ROW, "row": SUBJECT},
        {"field": "diary.value"},
        {"key": bytes(32)},
    )
    for attempt in attempts:
        with pytest.raises(envelope.CannotOpenError) as caught:
            unseal(sealed, **attempt)
        assert text not in str(caught.value) or text in envelope.CANNOT_OPEN
        assert caught.value.__suppress_context__


def test_a_field_that_is_not_declared_is_refused_both_ways() -> None:
    with pytest.raises(ValueError, match="declare it"):
        seal("x", field="people_person.name_column")
    with pytest.raises(ValueError, match="declare it"):
        unseal(seal("x"), field="diary")


def test_text_that_is_no_unicode_is_refused_without_being_repeated() -> None:
    with pytest.raises(ValueError, match=r"^This value cannot be sealed$") as caught:
        seal("secret \ud800")
    assert not isinstance(caught.value, UnicodeError)
    assert caught.value.__suppress_context__


def test_short_answers_cannot_be_told_apart_by_their_length() -> None:
    assert len({len(seal(text)) for text in ("", "no", "yes", "a longer answer of 31 bytes....")}) == 1


def test_one_text_sealed_twice_is_not_recognised() -> None:
    assert len({seal("yes") for _ in range(1000)}) == 1000


def test_a_value_sealed_by_the_first_version_still_opens() -> None:
    """Frozen bytes: whoever changes the layout or the associated data without a new version byte fails here."""
    frozen = bytes.fromhex(FROZEN)
    assert unseal(frozen) == "Slept well. Naïve 😀"


def test_every_code_is_stable_short_and_kept_under_one_class() -> None:
    assert set(fields.SEALED.values()) == set(Retention)
    for code in fields.SEALED:
        noun, _, what = code.partition(".")
        assert noun.isidentifier()
        assert what.isidentifier()
        assert len(code.encode("ascii")) < 64


def test_a_field_is_not_sealed_under_another_class() -> None:
    fields.check("diary.note", retention=Retention.WELLNESS)
    with pytest.raises(ValueError, match="kept under wellness"):
        fields.check("diary.note", retention=Retention.BENEFITS)


def test_the_cipher_agrees_with_its_authors() -> None:
    """Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", 2005."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = (
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert AESGCM(key).encrypt(bytes.fromhex("cafebabefacedbaddecaf888"), plain, bound).hex() == sealed


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_bytes_of_any_kind_open_as_they_were(content: bytes) -> None:
    sealed = envelope.seal_bytes(data_key=KEY, field="file.bytes", subject=SUBJECT, row=ROW, content=content)
    opened = envelope.unseal_bytes(data_key=KEY, field="file.bytes", subject=SUBJECT, row=ROW, sealed=sealed)
    assert opened == content
    with pytest.raises(envelope.CannotOpenError):
        envelope.unseal_bytes(data_key=KEY, field="file.bytes", subject=SUBJECT, row=OTHER, sealed=sealed)
