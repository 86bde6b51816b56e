"""A person before Debian's Chromium, driven by Playwright: logs in at the provider's page, and is watched for what a console
must never do: open a dialog, ask another host for anything, break its own Content-Security-Policy, fail in a script.
"""

import os
import sys
import tempfile
import time
import urllib.parse

import axe_playwright_python
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
AXE = os.path.join(os.path.dirname(axe_playwright_python.__file__), "axe.min.js")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def expect(condition, what):
    if not condition:
        sys.exit(str(what))


class Chromium:
    def __enter__(self):
        # What it keeps of itself goes with it.
        self.home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(
            env={**os.environ, "HOME": self.home.name, "XDG_CONFIG_HOME": "", "XDG_CACHE_HOME": ""},
            executable_path=CHROMIUM, args=["--disable-dev-shm-usage", "--disable-gpu"], timeout=120_000
        )
        return self

    def __exit__(self, *_):
        for context in self.browser.contexts:
            context.unroute_all(behavior="ignoreErrors")
        self.browser.close()
        self.playwright.stop()
        self.home.cleanup()


class Person:
    """One browser profile. `faults` is what it did that no page of the console may do."""

    def __init__(self, chromium, console, provider, who, **options):
        self.console, self.provider, self.who = console, provider, who
        self.faults = []
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("reduced_motion", "reduce")
        self.context = chromium.browser.new_context(**options)
        self.context.set_default_timeout(60_000)
        self.context.route("**/*", self.let_through)
        self.page = self.watch(self.context.new_page())

    def let_through(self, route):
        host = urllib.parse.urlsplit(route.request.url).netloc
        if host in [urllib.parse.urlsplit(url).netloc for url in (self.console, self.provider)]:
            return route.continue_()
        self.faults.append(f"asked {host} for {route.request.url}")
        return route.abort()

    def watch(self, page):
        page.on("dialog", lambda dialog: (self.faults.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.faults.append(f"a script failed: {error}"))
        page.on("console", self.hear)
        return page

    def hear(self, message):
        # A page of an error is an error to the browser, too.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"the browser says: {message.text}")

    def log_in(self, path="/"):
        self.page.goto(f"{self.console}/login?" + urllib.parse.urlencode({"return_to": path}))
        return self.pass_provider()

    def pass_provider(self):
        """Fills in the provider's form; the page that it leads to is the console's again."""
        expect(self.page.url.startswith(self.provider), f"no page of the provider: {self.page.url}")
        self.page.get_by_label("Name").fill(self.who)
        self.page.get_by_label("Password").fill(f"password-of-{self.who}")
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_url(self.console + "/**")
        return self

    def goto(self, path):
        answer = self.page.goto(urllib.parse.urljoin(self.console, path))
        return answer.status

    def until(self, condition):
        """Waits for a condition in the page: not as Playwright does, with code from text, which the page's policy forbids."""
        deadline = time.monotonic() + 60
        while not self.page.evaluate(condition):
            expect(time.monotonic() < deadline, f"waited too long at {self.page.url} for {condition}")
            self.page.wait_for_timeout(20)

    def text(self):
        return self.page.locator("body").inner_text()

    def blameless(self):
        expect(not self.faults, f"{self.who} at {self.page.url}: {self.faults}")

    def check_accessibility(self):
        """axe-core: what a program can find of WCAG 2.2 AA."""
        with open(AXE, encoding="utf-8") as file:
            self.page.evaluate(file.read() + "\n;undefined")
        found = self.page.evaluate("tags => axe.run(document, {runOnly: tags})", STANDARDS)["violations"]
        words = [
            f"{one['id']} ({one['help']}): {[node['html'][:200] + node['failureSummary'] for node in one['nodes'][:3]]}"
            for one in found
        ]
        expect(not words, f"{self.page.url} is not accessible: " + "; ".join(words))

    def check_width(self):
        """Nothing stands out of the window to the right."""
        wide = self.page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        expect(wide[0] <= wide[1], f"{self.page.url} is {wide[0]} pixels wide in a window of {wide[1]}")

    def tab_to(self, words, limit=80):
        """Presses Tab until the focus is on what these words name, and looks whether it shows."""
        seen = []
        for _ in range(limit):
            self.page.keyboard.press("Tab")
            name, shows = self.page.evaluate(
                """() => {
                    const at = document.activeElement, style = getComputedStyle(at);
                    const label = at.labels && at.labels.length ? at.labels[0].innerText : at.innerText;
                    return [(label || "").trim(), style.outlineStyle !== "none" || style.boxShadow !== "none"];
                }"""
            )
            seen.append(name)
            if words in name:
                expect(shows, f"the focus on {name!r} does not show at {self.page.url}")
                return
        sys.exit(f"no key leads to {words!r} at {self.page.url}: {seen}")

    def close(self):
        self.blameless()
        # A page that follows by itself may ask at this moment, and a close waits for the handler of what it asked.
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.close()
