"""A paper that somebody sent, given back: saved, and never shown in line (OWASP ASVS 5.0, 3.2.1 and 5.4)."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# Opened all the same, it runs nothing, sends nothing and belongs to no origin.
SHUT = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def download(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """``content`` as a file to save under ``name``."""
    shown = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {
        "Content-Disposition": shown,
        "Content-Security-Policy": SHUT,
        "X-Content-Type-Options": "nosniff",
        "X-Download-Options": "noopen",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)
