"""The versions of the policy: all of them on one page, and any two side by side, word by word.

Serves U-09, U-37, P-02. A version has an address of its own, and so has each pair of them.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wellkept.policy.shapes import PolicyVersion
from wellkept.web.shell import evidence, serving
from wellkept.web.shell.public import public, steady
from wellkept.web.site import history


@steady("It shows the policy.")
@public("Every version that was posted stays there for anyone (U-09).")
def listed(request: HttpRequest) -> HttpResponse:
    """Every version, newest first, and ways to put two of them side by side."""
    versions = list(reversed(posted()))
    return render(request, "site/all_versions.html", {"versions": versions, "version": versions[0]})


@steady("It shows the policy.")
@public("What changed is there for anyone to read (U-09).")
def changed(request: HttpRequest, version: str) -> HttpResponse:
    """What one version changed of the one before it."""
    versions = posted()
    found = named(versions, version)
    before = history.posted_before(versions, found)
    if before is None:
        raise Http404
    return beside(request, before, found)


@steady("It shows the policy.")
@public("Anyone may put two versions side by side (U-09).")
def between(request: HttpRequest, earlier: str, later: str) -> HttpResponse:
    """What differs between two versions. They have one address: the earlier one first."""
    versions = posted()
    one, two = named(versions, earlier), named(versions, later)
    if versions.index(one) > versions.index(two):
        return HttpResponseRedirect(f"/policy/compare/{later}/{earlier}/")
    return beside(request, one, two)


def beside(request: HttpRequest, earlier: PolicyVersion, later: PolicyVersion) -> HttpResponse:
    """The page of two versions: words first, then what keeps them, as far as whoever asks may see that."""
    shown = evidence.shown(serving.pack(), request)
    earlier, later = history.alike((earlier, later))
    given = {
        "language": later.language,
        "version": later,
        "earlier": earlier,
        "introduction": history.introduction(earlier, later),
        "changes": history.changes(earlier, later),
        "rekept": history.rekept(earlier, later) if shown else [],
        "versions": list(reversed(posted())),
    }
    return render(request, "site/changes.html", given)


def posted() -> tuple[PolicyVersion, ...]:
    """The versions that are posted today, the oldest first."""
    pack = serving.pack()
    return history.posted(pack, serving.today(pack))


def named(versions: tuple[PolicyVersion, ...], name: str) -> PolicyVersion:
    """The version of that name; a page that is not there otherwise."""
    found = history.named(versions, name)
    if found is None:
        raise Http404
    return found
