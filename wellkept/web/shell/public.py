"""Marks of views that stand open, each with its reason; a house test asks for one or the gate on every view."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def public(reason: str) -> Callable[[View], View]:
    """The view may be asked by anyone, and ``reason`` says why. It shows nothing of any person."""
    return lambda view: _marked(view, "public_reason", reason)


def from_anywhere(reason: str) -> Callable[[View], View]:
    """The view may be posted to from outside our own pages (a machine, a mail program), and ``reason`` says why."""
    return lambda view: _marked(view, "from_anywhere_reason", reason)


def takes_files(reason: str) -> Callable[[View], View]:
    """The view may be sent files, and ``reason`` says which. To every other view a file is dropped unread."""
    return lambda view: _marked(view, "files_reason", reason)


def reason_of(request: HttpRequest, mark: str) -> str:
    """The reason the view that answers ``request`` carries for ``mark``, or "" without one."""
    match = request.resolver_match
    return str(getattr(match.func, mark, "")) if match else ""


def _marked(view: View, mark: str, reason: str) -> View:
    marks: dict[str, Any] = vars(view)
    marks[mark] = reason
    return view
