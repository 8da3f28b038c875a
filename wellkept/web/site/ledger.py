"""The sealed ledger, for anybody to fetch: the signed head, the key and the tiles, as the sealer publishes them.

Serves B-02, B-03. Leaves commit to salted hashes, so nothing here says anything of a person (C2SP tlog-tiles).
"""

import re
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from wellkept.web.shell.public import never_kept, public

TILE: Final = re.compile(r"^tile/(entries|[0-9]{1,2})(/x[0-9]{3})*/[0-9]{3}(\.p/[0-9]{1,3})?$")
EPOCH: Final = re.compile(r"^(epoch-[0-9]{1,6}/)?")
WHOLE: Final = ("checkpoint", "key")
FOREVER: Final = "public, max-age=31536000, immutable"


@never_kept("The head is fetched to be compared with the newest entry.")
@public("Whoever has a receipt must be able to compare it with the published head.")
def published(request: HttpRequest, path: str) -> HttpResponse:  # noqa: ARG001  (the same for every request)
    """One published file. A whole tile never changes; the head does every few seconds."""
    inner = EPOCH.sub("", path, count=1)
    if inner not in WHOLE and not TILE.match(inner):
        raise Http404
    file = Path(settings.WELLKEPT_STATE) / settings.WELLKEPT_OPERATOR / "ledger" / path
    if not file.is_file():
        raise Http404
    kind = "text/plain; charset=utf-8" if inner in WHOLE else "application/octet-stream"
    response = HttpResponse(file.read_bytes(), content_type=kind)
    response.headers["Cache-Control"] = "no-cache" if inner in WHOLE or ".p/" in inner else FOREVER
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
