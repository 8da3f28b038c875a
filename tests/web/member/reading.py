"""What a PDF of ours says, read by another program, and a form posted with its session's token."""

import io
import re
from typing import Any

from django.test import Client
from pypdf import PdfReader


def text_of(content: bytes) -> str:
    """Every word of a PDF, single spaces between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def post(browser: Client, path: str, said: dict[str, str] | None = None) -> Any:
    """The answer to a form of a signed-in person."""
    token = re.findall(r'name="token" value="([^"]+)"', browser.get("/member/contact/").text)
    return browser.post(path, {"token": token[-1], **(said or {})})
