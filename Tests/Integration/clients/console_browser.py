"""Stories of the console in a real browser, before a provider with a login page.

    console_browser.py PART CONSOLE PROVIDER
"""

import http.server
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.parse

from held import Held
from people_browser import Chromium, Person, expect

part, console, provider = sys.argv[1:4]


class Psql:
    """psql in a terminal: it reads the link from the notice, and waits."""

    def __init__(self, sql, role):
        self.process = subprocess.Popen(
            [os.environ["PSQL"], "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql],
            env={**os.environ, "PGUSER": role}, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        self.notice = ""
        while "HINT" not in self.notice:
            line = self.process.stderr.readline()
            expect(line, f"psql was not held: {self.notice} {self.process.stdout.read()}")
            self.notice += line
        self.link = re.search(r"HINT: +(\S+)", self.notice).group(1)
        expect(self.link.startswith(console + "/approvals/"), self.notice)

    def end(self):
        output, errors = self.process.communicate(timeout=60)
        return self.process.returncode, output + errors


def count(sql):
    return subprocess.run(
        [os.environ["PSQL"], "-X", "-A", "-t", "-c", sql, os.environ["DIRECT"]], check=True, text=True,
        stdout=subprocess.PIPE,
    ).stdout.strip()


def approvals(chromium):
    """Approve while psql waits, deny, let it expire, two for a quorum, and never one's own."""
    def person(who):
        return Person(chromium, console, provider, who)

    ana, cy = person("ana").log_in("/approvals"), person("cy")
    # Nothing waits: the inbox says so, and follows by itself.
    expect(ana.page.url == console + "/approvals" and "Nothing waits" in ana.text(), ana.text())
    psql = Psql("UPDATE public.orders SET status = 'approved' WHERE id = 861", "updating")
    # Beside the inbox, without a click: the hold comes, and is gone once it was decided.
    ana.page.get_by_text("WHERE id = 861").first.wait_for()
    expect(count("SELECT status FROM orders WHERE id = 861") != "approved", "it ran before it was approved")
    # The link in psql's notice leads through the login to the command.
    cy.page.goto(psql.link)
    cy.page.get_by_role("link", name=re.compile("log in", re.I)).first.click()
    cy.pass_provider()
    expect(cy.page.url == psql.link, f"the login leads to {cy.page.url}")
    body = cy.text()
    for words in ("UPDATE public.orders SET status = 'approved' WHERE id = 861", "updating", "bo", "orders-db"):
        expect(words in body, f"an approver is not shown {words!r}: {body}")
    expect(psql.process.poll() is None, "psql did not wait")
    cy.page.get_by_label("Reason").fill("checked <b>twice</b> & found good")
    cy.page.get_by_role("button", name="Approve exactly this").click()
    cy.page.get_by_text("Approved").first.wait_for()
    status, words = psql.end()
    expect(status == 0 and "UPDATE 1" in words, words)
    expect(count("SELECT status FROM orders WHERE id = 861") == "approved", "it did not run")
    expect("checked <b>twice</b> & found good" in cy.text(), cy.text())
    ana.page.get_by_text("Nothing waits").wait_for()

    # No is said to whoever waits, with the reason.
    psql = Psql("UPDATE public.orders SET status = 'denied' WHERE id = 862", "updating")
    ana.page.get_by_text("WHERE id = 862").first.wait_for()
    ana.page.locator(f"a[href='{urllib.parse.urlsplit(psql.link).path}']").first.click()
    ana.page.get_by_label("Reason").fill("not before the audit")
    ana.page.get_by_role("button", name="Deny").click()
    ana.page.get_by_text("Denied").first.wait_for()
    status, words = psql.end()
    expect(status != 0 and "denied by ana@example.com: not before the audit" in words, words)
    expect(count("SELECT status FROM orders WHERE id = 862") != "denied", "a denied command ran")

    # Nobody answers.
    psql = Psql("UPDATE public.orders SET status = 'late' WHERE id = 863", "short")
    ana.page.goto(psql.link)
    ana.page.get_by_text("Expired").first.wait_for()
    status, words = psql.end()
    expect(status != 0 and "expired" in words, words)
    expect(ana.page.get_by_role("button", name="Approve exactly this").count() == 0, "an answer to what is over")

    # Two must say yes, and whoever triggered the run is neither of them.
    bo = person("bo").log_in("/approvals")
    psql = Psql("UPDATE public.orders SET status = 'paired' WHERE id = 864", "paired")
    path = urllib.parse.urlsplit(psql.link).path
    expect(bo.goto(path) == 200, "whoever asked is not shown what they asked")
    expect(bo.page.get_by_role("button", name="Approve exactly this").count() == 0, "bo may approve what bo asked")
    expect("own request" in bo.text(), bo.text())
    answer = bo.page.evaluate(
        """async path => {
            const token = document.querySelector("input[name=form_token]").value;
            const digest = (await (await fetch("/api/v1" + path)).json()).digest;
            const body = new URLSearchParams({answer: "approve", digest, form_token: token});
            return (await fetch("/api/v1" + path + "/answer", {method: "POST", body})).status;
        }""",
        path,
    )
    expect(answer == 409, f"bo approved what bo asked: {answer}")
    ana.goto(path)
    ana.page.get_by_role("button", name="Approve exactly this").click()
    ana.page.get_by_text("by ana@example.com").first.wait_for()
    expect(psql.process.poll() is None, "half a quorum was enough")
    expect(ana.page.get_by_role("button", name="Approve exactly this").count() == 0, "ana may say yes twice")
    cy.goto(path)
    cy.page.get_by_role("button", name="Approve exactly this").click()
    cy.page.get_by_text("Approved").first.wait_for()
    status, words = psql.end()
    expect(status == 0 and "UPDATE 1" in words, words)

    # Logged out, nothing is left but the way in.
    ana.page.locator("header summary").click()
    ana.page.get_by_role("button", name="Log out").click()
    ana.page.wait_for_load_state()
    expect(ana.goto("/approvals") == 401, "logged out, and still in")
    for one in (ana, bo, cy):
        one.close()


def reaching(chromium):
    """With the keyboard alone, and without a script."""
    ana = Person(chromium, console, provider, "ana").log_in("/approvals")
    psql = Psql("UPDATE public.orders SET status = 'by keys' WHERE id = 871", "updating")
    ana.page.get_by_text("WHERE id = 871").first.wait_for()
    ana.goto("/")
    ana.tab_to("Skip to the content", limit=1)
    ana.page.keyboard.press("Enter")
    ana.tab_to("All approvals")
    ana.page.keyboard.press("Enter")
    ana.page.wait_for_url(console + "/approvals")
    ana.page.get_by_text("WHERE id = 871").first.wait_for()
    ana.tab_to("public.orders")
    ana.page.keyboard.press("Enter")
    ana.page.wait_for_url(psql.link)
    ana.tab_to("Reason")
    ana.page.keyboard.type("by keys alone")
    ana.tab_to("Approve exactly this")
    ana.page.keyboard.press("Enter")
    ana.page.get_by_text("by ana@example.com").first.wait_for()
    status, words = psql.end()
    expect(status == 0 and "UPDATE 1" in words, words)
    ana.close()

    cy = Person(chromium, console, provider, "cy", java_script_enabled=False).log_in("/approvals")
    psql = Psql("UPDATE public.orders SET status = 'plain' WHERE id = 872", "updating")
    cy.goto("/approvals")
    cy.page.locator(f"a[href='{urllib.parse.urlsplit(psql.link).path}']").first.click()
    cy.page.get_by_role("button", name="Approve exactly this").click()
    cy.page.get_by_text("by cy@example.com").first.wait_for()
    status, words = psql.end()
    expect(status == 0 and "UPDATE 1" in words, words)
    cy.page.locator("header summary").click()
    cy.page.get_by_role("button", name="Log out").click()
    expect(cy.goto("/approvals") == 401, "logged out, and still in")
    cy.close()


class Neighbour:
    """Another site, which a person also visits: it frames the console and sends it forms."""

    def __init__(self, pages):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = pages.get(self.path, "").encode()
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        # Another name of this machine is another site.
        self.url = f"http://localhost:{self.server.server_address[1]}"


def form(action, fields):
    inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
    return f'<form method="post" action="{action}">{inputs}</form><script>document.forms[0].submit()</script>'


def neighbours(chromium):
    """What another site can do with a browser that is logged in: nothing."""
    ana = Person(chromium, console, provider, "ana").log_in("/approvals")
    psql = Psql("UPDATE public.orders SET status = 'forged' WHERE id = 881", "updating")
    path = urllib.parse.urlsplit(psql.link).path
    ana.page.get_by_text("WHERE id = 881").first.wait_for()
    ana.goto(path)
    digest = ana.page.locator("input[name=digest]").first.get_attribute("value")
    cli = "/login/cli?" + urllib.parse.urlencode({"port": 4711, "challenge": "c" * 43, "state": "s" * 43})
    answer = {"answer": "approve", "digest": digest}
    pages = {
        "/frame": f'<iframe src="{psql.link}"></iframe>',
        "/page": form(psql.link + "/answer", answer),
        "/api": form(f"{console}/api/v1{path}/answer", answer),
        "/logout": form(console + "/logout", {}),
        "/cli": form(console + "/login/cli", {"answer": "yes", **dict(urllib.parse.parse_qsl(cli.partition("?")[2]))}),
        "/fetch": f"""<script>
            for (const url of ["{console}/api/v1/me", "{console}/api/v1{path}", "{psql.link}"])
                fetch(url, {{credentials: "include"}}).then(async answer => {{ document.title = "read " + await answer.text() }},
                    () => {{ document.title += "x" }});
        </script>""",
        "/open": f"""<script>
            const other = window.open("{console}/approvals");
            setInterval(() => {{ try {{ document.title = "read " + other.document.title }} catch (e) {{ document.title = "shut" }} }}, 20);
        </script>""",
    }
    site = Neighbour(pages)
    visitor = ana.context.new_page()
    ana.context.unroute("**/*")

    for name in ("/page", "/api", "/logout", "/cli"):
        visitor.goto(site.url + name)
        visitor.wait_for_url(console + "/**")
        expect(re.search("another site|log in", visitor.locator("body").inner_text(), re.I), f"{name}: {visitor.content()}")
    visitor.goto(site.url + "/frame")
    framed = visitor.frames[-1]
    framed.wait_for_load_state()
    expect("orders" not in framed.content(), f"the console is in a frame: {framed.content()[:500]}")
    visitor.goto(site.url + "/fetch")
    visitor.wait_for_function("document.title.length >= 3")
    expect(visitor.title() == "xxx", f"another site reads: {visitor.title()[:300]}")
    visitor.goto(site.url + "/open")
    visitor.wait_for_function("document.title !== ''")
    expect("read" not in visitor.title(), f"another site reads a window: {visitor.title()}")

    # A link may lead to the page that asks, and no further: nothing is handed over without a press of its button.
    asked = []
    ana.context.on("request", lambda request: asked.append(request.url))
    visitor.goto(console + cli)
    expect("Log in a command line" in visitor.locator("body").inner_text(), visitor.content())
    expect(not [url for url in asked if ":4711" in url], f"a link handed over: {asked}")

    expect(ana.goto(path) == 200, "another site logged ana out")
    expect(psql.process.poll() is None, "another site's form was an answer")
    # Somebody else's approvals, sessions and records are not there; and nobody's without a login.
    fay = Person(chromium, console, provider, "fay").log_in("/")
    expect(fay.goto(path) == 200 and fay.page.get_by_role("button", name="Approve exactly this").count() == 0, fay.text())
    nobody = Person(chromium, console, provider, "nobody")
    for address in (path, "/", "/approvals", "/api/v1/approvals", "/api/v1/approvals/events", "/api/v1/me"):
        expect(nobody.goto(address) == 401, f"{address} is for everybody")
        expect("WHERE id = 881" not in nobody.page.content(), f"{address} shows to everybody")
    fixed = nobody.context
    fixed.add_cookies([{"name": "countersign", "value": "A" * 43, "url": console}])
    nobody.who = "ana"
    nobody.log_in("/approvals")
    after = [one["value"] for one in fixed.cookies() if one["name"] == "countersign"]
    expect(after and after[0] != "A" * 43, "a session was fixed")
    for one in fixed.cookies():
        if one["domain"] == "127.0.0.1" and one["name"].startswith("countersign"):
            expect(one["httpOnly"] and one["sameSite"] == "Lax", one)
    ana.page.get_by_role("button", name="Deny").click()
    psql.end()
    for one in (fay, nobody):
        one.close()


parts = {"approvals": approvals, "reaching": reaching, "neighbours": neighbours}
if __name__ == "__main__":
    with Chromium() as chromium:
        parts[part](chromium)
    print("ok", flush=True)
