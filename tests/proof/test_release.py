"""A release's result counts for its own build alone, and only while its signature holds."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wellkept.policy import controls, packs
from wellkept.proof import queries, release
from wellkept.proof.ground import Try

MADE = datetime(2026, 11, 22, 9, tzinfo=UTC)
HELD = Try("Look", "We looked.", "None found", held=True)


def pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A signed result of this very source."""
    (tmp_path / release.RESULT).write_text(release.written({"a-walk": [HELD]}, made=MADE), encoding="utf-8")
    release.signed(tmp_path, pem(Ed25519PrivateKey.generate()), new_key=False)
    return tmp_path


def test_a_signed_result_of_this_source_counts(shipped: Path) -> None:
    found = release.read(shipped)
    assert (found.standing, found.made) == ("good", MADE)
    assert found.counted("a-walk") == [("Look", "We looked.", "None found", True, MADE)]
    assert found.counted("another") == []


@pytest.mark.parametrize(
    ("spoil", "worth"),
    [
        (lambda folder: (folder / release.RESULT).unlink(), "none"),
        (lambda folder: (folder / release.SIGNATURE).unlink(), "unsigned"),
        (lambda folder: (folder / release.KEY).unlink(), "unsigned"),
        (lambda folder: altered(folder / release.RESULT), "forged"),
        (lambda folder: (folder / release.SIGNATURE).write_text("AAAA"), "forged"),
        (lambda folder: (folder / release.SIGNATURE).write_text("é!"), "forged"),
        (lambda folder: (folder / release.KEY).write_text("AAAA"), "forged"),
        (lambda folder: (folder / release.KEY).write_text(base64.b64encode(bytes(32)).decode()), "forged"),
    ],
)
def test_what_was_spoiled_is_named_and_counts_for_nothing(shipped: Path, spoil: object, worth: str) -> None:
    spoil(shipped)  # type: ignore[operator]  # one of the functions above
    found = release.read(shipped)
    assert found.standing == worth
    assert found.counted("a-walk") == []


def altered(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("None found", "None  found"), encoding="utf-8")


@pytest.mark.parametrize("other", [{"version": "0.0.9"}, {"source": "0" * 64}])
def test_a_result_of_another_build_counts_for_nothing(shipped: Path, other: dict[str, str]) -> None:
    found = release.read(shipped, **other)
    assert found.standing == "other build"
    assert found.counted("a-walk") == []


def test_every_file_the_program_is_made_of_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    digests = {release.digest.__wrapped__(tmp_path)}
    for name, text in (("a.py", "x = 2\n"), ("b.sql", "select 1"), ("c/d.html", "<p>"), ("rules.toml", "")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        digests.add(release.digest.__wrapped__(tmp_path))
    assert len(digests) == 5
    (tmp_path / release.RESULT).write_text("{}")
    (tmp_path / "a.pyc").write_bytes(b"x")
    assert release.digest.__wrapped__(tmp_path) in digests


def test_it_signs_nothing_of_other_source_and_with_no_other_key_unasked(shipped: Path) -> None:
    other = pem(Ed25519PrivateKey.generate())
    with pytest.raises(ValueError, match="Another key ships"):
        release.signed(shipped, other, new_key=False)
    assert release.read(shipped).standing == "good"
    release.signed(shipped, other, new_key=True)
    assert release.read(shipped).standing == "good"
    told = json.loads((shipped / release.RESULT).read_text(encoding="utf-8")) | {"source": "0" * 64}
    (shipped / release.RESULT).write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ValueError, match="of other source"):
        release.signed(shipped, other, new_key=False)


def test_a_release_control_holds_only_by_a_result_that_counts(shipped: Path) -> None:
    control = controls.Control("a-walk", "release", "We walk.", "k", "p", "t", None, None, None, 1)
    for worth, state in (("good", "holding"), ("forged", "not tried"), ("other build", "not tried")):
        result = release.Release(worth, "", MADE, {"a-walk": (HELD,)})  # type: ignore[arg-type]  # from the pairs above
        found = queries.Evidence(
            house={"a-walk": control},
            tried={"a-walk": [("a-walk", *row) for row in result.counted("a-walk")]},
            first={},
            due=None,
            spans={},
            release=result,
            day=packs.today(packs.named("umr")),
            zone=MADE.tzinfo,  # type: ignore[arg-type]  # any zone will do
        )
        kept = queries.kept(control, found)
        assert (kept.state, kept.standing) == (state, worth)
        assert kept.tried == (MADE if state == "holding" else None)
