"""The page a proxy shows while nothing of ours answers: one file that asks for nothing else, in every language.

Serves U-24, U-40, R-12. The words are those of the page that says the same while only the database is away.
"""

from pathlib import Path
from typing import Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from wellkept.policy.shapes import Pack
from wellkept.web.shell import serving, theme
from wellkept.web.shell.language import led

SHEET: Final = Path(__file__).parent / "static" / "shell" / "outage.css"


def page() -> str:
    """The whole file. Its style stands in it, since nothing of ours could be asked for it."""
    pack = serving.original()
    parts = [part(pack, language, first=not number) for number, language in enumerate(pack.languages)]
    whole = render_to_string("shell/outage.html", {"pack": pack, "parts": parts, "language": pack.languages[0]})
    style = theme.sheet(pack) + SHEET.read_text(encoding="utf-8")
    return whole.replace("</head>", f"<style>\n{style}</style>\n</head>", 1)


def part(pack: Pack, language: str, *, first: bool) -> SafeString:
    """What the page says in ``language``, with the operator's texts in it."""
    with translation.override(language):
        given = {"pack": pack.translations.get(language, pack), "language": language, "first": first}
        given |= {"terms": led("/terms/", language), "policy": led("/policy/", language)}
        return render_to_string("shell/outage_part.html", given)
