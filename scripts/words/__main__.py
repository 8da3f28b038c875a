"""Bring every catalogue in line with what the code says, compile it, and tell how much of it waits for its Spanish.

Run it as ``python scripts/words``. It keeps what was translated, drops what nobody says any more, and needs no gettext.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from scripts.words import catalogue, found, kept  # noqa: E402  (the folder of the house comes first)


def main() -> None:
    """Write every catalogue and its compiled form, and say a line about each."""
    known = kept.translations(ROOT)
    for folder, messages in sorted(found.by_folder(ROOT).items()):
        path = kept.path_of(ROOT, folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = {message: known.get(message, ()) for message in messages}
        path.write_text(catalogue.written(entries), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(catalogue.compiled(entries))
        waiting = sum(not texts for texts in entries.values())
        sys.stdout.write(f"{folder:24} {len(entries):5} messages, {waiting:5} without Spanish\n")
    made = "".join(f"{text}\n" for text in found.made(ROOT))
    kept.made_of(ROOT).write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
