"""The request log holds a route and no value."""

import logging

import pytest

from tests.web.conftest import Visit

CANARY = "canary-7f3a"


def test_a_line_holds_method_route_status_and_time(visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="wellkept.request"):
        visit("umr").get("/policy/u-07/")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "wellkept.request"]
    assert line.startswith("GET /policy/<str:clause>/ 200 ")
    assert line.endswith(" ms")


@pytest.mark.parametrize(
    "path", [f"/policy/{CANARY}/", f"/?q={CANARY}", f"/{CANARY}", f"/how-we-keep-it/?state={CANARY}"]
)
def test_no_canary_reaches_a_log(visit: Visit, caplog: pytest.LogCaptureFixture, path: str) -> None:
    told = {
        "user-agent": CANARY,
        "referer": f"http://{CANARY}.example/",
        "cookie": f"a={CANARY}",
        "x-forwarded-for": CANARY,
    }
    with caplog.at_level(logging.DEBUG):
        visit("umr").get(path, headers=told, REMOTE_ADDR="203.0.113.77")
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("wellkept"))
    assert ours
    assert CANARY not in ours
    assert "203.0.113.77" not in ours


def test_an_invented_method_is_not_written_down(visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="wellkept.request"):
        visit("umr").generic(CANARY.upper(), "/")
    assert CANARY.upper() not in caplog.text
    assert "OTHER" in caplog.text
