"""Command lines that log in, and links of the admin socket, before a provider of the test's own.

    login_client.py PART CONSOLE PROVIDER_PORT COUNTERSIGN
"""

import base64
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from browser import Browser
from held import Held, expect
from own_provider import Tongue

console, countersign = sys.argv[2], sys.argv[4]
provider = Tongue(int(sys.argv[3]))
home = tempfile.mkdtemp()
file = os.path.join(home, "countersign", "credentials.json")


def command(*arguments, code=0, **environment):
    """Runs the product as somebody on a machine of their own: without the gateway's data. Gives output and errors."""
    allowed = {name: value for name, value in os.environ.items() if not name.startswith(("COUNTERSIGN", "PG"))}
    result = subprocess.run(
        [countersign, *arguments], env={**allowed, "XDG_CONFIG_HOME": home, **environment}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120,
    )
    expect(result.returncode == code, f"{arguments} exited with {result.returncode}: {result.stdout} {result.stderr}")
    return result.stdout, result.stderr


class Terminal:
    """A terminal where `countersign login` runs."""

    def __init__(self, *more, **environment):
        self.process = subprocess.Popen(
            [countersign, "login", "--url", console, "--no-browser", *more],
            env={"PATH": os.environ["PATH"], "XDG_CONFIG_HOME": home, **environment}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        words = self.process.stderr.readline()
        self.code = re.search(r"code ([0-9A-Z]{4}-[0-9A-Z]{4})", words).group(1)
        self.address = self.process.stderr.readline().strip()
        expect(self.address.startswith(console + "/login/cli?"), f"no address: {words} {self.address}")
        self.asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.address).query))

    def end(self, code=0):
        output, errors = self.process.communicate(timeout=60)
        expect(self.process.returncode == code, f"login exited with {self.process.returncode}: {output} {errors}")
        return output, errors

    def callback(self, query):
        port = self.asked["port"]
        return Browser(f"http://127.0.0.1:{port}").get("/callback?" + query)


def follow(browser, answer, who):
    """Follows redirects through the provider, to the page that ends them."""
    for _ in range(8):
        if answer.status not in (302, 303):
            return answer
        url = answer.location
        if url.startswith(provider.url + "/auth?"):
            url += f"&who={who}"
        answer = browser.get(url)
    sys.exit(f"redirects without end: {answer}")


def form_of(page):
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page.text))


def agree(terminal, who, browser=None, answer="yes"):
    """What a person does: log in, look at the page, press a button; gives where the browser is sent."""
    browser = browser or Browser(console)
    page = follow(browser, browser.get(terminal.address), who)
    expect(page.status == 200 and terminal.code in page.text, f"the page does not show {terminal.code}: {page}")
    expect(f"{who}@example.com" in page.text, page)
    done = browser.post("/login/cli", {**form_of(page), "answer": answer})
    expect(done.status == 303, f"{answer}: {done}")
    expect(done.location.startswith(f"http://127.0.0.1:{terminal.asked['port']}/callback?"), done)
    return done.location


def log_in(who, *more):
    terminal = Terminal(*more)
    page = Browser(console).get(agree(terminal, who))
    expect(page.status == 200 and "your terminal" in page.text, page)
    expect("default-src 'none'" in page.headers["Content-Security-Policy"], page)
    return terminal.end()


def login():
    """Log in, look, approve what psql would wait for, log out."""
    output, errors = log_in("ana", "--json")
    told = json.loads(output)
    expect(told["person"] == "ana@example.com" and told["url"] == console, told)
    mode = stat.S_IMODE(os.stat(file).st_mode)
    expect(mode == 0o600 and stat.S_IMODE(os.stat(os.path.dirname(file)).st_mode) == 0o700, oct(mode))
    with open(file, encoding="utf-8") as text:
        token = json.load(text)["gateways"][console]["token"]
    expect(token not in output + errors, "the token was printed")

    me = json.loads(command("whoami", "--json")[0])
    expect(me["id"] == "ana@example.com" and me["fresh"] is True and me["capabilities"] == ["approver"], me)
    expect("form_token" not in me and token not in json.dumps(me), me)
    expect("ana@example.com" in command("whoami", "--url", console + "/")[0], "whoami for people")

    expect("ready" in command("status", "--url", console)[0], "no status")
    errors = command("sessions", "list", "--url", console, code=1)[1]
    expect("auditor" in errors and errors.count("\n") == 1, f"an approver lists sessions: {errors}")

    held = Held("held", "DELETE FROM public.orders WHERE id = 851")
    deadline = time.monotonic() + 60
    while held.sql not in (listed := command("approvals", "list", COUNTERSIGN_URL=console)[0]):
        expect(time.monotonic() < deadline and held.result is None, f"it does not wait: {listed} {held.result!r}")
    words = command("approvals", "approve", "--reason", "a + b & c", COUNTERSIGN_URL=console)[0]
    expect(held.sql in words and "approved: it runs now" in words, words)
    expect(held.end() == 1, held.result)
    ended = [json.loads(line) for line in command("approvals", "list", "--all", "--json", "--url", console)[0].split("\n") if line]
    answer = [one for one in ended if one["command"]["text"] == held.sql][0]["answers"][0]
    expect(answer["person"] == "ana@example.com" and answer["reason"] == "a + b & c", answer)

    held = Held("held", "DELETE FROM public.orders WHERE id = 852")
    words = command("approvals", "deny", "--wait", "60", "--reason", "no", "--json", "--url", console, COUNTERSIGN_TOKEN=token)[0]
    expect(json.loads(words)["state"] == "denied" and "no" in str(held.end()), words)
    errors = command("approvals", "approve", json.loads(words)["id"], "--url", console, code=1)[1]
    expect(errors.count("\n") == 1 and "approval" in errors, errors)

    command("logout")
    expect("not logged in" in command("whoami", "--url", console, code=1)[1], "the token is kept after a logout")
    expect(Browser(console).get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status == 401, "it lives on")
    errors = command("whoami", "--url", console, COUNTERSIGN_TOKEN=token, code=1)[1]
    expect("countersign login --url" in errors and token not in errors, errors)


def attacks():
    """Other programs, other pages, other people."""
    # Another's answer ends nothing and changes nothing; one of this request that says no does.
    terminal = Terminal()
    state = terminal.asked["state"]
    for query in ("", "code=x", "code=x&state=", "code=x&state=" + state[:-1], f"code=x&state={state}&state=x", f"state={state}"):
        expect(terminal.callback(query).status == 404, f"{query} was taken")
    expect(terminal.process.poll() is None, "another's answer ended the login")
    no = Browser(console).get(agree(terminal, "ana", answer="no"))
    expect(no.status == 200 and "Nothing was logged in" in no.text, no)
    expect("declined" in terminal.end(1)[1] and not os.path.exists(file), "a login without a yes")

    # A code that somebody saw is worth nothing without the verifier, and nothing afterwards to the terminal.
    terminal = Terminal()
    location = agree(terminal, "ana")
    code = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))["code"]
    thief = Browser(console)
    for verifier in ("", "x" * 43, terminal.asked["challenge"]):
        answer = thief.post("/login/cli/token", {"code": code, "verifier": verifier})
        expect(answer.status == 403 and code not in answer.text, f"a stolen code: {answer}")
    Browser(console).get(location)
    errors = terminal.end(1)[1]
    expect("countersign login" in errors and not os.path.exists(file), errors)
    # An error that anybody can send is words of ours, and never what was sent.
    terminal = Terminal()
    answer = terminal.callback(f"error=<script>&state={terminal.asked['state']}")
    expect(answer.status == 200 and "<script" not in answer.text, answer)
    terminal.end(1)

    # Nothing is handed over by a link alone, by another site's form, with another's form token, or by a command line.
    ana, bo = Browser(console), Browser(console)
    terminal = Terminal()
    page = follow(ana, ana.get(terminal.address), "ana")
    others = form_of(follow(bo, bo.get(terminal.address), "bo"))
    form = {**form_of(page), "answer": "yes"}
    for what, changes, headers in (
        ("another's token", {"form_token": others["form_token"]}, {}), ("no token", {"form_token": ""}, {}),
        ("another site", {}, {"Origin": "http://evil.example"}), ("a frame", {}, {"Origin": "null"}),
        ("another site's fetch", {}, {"Sec-Fetch-Site": "cross-site"}),
    ):
        answer = ana.post("/login/cli", {**form, **changes}, headers=headers)
        expect(answer.status == 403 and "Location" not in answer.headers, f"{what}: {answer}")
    session = ana.own_cookies["countersign"]
    answer = Browser(console).post("/login/cli", form, headers={"Authorization": f"Bearer {session}"})
    expect(answer.status == 403, f"a bearer token made another: {answer}")
    expect(Browser(console).post("/login/cli", form).status == 401, "nobody handed over")
    policy = page.headers["Content-Security-Policy"]
    expect(f"form-action 'self' http://127.0.0.1:{form['port']};" in policy and "frame-ancestors 'none'" in policy, policy)
    for name, value in (
        ("port", "80"), ("port", "1024@evil.example"), ("port", "99999"), ("challenge", "short"), ("state", "x\r\ny"),
        ("state", "a" * 129), ("challenge", '"' * 43),
    ):
        query = urllib.parse.urlencode({**terminal.asked, name: value})
        expect(ana.get("/login/cli?" + query).status == 400, f"{name}={value!r} was taken")
        expect(ana.post("/login/cli", {**form, name: value}).status == 400, f"{name}={value!r} was taken from a form")
    # A login of long ago has to be proved anew, and one whose provider does not say when does not do.
    provider.say({"auth_time": int(time.time()) - 7200})
    old = Browser(console)
    answer = follow(old, old.get(terminal.address), "ana")
    expect(answer.status == 403 and "anew" in answer.text, f"an old login: {answer}")
    provider.say()
    terminal.process.kill()
    terminal.process.communicate()

    # Where a token may go, and who may read it.
    for url in ("http://evil.example", "http://127.evil.example", "ftp://127.0.0.1", "https://a@127.0.0.1", "http://127.0.0.1/x", "nowhere", "https://"):
        errors = command("whoami", "--url", url, code=1, COUNTERSIGN_TOKEN="secret-token")[1]
        expect("secret-token" not in errors and errors.count("\n") == 1, f"{url}: {errors}")
    log_in("ana")
    os.chmod(file, 0o644)
    expect("chmod 600" in command("whoami", "--url", console, code=1)[1], "a file that others may read")
    expect("chmod 600" in command("approvals", "list", "--url", console, code=1)[1], "a file that others may read")
    os.chmod(file, 0o600)
    command("whoami")
    # A gateway that is not there: the token is forgotten all the same.
    with open(file, encoding="utf-8") as text:
        kept = json.load(text)
    kept["gateways"] = {"http://127.0.0.1:1": kept["gateways"][console]}
    with open(file, "w", encoding="utf-8") as text:
        json.dump(kept, text)
    expect("forgotten here" in command("logout", code=1)[1], "a logout from nowhere")
    expect("not logged in" in command("logout", "--url", "http://127.0.0.1:1", code=1)[1], "it was kept")


def link():
    """The local operator, in a browser: by a link of the admin socket, once."""
    data = os.environ["DATA"]
    url = command("login-link", "--data", data)[0].strip()
    expect(url.startswith(console + "/login/link?key="), url)
    browser, other = Browser(console), Browser(console)
    for looked in (other.get(url), browser.get(url)):
        expect(looked.status == 200 and "countersign" not in other.own_cookies, looked)
    form = form_of(other.get(url))
    expect(Browser(console).post("/login/link", form).status == 403, "a form of another browser")
    answer = browser.post("/login/link", form, headers={"Origin": "http://evil.example"})
    expect(answer.status == 403 and "countersign" not in browser.own_cookies, f"another site's form: {answer}")
    answer = browser.post("/login/link", form, headers={"Origin": console, "Sec-Fetch-Site": "same-origin"})
    expect(answer.status == 303 and answer.location == "/", answer)
    me = browser.me().json
    expect(me["id"].startswith("local:") and me["fresh"] is True, me)
    expect(set(me["capabilities"]) == {"auditor", "administrator", "approver"}, me)
    for again in (other.get(url), other.post("/login/link", form), browser.post("/login/link", form)):
        expect(again.status == 403, f"a link served twice: {again}")

    # They approve where a grant names `local`, and nowhere else.
    held = Held("local", "DELETE FROM public.orders WHERE id = 853")
    approval = held.approval(browser)
    expect(browser.answer(approval, "approve").status == 200 and held.end() == 1, held.result)
    held = Held("held", "DELETE FROM public.orders WHERE id = 854")
    approval = held.approval(browser)
    expect(approval["may_answer"] is False, approval)
    refused = browser.answer(approval, "approve")
    expect(refused.status == 409, f"the local operator was one of a group: {refused}")
    command("approvals", "deny", approval["id"], "--data", data, code=1)

    # A terminal of the local operator's.
    terminal = Terminal()
    page = browser.get(terminal.address)
    expect(page.status == 200 and terminal.code in page.text, page)
    Browser(console).get(browser.post("/login/cli", {**form_of(page), "answer": "yes"}).location)
    terminal.end()
    expect(json.loads(command("whoami", "--json")[0])["id"].startswith("local:"), "another person")
    sessions()
    command("logout")


def sessions():
    """What a terminal sees and ends of sessions, from anywhere."""
    import psycopg

    with psycopg.connect(user="local", autocommit=True) as job:
        job.execute("SELECT count(*) FROM public.orders")
        listed = [json.loads(line) for line in command("sessions", "list", "--json", "--url", console)[0].splitlines()]
        mine = [one for one in listed if one["roles"] == ["local"]][-1]
        words = command("sessions", "list", "--url", console)[0]
        source = f"{mine['source']['address']}:{mine['source']['port']}"
        for word in (mine["id"], "orders-db/orders", source, "local"):
            expect(word in words, f"sessions list does not say {word}: {words}")
        shown = ""
        deadline = time.monotonic() + 60
        # The index follows the ledger.
        while "SELECT count(*) FROM public.orders" not in shown:
            expect(time.monotonic() < deadline, f"sessions show: {shown}")
            shown = command("sessions", "show", mine["id"], "--url", console)[0]
        expect("live" in shown, shown)
        records = [json.loads(line) for line in command("sessions", "show", mine["id"], "--json", "--url", console)[0].splitlines()]
        expect([one["kind"] for one in records] == ["session.opened", "command"], records)
        expect("was ended" in command("sessions", "kill", mine["id"], "--url", console)[0], "kill")
        try:
            job.execute("SELECT 1")
            sys.exit("a session outlived its end")
        except psycopg.Error:
            pass
    other = "01JD4Y9Q3K8TZ6V5W2X1R0P7NM"
    for verb in ("kill", "show"):
        errors = command("sessions", verb, other, "--url", console, code=1)[1]
        expect(other in errors and errors.count("\n") == 1, errors)
    audit(mine["id"])
    status = json.loads(command("status", "--json", "--url", console)[0])
    expect(status["sessions"]["live"] >= 0, status)


def audit(session):
    """The same records from anywhere as from the files of the gateway's machine."""
    data = os.environ["DATA"]
    def both(*arguments):
        there = command("audit", *arguments, "--url", console)[0]
        expect(there == command("audit", *arguments, "--data", data)[0], f"{arguments}: {there}")
        return there
    filters = ["--session", session]
    lines = both("search", "--json", "--kind", "all", "--oldest-first", *filters).splitlines()
    kinds = [json.loads(line)["kind"] for line in lines]
    expect(kinds == ["session.opened", "command", "session.killed", "session.closed"], kinds)
    both("search", *filters)
    both("search", "--json", "--kind", "all", "--limit", "2", "--after", str(json.loads(lines[2])["index"]), *filters)
    expect("SELECT count(*)" in both("search", "--object", "orders", "--since", "1h", "--text", "count", *filters), "object")
    both("tail", "-n", "3", "--json", "--kind", "all", *filters)
    both("export", *filters)
    record = json.loads(lines[1])["id"]
    for options in ([], ["--json"]):
        expect("SELECT count(*)" in both("show", record, *options), "no statement")
        both("show", session, *options)
    tail = subprocess.Popen(
        [countersign, "audit", "tail", "-f", "-n", "0", "--json", "--url", console], stdout=subprocess.PIPE, text=True,
        env={"PATH": os.environ["PATH"], "XDG_CONFIG_HOME": home},
    )
    import psycopg

    done = threading.Event()

    def work():
        # Until the tail has begun, what is new is no news to it.
        with psycopg.connect(user="local", autocommit=True) as job:
            while not done.wait(0.2):
                job.execute("SELECT id FROM public.orders WHERE id = 1")

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        first, second = json.loads(tail.stdout.readline()), json.loads(tail.stdout.readline())
        expect(second["index"] > first["index"] and first["outcome"]["status"] == "ok", f"tail: {first} {second}")
    finally:
        tail.kill()
        done.set()
        worker.join(60)
    file = os.path.join(home, "one.countersign")
    command("ledger", "prove", record, "--out", file, "--wait", "60", "--url", console)
    key = os.path.join(home, "key")
    with open(key, "w", encoding="utf-8") as text:
        text.write(command("ledger", "key", "--data", data)[0])
    verified = subprocess.run([countersign + "-verify", file, "--key", key], text=True, stdout=subprocess.PIPE, timeout=60)
    expect(verified.returncode == 0 and "SELECT count(*)" in verified.stdout, verified)
    for many in (["ledger", "prove", session], ["evidence", *filters]):
        command(*many, "--out", file, "--wait", "60", "--url", console)
        verified = subprocess.run([countersign + "-verify", file, "--key", key, "--json"], text=True, stdout=subprocess.PIPE, timeout=60)
        expect(verified.returncode == 0 and "session.closed" in verified.stdout, verified)
    taken = json.loads(both("search", "--json", "--kind", "evidence.taken", "--limit", "1"))["act"]
    expect(taken["filters"] == f"kind all, session {session}" and taken["channel"] == "cli", taken)
    other = "01JD4Y9Q3K8TZ6V5W2X1R0P7NM"
    for refused in (["audit", "show", other], ["ledger", "prove", other, "--out", file], ["audit", "export", "--format", "csv"]):
        errors = command(*refused, "--url", console, code=1)[1]
        expect(errors.count("\n") == 1, errors)
    claims = os.path.join(home, "job.json")
    with open(claims, "w", encoding="utf-8") as text:
        part = os.environ["PGPASSWORD"].split(".")[1]
        text.write(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode())
    question = ["policy", "explain", "--claims", claims, "--target", "orders-db", "--user", "local", "--sql"]
    told = command(*question, "DELETE FROM orders", "--url", console)[0]
    expect("hold" in told and "delete public.orders" in told, told)
    expect(json.loads(command(*question, "DROP TABLE orders", "--json", "--url", console)[0])["outcome"] == "deny", "explain")


{"login": login, "attacks": attacks, "link": link}[sys.argv[1]]()
print("ok", flush=True)
