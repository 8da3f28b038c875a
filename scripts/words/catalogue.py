"""A catalogue of translations: read from text, written as text, and compiled to what gettext loads.

Source: GNU gettext manual, "The Format of PO Files" and "The Format of GNU MO Files".
"""

import ast
import re
import struct
from collections.abc import Mapping
from typing import Final, NamedTuple

HEADER: Final = (
    "Project-Id-Version: Wellkept\nLanguage: es\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
)
FORMS: Final = 2
_LINE: Final = re.compile(r'^(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) )?(".*")$')


class Message(NamedTuple):
    """What the code says: the English, its plural or "", and its context or ""."""

    text: str
    plural: str = ""
    context: str = ""


Entries = Mapping[Message, tuple[str, ...]]
"""The translation of each message, one text or one for each plural form; () where there is none yet."""


def read(source: str) -> dict[Message, tuple[str, ...]]:
    """The entries of a catalogue, without its header. Raises ``ValueError`` for a line that is none."""
    entries: dict[Message, tuple[str, ...]] = {}
    for block in re.split(r"\n\s*\n", source):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            one = _LINE.match(line.strip())
            if one is None or not (one[1] or name):
                raise ValueError(line)
            name = one[1] or name
            fields[name] = fields.get(name, "") + ast.literal_eval(one[2])
        if fields.get("msgid"):
            message = Message(fields["msgid"], fields.get("msgid_plural", ""), fields.get("msgctxt", ""))
            if message in entries:
                raise ValueError(message.text)
            texts = tuple(text for key, text in sorted(fields.items()) if key.startswith("msgstr"))
            entries[message] = texts if all(texts) else ()
    return entries


def written(entries: Entries) -> str:
    """The catalogue as text, in one order whatever the order of ``entries``."""
    head = 'msgid ""\nmsgstr ""\n' + "".join(f"{_quoted(line)}\n" for line in HEADER.splitlines(keepends=True))
    return "\n".join([head, *(_block(message, entries[message]) for message in sorted(entries, key=_order))])


def compiled(entries: Entries) -> bytes:
    """The translated entries as gettext loads them: a header, two tables of lengths and places, the texts."""
    pairs = {b"": HEADER.encode()}
    for message, texts in entries.items():
        if texts:
            pairs[_key(message)] = "\0".join(texts).encode()
    keys = sorted(pairs)
    place = 28 + 16 * len(keys)
    tables: list[tuple[int, int]] = []
    texts_of_all = b""
    for part in [*keys, *(pairs[key] for key in keys)]:
        tables.append((len(part), place + len(texts_of_all)))
        texts_of_all += part + b"\0"
    numbers = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, place)
    return numbers + b"".join(struct.pack("<2I", *row) for row in tables) + texts_of_all


def _order(message: Message) -> tuple[str, str, str]:
    return message.text.casefold(), message.text, message.context


def _key(message: Message) -> bytes:
    context = f"{message.context}\4" if message.context else ""
    return f"{context}{message.text}{chr(0) + message.plural if message.plural else ''}".encode()


def _block(message: Message, texts: tuple[str, ...]) -> str:
    lines = [f"msgctxt {_quoted(message.context)}"] if message.context else []
    lines.append(f"msgid {_quoted(message.text)}")
    if message.plural:
        lines.append(f"msgid_plural {_quoted(message.plural)}")
        lines += [f"msgstr[{at}] {_quoted(texts[at] if texts else '')}" for at in range(FORMS)]
    else:
        lines.append(f"msgstr {_quoted(texts[0] if texts else '')}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
