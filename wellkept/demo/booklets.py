"""A summary of benefits for each invented plan, as the PDF file that its administrator would hand out."""

import csv
from datetime import date
from pathlib import Path

from wellkept.demo.plans import NOT_COVERED, PPO, SAVER, terms
from wellkept.demo.scenes import Employer, Scene
from wellkept.files import paper
from wellkept.files.letterhead import letterhead
from wellkept.policy.shapes import Pack

KIND = "summary of benefits"


def booklets_csv(path: Path, scene: Scene, pack: Pack, today: date) -> None:
    """Write one of each plan beside a list of them."""
    begins = date(today.year, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "kind", "title", "effective", "sponsor", "group_number"))
        for employer in scene.employers:
            for plan in scene.plans:
                pdf = path.with_name(f"{employer.group}-{plan.replace(' ', '-').lower()}.pdf")
                pdf.write_bytes(paper.pdf("booklet", data(pack, scene, employer, plan, begins)))
                writer.writerow((pdf.name, KIND, titled(plan), begins.isoformat(), employer.name, employer.group))


def titled(plan: str) -> str:
    """A plan's name as members read it."""
    return plan.title().replace("Ppo", "PPO")


def data(pack: Pack, scene: Scene, employer: Employer, plan: str, begins: date) -> dict[str, object]:
    """What the booklet says, from the terms that the plan's own file tells."""
    sums = {
        row["network"]: row for row in terms(scene, employer, begins) if row["plan"] == plan and "service" not in row
    }
    prices = SAVER if "SAVER" in plan else PPO
    covered = [
        [kind.capitalize(), share(copay, percent), share("", outside), note]
        for kind, (copay, percent, outside, note) in prices.items()
    ]
    return {
        "from": letterhead(pack),
        "lang": "en",
        "made_on": begins.isoformat(),
        "title": f"{titled(plan)}: what it pays",
        "lead": f"For everybody covered through {employer.name.title()}, from January 1 to December 31, {begins.year}.",
        "foot": f"Questions: {pack.phone} (TTY {pack.tty}), {pack.hours}.",
        "facts": [
            ["Group number", employer.group],
            ["Deductible in the network", yearly(sums["in"], "deductible")],
            ["Most you pay in the network", yearly(sums["in"], "out_of_pocket")],
            ["Deductible outside the network", yearly(sums["out"], "deductible")],
            ["Most you pay outside the network", yearly(sums["out"], "out_of_pocket")],
        ],
        "heading": "What you pay for care",
        "columns": ["Care", "In the network", "Outside", "Good to know"],
        "rows": [*covered, *([kind.capitalize(), "Not covered", "Not covered", ""] for kind in NOT_COVERED)],
    }


def yearly(row: dict[str, str], kind: str) -> str:
    """The sum for one person and for a family."""
    one, family = (float(row[f"{kind}_{scope}"]) for scope in ("person", "family"))
    return f"${one:,.0f} for one person, ${family:,.0f} for a family"


def share(copay: str, percent: str) -> str:
    """What a member pays: a copay, a share, both, or nothing at all."""
    words = [f"${float(copay):,.0f}"] if copay and float(copay) else []
    words += [f"{percent} percent"] if percent and percent != "0" else []
    if words:
        return " and ".join(words)
    return "Nothing" if copay or percent else "Not covered"
