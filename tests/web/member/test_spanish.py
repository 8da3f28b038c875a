"""The members' pages in Spanish: what we say is said in Spanish, what files brought stands as it came (R-12)."""

import re
from html import unescape

from tests.web.member.conftest import Visit
from tests.web.reading import untranslated
from tests.web.site.test_language import astray
from wellkept.policy import packs

MOST = 30
BROUGHT = {"Lakeside Family Clinic", "Example Plan", "Lakes Manufacturing", "Maria Alvarez", "Tom"}
"""What files said of Maria: names, which no language changes."""

LINK = re.compile(r'href="(/member/[^"#]*)"')


def walked(visit: Visit, name: str) -> dict[str, tuple[str, str]]:
    """Every page of somebody's that their pages lead to, in English and in Spanish."""
    client = visit(name)
    waiting, found = ["/member/"], dict[str, tuple[str, str]]()
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        english = client.get(path)
        if not english.headers["Content-Type"].startswith("text/html"):
            continue
        found[path] = (english.content.decode(), client.get(f"/es{path}").content.decode())
        near = [unescape(one) for one in LINK.findall(found[path][0])]
        waiting += [one for one in dict.fromkeys(near) if one not in found and one not in waiting]
    return found


def test_no_english_of_ours_is_left_on_a_members_page(visit: Visit) -> None:
    left: dict[str, set[str]] = {}
    for path, (english, spanish) in walked(visit, "maria").items():
        assert '<html lang="es">' in spanish, path
        assert astray(spanish) == [], path
        for one in untranslated(english, spanish, packs.named("umr")) - BROUGHT:
            left.setdefault(one, set()).add(path)
    assert left == {}
