"""The first view of pages on a slow phone: 1.6 Mbit/s, 150 ms away, a processor four times slower, nothing cached.

``python -m bench.phone`` prints, for each page, the largest contentful paint (W3C Largest Contentful Paint) and the
bytes that came, first and on a second look.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from bench.ground import house, machine, signed_in
from bench.pages import served
from bench.size import brought

PATHS = ("/", "/policy/", "/member/", "/member/claims/", "/member/card/", "/member/privacy/openings/")
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
PAINTED = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => done(-1), 9000);
})"""


@dataclass(frozen=True, slots=True)
class View:
    """Milliseconds to the largest paint, and bytes over the line."""

    painted: float
    bytes: int


def main() -> None:
    """Serve a small book and look at each page twice."""
    chromium = (
        os.environ.get("WELLKEPT_CHROMIUM")
        or subprocess.run(["/bin/sh", "scripts/chromium"], capture_output=True, text=True, check=True).stdout.strip()
    )
    with house(), served("wellkept.config.settings") as port, sync_playwright() as playwright:
        brought(200, seed=7)
        (cookie, *_others) = signed_in(sessions=1)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        say(machine())
        say(f"{'page':32}{'largest paint':>15}{'first view':>14}{'later view':>14}")
        for path in PATHS:
            with browser.new_context(viewport={"width": 360, "height": 740}) as context:
                name, _, value = cookie.partition("=")
                context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{port}"}])
                first = view(context, f"http://127.0.0.1:{port}{path}")
                later = view(context, f"http://127.0.0.1:{port}{path}")
            say(f"{path:32}{first.painted:12.0f} ms{first.bytes / 1000:11.1f} kB{later.bytes / 1000:11.1f} kB")
        browser.close()


def view(context: BrowserContext, address: str) -> View:
    """One look at a page, as a slow phone has it."""
    page = context.new_page()
    line = context.new_cdp_session(page)
    came: list[float] = []

    def finished(event: dict[str, Any]) -> None:
        came.append(event["encodedDataLength"])

    line.on("Network.loadingFinished", finished)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    painted = float(page.evaluate(PAINTED))
    page.close()
    return View(painted, int(sum(came)))


def say(words: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
