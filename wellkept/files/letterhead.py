"""What every paper of an operator bears: its name, mark and colours, and how to call."""

from typing import Final

from wellkept.policy.shapes import Pack

_COLOURS: Final = ("ink", "muted", "line", "ground", "brand", "brand-dark", "brand-soft", "accent")


def letterhead(pack: Pack) -> dict[str, object]:
    """The operator's part of a paper's data."""
    return {
        "name": pack.display_name,
        "address": list(pack.postal_address),
        "phone": pack.phone,
        "tty": pack.tty,
        "hours": pack.hours,
        "mark": pack.mark,
        "colours": {name: pack.theme[name] for name in _COLOURS},
        "head": pack.theme["head"].partition(",")[0].removesuffix(" Web"),
        "body": pack.theme["body"].partition(",")[0].removesuffix(" Web"),
        "ribbon": "" if pack.production else pack.ribbon,
    }
