"""A file is read into memory, where a view takes one, and never more than a few."""

import tempfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from wellkept.files.kinds import LARGEST
from wellkept.web.shell import uploads
from wellkept.web.shell.public import takes_files


@takes_files("papers of a test")
def taking(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


def taking_none(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


def sent(view: Any, *sizes: int) -> HttpRequest:
    files = [SimpleUploadedFile(f"{number}.pdf", b"x" * size) for number, size in enumerate(sizes)]
    request = RequestFactory().post("/", {"token": "first", "papers": files})
    request.resolver_match = ResolverMatch(view, (), {})
    return request


def test_a_view_that_takes_files_gets_them_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError

    monkeypatch.setattr(tempfile, "_get_candidate_names", refuse)
    found = sent(taking, 10, 4_000_000).FILES.getlist("papers")
    assert [(one.size, len(one.read())) for one in found] == [(10, 10), (4_000_000, 4_000_000)]


def test_every_other_view_gets_none_and_keeps_its_form() -> None:
    request = sent(taking_none, 10)
    assert request.POST["token"] == "first"
    assert not request.FILES


def test_of_a_file_that_is_too_large_only_its_size_is_known() -> None:
    (found,) = sent(taking, LARGEST + 5).FILES.getlist("papers")
    assert found.size == LARGEST + 5
    assert len(found.read()) == LARGEST + 1


def test_files_that_are_too_large_together_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "ALL_TOGETHER", 100)
    found = sent(taking, 80, 80, 80).FILES.getlist("papers")
    assert [len(one.read()) for one in found] == [80, 20, 0]


def test_a_request_that_says_it_is_too_large_is_not_read_beyond_its_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "READ_AT_MOST", 500)
    for view in (taking, taking_none):
        request = sent(view, 1000)
        assert request.POST["token"] == "first"
        assert not request.FILES
        assert vars(request)["too_much"] is True


def test_a_view_may_say_what_reads_its_files() -> None:
    asked: list[HttpRequest] = []

    def by(request: HttpRequest) -> uploads.Dropped:
        asked.append(request)
        return uploads.Dropped(request)

    @takes_files("files that go elsewhere", by=by)
    def elsewhere(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.path)

    request = sent(elsewhere, 10)
    assert request.POST["token"] == "first"
    assert not request.FILES
    assert asked == [request]
