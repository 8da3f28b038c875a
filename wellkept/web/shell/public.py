"""Marks of views that stand open, each with its reason; a house test asks for one or the gate on every view."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
Taking = Callable[[HttpRequest], FileUploadHandler]


def public(reason: str) -> Callable[[View], View]:
    """The view may be asked by anyone, and ``reason`` says why. It shows nothing of any person."""
    return lambda view: _marked(view, "public_reason", reason)


def from_anywhere(reason: str) -> Callable[[View], View]:
    """The view may be posted to from outside our own pages (a machine, a mail program), and ``reason`` says why."""
    return lambda view: _marked(view, "from_anywhere_reason", reason)


def takes_files(reason: str, *, by: Taking | None = None) -> Callable[[View], View]:
    """The view may be sent files, and ``reason`` says which. To every other view a file is dropped unread.

    ``by`` makes what reads them, before the form they come in is read; without it they are kept in memory.
    """
    return lambda view: _marked(_marked(view, "files_reason", reason), "files_by", by)


def reads(*names: str) -> Callable[[View], View]:
    """The view reads these names of the query and no other, so that its pages may be kept for a moment by them."""
    return lambda view: _marked(view, "reads_names", names)


def steady(reason: str) -> Callable[[View], View]:
    """What the view shows comes from the pack and from the tries, and from nothing else that may change.

    So its pages may be kept until either does; ``reason`` says what it shows.
    """
    return lambda view: _marked(view, "steady_reason", reason)


def never_kept(reason: str) -> Callable[[View], View]:
    """What the view answers is made anew each time, and ``reason`` says why."""
    return lambda view: _marked(view, "never_kept_reason", reason)


def reason_of(request: HttpRequest, mark: str) -> str:
    """The reason the view that answers ``request`` carries for ``mark``, or "" without one."""
    return str(mark_of(request, mark) or "")


def mark_of(request: HttpRequest, mark: str) -> Any:  # noqa: ANN401  (whatever the mark is)
    """What the view that answers ``request`` carries for ``mark``, or None."""
    match = request.resolver_match
    return getattr(match.func, mark, None) if match else None


def _marked(view: View, mark: str, said: object) -> View:
    marks: dict[str, Any] = vars(view)
    marks[mark] = said
    return view
