"""Fills a form of a finished page in: text into its boxes, choices as they were chosen. Nothing else changes.

The form is the one whose hidden fields say the same and that has most of the names. Passwords, files and hidden fields
are never filled in. Source: HTML Standard, 4.10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final

TEXT: Final = frozenset({"text", "email", "tel", "url", "search", "number", "date"})
CHOSEN: Final = frozenset({"radio", "checkbox"})
FRESH: Final = frozenset({"token"})
"""Hidden fields that each page has anew."""

Fields = Mapping[str, Sequence[str]]
Attributes = list[tuple[str, str | None]]


@dataclass(slots=True)
class Found:
    """A form of the page: what it hides, and which fields one fills in."""

    hidden: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


def filled(page: str, fields: Fields) -> str:
    """The page with the form filled in; as it is where it has none that fits."""
    finder = Finder()
    finder.feed(page)
    fitting = [
        (len(form.names & set(fields)), -number)
        for number, form in enumerate(finder.forms)
        if form.names & set(fields)
        and all(list(fields.get(name, ())) == [value] for name, value in form.hidden.items() if name not in FRESH)
    ]
    if not fitting:
        return page
    filler = Filler(-max(fitting)[1], fields)
    filler.feed(page)
    filler.close()
    return "".join(filler.parts)


class Finder(HTMLParser):
    """Every form of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Found] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Note a form or a field of the last one."""
        named = dict(attrs)
        if tag == "form":
            self.forms.append(Found())
        name = named.get("name")
        if not name or not self.forms or tag not in ("input", "select", "textarea"):
            return
        if tag == "input" and kind(named) == "hidden":
            self.forms[-1].hidden[name] = named.get("value") or ""
        elif tag != "input" or kind(named) in TEXT | CHOSEN:
            self.forms[-1].names.add(name)


class Filler(HTMLParser):
    """Writes a page again, with one of its forms filled in."""

    def __init__(self, number: int, fields: Fields) -> None:
        super().__init__(convert_charrefs=False)
        self.number, self.fields = number, fields
        self.parts: list[str] = []
        self.form = -1
        self.inside = False
        self.select = ""
        self.muted = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Write the tag, changed where it is a field of the form."""
        if tag == "form":
            self.form += 1
            self.inside = self.form == self.number
        raw = self.get_starttag_text() or ""
        self.parts.append(self.changed(tag, attrs, raw) if self.inside else raw)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """The same of a tag that ends itself."""
        self.handle_starttag(tag, attrs)

    def changed(self, tag: str, attrs: Attributes, raw: str) -> str:
        """The tag of a field as it was filled in; any other as it is."""
        named = dict(attrs)
        name = named.get("name") or ""
        if tag == "select":
            self.select = name
        if tag == "option" and self.select in self.fields:
            return written(tag, attrs, selected=named.get("value") in self.fields[self.select])
        if name not in self.fields and not (tag == "input" and kind(named) in CHOSEN and name):
            return raw
        if tag == "textarea":
            self.muted = True
            return raw + "\n" + escape(first(self.fields, name))
        if tag == "input" and kind(named) in TEXT:
            return written(tag, [one for one in attrs if one[0] != "value"], value=first(self.fields, name))
        if tag == "input" and kind(named) in CHOSEN:
            return written(tag, attrs, checked=(named.get("value") or "on") in self.fields.get(name, ()))
        return raw

    def handle_endtag(self, tag: str) -> None:
        """Write the end of a tag."""
        if tag == "textarea":
            self.muted = False
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = ""
        self.parts.append(f"</{tag}>")

    def write(self, text: str) -> None:
        """Write what is no tag; what stood in a box that was filled in goes."""
        if not self.muted:
            self.parts.append(text)

    def handle_data(self, data: str) -> None:
        """Text."""
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        """A sign by its name."""
        self.write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A sign by its number."""
        self.write(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self.write(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """The declaration of the page."""
        self.write(f"<!{decl}>")


def kind(named: Mapping[str, str | None]) -> str:
    """What an input is."""
    return (named.get("type") or "text").lower()


def first(fields: Fields, name: str) -> str:
    """What was typed into a box."""
    return next(iter(fields[name]), "")


def written(tag: str, attrs: Attributes, *, value: str | None = None, **flags: bool) -> str:
    """A tag with these attributes, the value given, and each flag set or taken away."""
    kept = [one for one in attrs if one[0] not in flags]
    if value is not None:
        kept.append(("value", value))
    kept += [(name, None) for name, on in flags.items() if on]
    said = "".join(f" {name}" if text is None else f' {name}="{escape(text)}"' for name, text in kept)
    return f"<{tag}{said}>"
