"""Texts of a pack link within the site alone: what leads elsewhere stands in the register of links (U-35, P-03)."""

from collections.abc import Iterable, Iterator

from markdown_it.token import Token


def leading_out(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """Each link of a Markdown text that leaves the site: the line it stands in, counted from 0, and where it leads."""
    for token in tokens:
        for child in token.children or ():
            target = str(child.attrs.get("href", "/"))
            if child.type == "link_open" and (not target.startswith(("/", "#")) or target.startswith("//")):
                yield token.map[0] if token.map else 0, target
