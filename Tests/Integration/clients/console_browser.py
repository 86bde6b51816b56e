"""Stories of the console in a real browser, before a provider with a login page.

    console_browser.py PART CONSOLE PROVIDER
"""

import faulthandler
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
# Whoever waits for what does not come says where.
faulthandler.dump_traceback_later(280, exit=True)


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
            if not line:
                sys.exit(f"psql was not held: {self.notice} {self.process.stdout.read()}")
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
    psql = Psql("UPDATE public.orders SET note = 'approved' WHERE id = 861", "updating")
    # Beside the inbox, without a click: the hold comes, and is gone once it was decided.
    ana.page.get_by_text("WHERE id = 861").first.wait_for()
    expect("connection is away" not in ana.text(), "a page that is told of changes says that it is not")
    expect(count("SELECT note FROM orders WHERE id = 861") != "approved", "it ran before it was approved")
    # The link in psql's notice leads through the login to the command.
    cy.page.goto(psql.link)
    cy.page.get_by_role("link", name=re.compile("log in", re.I)).first.click()
    cy.pass_provider()
    expect(cy.page.url == psql.link, f"the login leads to {cy.page.url}")
    body = cy.text()
    for words in ("UPDATE public.orders SET note = 'approved' WHERE id = 861", "updating", "bo", "orders-db"):
        expect(words in body, f"an approver is not shown {words!r}: {body}")
    expect(psql.process.poll() is None, "psql did not wait")
    cy.page.get_by_label("Reason").fill("checked <b>twice</b> & found good")
    cy.page.get_by_role("button", name="Approve exactly this").click()
    cy.page.get_by_text("Approved").first.wait_for()
    status, words = psql.end()
    expect(status == 0 and "UPDATE 1" in words, words)
    expect(count("SELECT note FROM orders WHERE id = 861") == "approved", "it did not run")
    expect("checked <b>twice</b> & found good" in cy.text(), cy.text())
    ana.page.get_by_text("Nothing waits").wait_for()

    # No is said to whoever waits, with the reason.
    psql = Psql("UPDATE public.orders SET note = 'denied' WHERE id = 862", "updating")
    ana.page.get_by_text("WHERE id = 862").first.wait_for()
    ana.page.locator(f"a[href='{urllib.parse.urlsplit(psql.link).path}']").first.click()
    ana.page.get_by_label("Reason").fill("not before the audit")
    ana.page.get_by_role("button", name="Deny").click()
    ana.page.get_by_text("Denied").first.wait_for()
    status, words = psql.end()
    expect(status != 0 and "denied by ana@example.com: not before the audit" in words, words)
    expect(count("SELECT note FROM orders WHERE id = 862") != "denied", "a denied command ran")

    # Nobody answers.
    psql = Psql("UPDATE public.orders SET note = 'late' WHERE id = 863", "short")
    ana.page.goto(psql.link)
    ana.page.get_by_text("Expired").first.wait_for()
    status, words = psql.end()
    expect(status != 0 and "nobody approved it in time" in words, words)
    expect(ana.page.get_by_role("button", name="Approve exactly this").count() == 0, "an answer to what is over")

    # Two must say yes, and whoever triggered the run is neither of them.
    bo = person("bo").log_in("/approvals")
    psql = Psql("UPDATE public.orders SET note = 'paired' WHERE id = 864", "paired")
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
    psql = Psql("UPDATE public.orders SET note = 'by keys' WHERE id = 871", "updating")
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
    psql = Psql("UPDATE public.orders SET note = 'plain' WHERE id = 872", "updating")
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
    psql = Psql("UPDATE public.orders SET note = 'forged' WHERE id = 881", "updating")
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
            // An empty window is the opener's own until the console has answered.
            setInterval(() => {{
                try {{ if (other.document.title) document.title = "read " + other.document.title }}
                catch (e) {{ document.title ||= "shut" }}
            }}, 20);
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
    expect(visitor.title() == "shut", f"another site reads a window: {visitor.title()}")

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


class Job:
    """A connection of a job that stays, and what it runs."""

    def __init__(self, role, token=None):
        import psycopg

        self.connection = psycopg.connect(user=role, autocommit=True, **({"password": token} if token else {}))

    def run(self, sql, parameters=None):
        try:
            return self.connection.execute(sql, parameters)
        except Exception as error:  # some are refused, on purpose
            return error


HOSTILE = os.environ.get("HOSTILE", "")


def job():
    """A session with every kind of command, in texts that want to be run by whoever reads them."""
    one = Job("updating", os.environ["HOSTILE_TOKEN"])
    quoted = HOSTILE.replace("'", "''")
    one.run(f"SELECT id, email FROM public.customers WHERE name <> '{quoted}' ORDER BY id LIMIT 3")
    one.run("SELECT id FROM public.orders WHERE note <> %s", [HOSTILE])
    one.run(f"DELETE FROM public.orders WHERE note = '{quoted}'")
    one.run(f"SELECT 1/0, /* {HOSTILE} */ status FROM public.orders")
    one.run(f'SELECT id FROM public."{HOSTILE}"')
    one.run("SELECT status::text::int FROM public.orders LIMIT 1")
    return one


def audit(chromium):
    """Search, open a record, verify it, replay a session, end one."""
    session = job()
    gil = Person(chromium, console, provider, "gil").log_in("/audit")
    page = gil.page
    deadline = time.monotonic() + 60
    # The index follows the ledger.
    while "public.customers" not in gil.text():
        expect(time.monotonic() < deadline, f"the session's commands are not found: {gil.text()}")
        gil.goto("/audit")
    page.get_by_label("Object").fill("public.customers")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(console + "/audit?**")
    expect("object=public.customers" in page.url, f"the search has no address: {page.url}")
    shared = page.url
    expect(page.get_by_role("link", name=re.compile("remove this filter")).count() == 1, gil.text())
    page.locator("table a[href^='/audit/']").first.click()
    page.wait_for_url(re.compile("/audit/[0-9A-Z]{26}"))
    record = page.url
    body = gil.text()
    for words in ("public.customers", "updating", "orders-db", "Proof"):
        expect(words in body, f"the record does not say {words!r}: {body}")
    expect("@example.com" in body and "ana@example.com" in body, body)

    # Its proof, once a checkpoint covers it: by this browser's own arithmetic.
    deadline = time.monotonic() + 60
    while page.locator("#verify-button").count() == 0:
        expect(time.monotonic() < deadline, f"no proof: {gil.text()}")
        page.wait_for_timeout(200)
        page.goto(record)
    page.get_by_role("button", name="Verify in this browser").click()
    page.locator("#verify[data-verified]").wait_for()
    expect(page.locator("#verify").get_attribute("data-verified") == "yes", page.locator("#verify-result").inner_text())
    expect("leads to the root of the checkpoint" in page.locator("#verify-result").inner_text(), gil.text())
    # A gateway that changes one byte of what it says does not get past that.
    address = page.locator("#verify").get_attribute("data-proof")

    def lie(route):
        proof = route.fetch().json()
        import base64
        entry = base64.b64decode(proof["entry"]).replace(b"public.customers", b"public.cust0mers")
        route.fulfill(json={**proof, "entry": base64.b64encode(entry).decode()})

    gil.context.route(console + address, lie)
    page.goto(record)
    page.get_by_role("button", name="Verify in this browser").click()
    page.locator("#verify[data-verified]").wait_for()
    expect(page.locator("#verify").get_attribute("data-verified") == "no", "a lie was verified")
    gil.context.unroute(console + address)
    page.goto(record)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download the bundle").click()
    bundle = loading.value.path()
    expect(os.path.getsize(bundle) > 1000, "the bundle is empty")

    # The search is its address: another auditor sees the same.
    fay = Person(chromium, console, provider, "fay").log_in(urllib.parse.urlsplit(shared)._replace(scheme="", netloc="").geturl())
    expect(fay.page.url == shared and "public.customers" in fay.text(), fay.page.url)

    # The session, step by step.
    page.goto(record)
    page.locator("a[href^='/sessions/']").first.click()
    page.wait_for_url(re.compile("/sessions/[0-9A-Z]{26}"))
    expect(page.locator("#steps li").count() >= 6, gil.text())
    page.get_by_role("button", name="Replay").click()
    gil.until("document.getElementById('replay-progress').value === document.getElementById('replay-progress').max")
    expect(page.locator("#steps li:visible").count() == page.locator("#steps li").count(), "the replay ended early")
    page.get_by_role("button", name="Back").click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")

    # To end it is for administrators; whoever may only read has no button, and no way around that.
    here = urllib.parse.urlsplit(page.url).path
    fay.goto(here)
    expect(fay.page.get_by_role("button", name="End it now").count() == 0, "an auditor may end a session")
    refused = fay.page.evaluate(
        """async path => {
            const token = document.querySelector("input[name=form_token]").value;
            const answers = [];
            for (const address of [path, "/api/v1" + path])
                answers.push((await fetch(address + "/kill", {method: "POST", body: new URLSearchParams({form_token: token})})).status);
            return answers;
        }""",
        here,
    )
    expect(refused == [403, 403], f"an auditor ended a session: {refused}")
    expect(session.run("SELECT id FROM public.orders LIMIT 1").__class__.__name__ == "Cursor", "the session ended early")
    page.get_by_label("Reason").fill("it misbehaves")
    page.get_by_role("button", name="End it now").click()
    page.wait_for_load_state()
    deadline = time.monotonic() + 60
    while not session.connection.closed:
        expect(time.monotonic() < deadline, "the session lives on")
        session.run("SELECT id FROM public.orders LIMIT 1")
        time.sleep(0.05)
    for one in (fay, gil):
        one.close()


def pages_of(person):
    """One page of each kind: where the navigation leads, and the first thing that each list has."""
    found = ["/"]
    person.goto("/")
    found += person.page.eval_on_selector_all("nav a", "links => links.map(link => link.getAttribute('href'))")
    for path in list(dict.fromkeys(found)):
        person.goto(path)
        links = person.page.eval_on_selector_all("main a", "links => links.map(link => link.getAttribute('href'))")
        for kind in ("/approvals/", "/sessions/", "/audit/", "/roles/"):
            more = [link for link in links if re.fullmatch(kind + "[^/?]+", link)]
            if more and not any(one.startswith(kind) for one in found):
                found.append(more[0])
    found += ["/sessions?state=ended", "/audit?text=nothing-is-called-so", "/no-such-page"]
    kinds = {re.sub("(?<=.)/[^/]+$", "/", path) for path in found}
    for kind in ("/approvals", "/sessions", "/audit", "/identities", "/explain", "/health", "/approvals/", "/sessions/", "/audit/", "/roles/"):
        expect(kind in kinds, f"no page of the kind {kind}: {sorted(kinds)}")
    return list(dict.fromkeys(found))


def looking(chromium):
    """Every page: nothing of what others wrote acts; accessible in light and dark; no wider than 320 pixels."""
    session = job()
    psql = Psql(f"UPDATE public.orders SET note = '{HOSTILE.replace(chr(39), chr(39) * 2)}' WHERE id = 891", "updating")
    cy = Person(chromium, console, provider, "cy").log_in(urllib.parse.urlsplit(psql.link).path)
    cy.page.get_by_label("Reason").fill(HOSTILE)
    cy.page.get_by_role("button", name="Deny").click()
    cy.page.get_by_text("Denied").first.wait_for()
    psql.end()
    expect(HOSTILE in cy.text(), f"a reason is not shown as it is: {cy.text()}")
    cy.close()
    waiting = Psql("UPDATE public.orders SET note = 'seen' WHERE id = 892", "updating")

    nobody = Person(chromium, console, provider, "nobody")
    narrow = {"width": 320, "height": 640}
    for path in ("/", "/approvals", "/login/callback?state=x&code=y&error=%3Cscript%3Ehostile()%3C/script%3E"):
        expect(nobody.goto(path) in (401, 403), path)
        nobody.check_accessibility()
        nobody.page.set_viewport_size(narrow)
        nobody.check_width()
    nobody.close()

    gil = Person(chromium, console, provider, "gil").log_in("/")
    gil.goto("/audit")
    paths = pages_of(gil)
    for path in paths:
        status = gil.goto(path)
        expect(status == (404 if path == "/no-such-page" else 200), f"{path}: {status}")
        shown = gil.page.content()
        expect("49" not in re.findall(r"\{\{7\*7\}\}|49(?=')", shown) , f"a template is run at {path}")
        expect(gil.page.evaluate("document.querySelectorAll('img[onerror], main script').length") == 0, f"markup at {path}")
        for scheme in ("light", "dark"):
            gil.page.emulate_media(color_scheme=scheme)
            gil.check_accessibility()
        gil.page.set_viewport_size(narrow)
        gil.check_width()
        gil.page.set_viewport_size({"width": 1600, "height": 900})
        gil.check_width()
    terminal = "/login/cli?" + urllib.parse.urlencode({"port": 4711, "challenge": "c" * 43, "state": "s" * 43})
    expect(gil.goto(terminal) == 200, "the page for terminals")
    gil.check_accessibility()
    gil.page.set_viewport_size(narrow)
    gil.check_width()
    gil.close()
    session.connection.close()
    ana = Person(chromium, console, provider, "ana").log_in(urllib.parse.urlsplit(waiting.link).path)
    ana.page.get_by_role("button", name="Deny").click()
    waiting.end()
    ana.close()


def screenshots(chromium):
    """Each page at two widths, as docs/screenshots shows them."""
    import io

    from PIL import Image

    folder = os.environ["SCREENSHOTS"]
    os.makedirs(folder, exist_ok=True)
    session = Job("updating")
    session.run("SELECT id, email FROM public.customers ORDER BY id LIMIT 3")
    session.run("SELECT id, status FROM public.orders WHERE status <> %s", ["done"])
    session.run("DELETE FROM public.orders WHERE id = 42")
    psql = Psql("UPDATE public.orders\n   SET status = 'done', reconciled_at = now()\n WHERE id IN (893, 894)", "updating")
    gil = Person(chromium, console, provider, "gil").log_in("/")
    ana = Person(chromium, console, provider, "ana").log_in("/approvals")
    names = {
        "/": "overview", "/approvals": "approvals", "/sessions": "sessions", "/audit": "audit", "/identities": "identities",
        "/health": "health", "/explain": "explain",
    }
    gil.goto("/audit")
    pages = [(gil, path) for path in pages_of(gil) if "?" not in path and path != "/no-such-page" and not path.startswith("/approvals/")]
    pages.append((ana, urllib.parse.urlsplit(psql.link).path))
    for person, path in pages:
        name = names.get(path) or {"approvals": "approval", "sessions": "session", "audit": "record", "roles": "role"}[path.split("/")[1]]
        for width, height in ((320, 800), (1600, 1000)):
            person.page.set_viewport_size({"width": width, "height": height})
            person.goto(path)
            taken = Image.open(io.BytesIO(person.page.screenshot()))
            taken.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(
                os.path.join(folder, f"{name}-{width}.png"), optimize=True
            )
    ana.page.get_by_role("button", name="Deny").click()
    psql.end()


parts = {
    "approvals": approvals, "reaching": reaching, "neighbours": neighbours, "audit": audit, "looking": looking,
    "screenshots": screenshots,
}
if __name__ == "__main__":
    with Chromium() as chromium:
        parts[part](chromium)
    print("ok", flush=True)
