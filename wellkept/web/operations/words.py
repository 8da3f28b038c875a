"""What stands on the pages of operations, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wellkept.intake.operations import Ends, FileLine, Left
from wellkept.web.shell.templatetags.shell import day

# Where a file stands, in words and in the tone of its word of status.
STATES: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "reading": (gettext_lazy("Being read"), "old"),
    "waiting": (gettext_lazy("Waits to be applied"), "old"),
    "confirm": (gettext_lazy("Waits for confirmation"), "warn"),
    "interrupted": (gettext_lazy("Interrupted"), "bad"),
    "applied": (gettext_lazy("Applied"), "good"),
}
FILTERS: Final[Mapping[str, str | Promise]] = {
    "": gettext_lazy("All files"),
    "reading": gettext_lazy("Being read"),
    "waiting": gettext_lazy("Waiting to be applied"),
    "confirm": gettext_lazy("Waiting for confirmation"),
    "interrupted": gettext_lazy("Interrupted"),
    "aside": gettext_lazy("With something set aside"),
    "apart": gettext_lazy("With something kept apart"),
    "applied": gettext_lazy("Applied"),
}
KINDS: Final[Mapping[str, str | Promise]] = {
    "834": gettext_lazy("enrolment (834)"),
    "837P": gettext_lazy("professional claims (837P)"),
    "837I": gettext_lazy("institutional claims (837I)"),
    "835": gettext_lazy("payments (835)"),
    "820": gettext_lazy("premiums (820)"),
    "999": gettext_lazy("answers to our files (999)"),
}
STATEMENTS: Final[Mapping[str, str | Promise]] = {
    "enrolment": gettext_lazy("enrolments"),
    "filing": gettext_lazy("claims filed"),
    "decision": gettext_lazy("claims decided"),
    "premium": gettext_lazy("premiums"),
    "late": gettext_lazy("looks at claims after coverage ended"),
}
MOST_KEPT: Final = 10_000


def kinds(line: FileLine) -> str:
    """What kinds of sets a file holds; how it is read where it has none."""
    return ", ".join(str(KINDS.get(kind, kind)) for kind in line.kinds) or _("table or list")


def kept(line: FileLine) -> str:
    """How much is kept apart; more than ten thousand is not counted."""
    return _("more than 10,000") if line.kept > MOST_KEPT else f"{line.kept:,}"


def aside(line: FileLine) -> int:
    """How many sets, or interchanges, or rows were set aside whole."""
    return line.count("sets_aside") + line.count("refused") + line.count("rows_aside")


def counted(line: FileLine) -> list[tuple[str, str]]:
    """What a file was counted as, in the order of a reading. What it holds none of is left out."""
    told = (
        (_("Segments read"), line.count("segments")),
        (_("Rows read"), line.count("rows")),
        (_("Sets taken"), line.count("sets")),
        (_("Set aside"), aside(line)),
        (_("Enrolments"), line.count("enrolments")),
        (_("Claims filed"), line.count("filings")),
        (_("Claims decided"), line.count("decisions")),
        (_("Findings"), line.count("findings")),
        (_("Claims decided for care after coverage ended"), line.count("late_claims")),
    )
    return [(label, f"{number:,}") for label, number in told if number]


def left(one: Left) -> str:
    """What waits of one kind, as a sentence."""
    kind = str(STATEMENTS.get(one.kind, one.kind))
    parts = [_("%(n)s wait") % {"n": f"{one.waits:,}"}] if one.waits else []
    parts += [_("%(n)s are kept apart") % {"n": f"{one.apart:,}"}] if one.apart else []
    return f"{kind[:1].upper()}{kind[1:]}: {', '.join(parts)}."


def ends(one: Ends) -> str:
    """What a full file would end in one line of a plan."""
    told = {
        "sponsor": one.sponsor, "group": one.group, "line": one.line, "covered": f"{one.covered:,}",
        "absent": f"{one.absent:,}", "on": day(one.on) if one.on else _("no day it names"),
    }  # fmt: skip
    return _("%(sponsor)s, group %(group)s, %(line)s: %(absent)s of %(covered)s would end on %(on)s.") % told


def lead(total: int, state: str) -> str:
    """How many files the list holds."""
    if not total:
        return _("No file stands here.") if state else _("No file has come in yet.")
    return ngettext("One file.", "%(n)s files.", total) % {"n": f"{total:,}"}


def size(length: int) -> str:
    """A length as people say it."""
    if length < 1_000:
        return ngettext("%(n)d byte", "%(n)d bytes", length) % {"n": length}
    for unit, scale in (("GB", 1e9), ("MB", 1e6)):
        if length >= scale:
            return f"{length / scale:,.1f} {unit}"
    return f"{length / 1e3:,.0f} kB"
