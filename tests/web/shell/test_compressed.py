"""Public pages travel compressed, and nothing behind a door does."""

import gzip

from django.test import Client

from tests.web.conftest import Visit


def test_a_public_page_travels_compressed(visit: Visit) -> None:
    client: Client = visit("umr")
    plain = client.get("/policy/")
    short = client.get("/policy/", headers={"accept-encoding": "gzip"})
    assert short.headers["Content-Encoding"] == "gzip"
    assert len(short.content) < len(plain.content) / 3
    assert gzip.decompress(short.content) == plain.content


def test_nobody_signed_in_gets_a_compressed_page(visit: Visit) -> None:
    client: Client = visit("umr")
    client.cookies["umr_session"] = "x" * 43
    assert "Content-Encoding" not in client.get("/policy/", headers={"accept-encoding": "gzip"}).headers


def test_a_page_behind_a_door_is_never_compressed(visit: Visit) -> None:
    client: Client = visit("umr")
    assert "Content-Encoding" not in client.get("/member/", headers={"accept-encoding": "gzip"}).headers
