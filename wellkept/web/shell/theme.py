"""An operator's theme as a stylesheet of custom properties, so that pages need no style of their own.

Serves B-08: a new operator is a folder. The loader of packs has checked every value, so none can leave its property.
"""

from hashlib import sha256
from typing import Final

from django.http import HttpRequest, HttpResponse

from wellkept.policy.shapes import Pack
from wellkept.web.shell import serving
from wellkept.web.shell.public import public

_ONE_YEAR: Final = "public, max-age=31536000, immutable"


def sheet(pack: Pack) -> str:
    """The custom properties of the pack, one a line."""
    lines = "".join(f"  --{name}: {value};\n" for name, value in sorted(pack.theme.items()))
    return f":root {{\n{lines}}}\n"


def digest(pack: Pack) -> str:
    """Twelve hex digits that change with the theme or the mark, so that a browser may keep both."""
    return sha256((sheet(pack) + pack.mark).encode()).hexdigest()[:12]


def layout(pack: Pack) -> str:
    """The rhythm of the pages: "desk" where heads have a face of their own, "record" where one face does all."""
    return "record" if pack.theme["head"] == pack.theme["body"] else "desk"


@public("A stylesheet of colours.")
def theme(request: HttpRequest, digest: str) -> HttpResponse:  # noqa: ARG001 (the digest only makes the address new)
    """The stylesheet of this operator."""
    return HttpResponse(sheet(serving.pack()), content_type="text/css", headers={"Cache-Control": _ONE_YEAR})


@public("The operator's own drawing.")
def mark(request: HttpRequest, digest: str) -> HttpResponse:  # noqa: ARG001 (the digest only makes the address new)
    """The operator's mark, for the corner of a browser's tab."""
    return HttpResponse(serving.pack().mark, content_type="image/svg+xml", headers={"Cache-Control": _ONE_YEAR})
