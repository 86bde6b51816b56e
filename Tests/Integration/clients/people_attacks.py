"""Approvals by people over HTTP, and attacks on them, before a provider of the test's own.

    people_attacks.py PART CONSOLE PROVIDER_PORT
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

from browser import Browser
from held import Held, expect
from own_provider import Tongue

console = sys.argv[2]
provider = Tongue(int(sys.argv[3]))


def begin(browser, path="/login"):
    answer = browser.get(path)
    expect(answer.status == 303 and answer.location.startswith(provider.url + "/auth?"), f"{path}: {answer}")
    return answer


def callback(browser, url, who):
    """What the provider answers, as the URL of the callback."""
    return browser.get(f"{url}&who={who}").location


def log_in(who, browser=None, path="/login"):
    browser = browser or Browser(console)
    answer = browser.get(callback(browser, begin(browser, path).location, who))
    expect(answer.status == 303, f"{who} could not log in: {answer}")
    expect(browser.me().status == 200, f"{who} is not in")
    return browser


def count(row):
    import psycopg

    with psycopg.connect(os.environ["DIRECT"]) as connection:
        return connection.execute("SELECT count(*) FROM orders WHERE id = %s", [row]).fetchone()[0]


def approving():
    """Approve, deny, quorum, self-approval, races: what the product is for."""
    ana, bo, cy = log_in("ana"), log_in("bo"), log_in("cy")
    held = Held("held", "DELETE FROM public.orders WHERE id = 811")
    approval = held.approval(ana)
    expect(approval["requesters"][0] == "bo", approval)
    own = held.approval(bo)
    expect(own["may_answer"] is False and "own request" in own["may_not_answer_because"], own)
    refused = bo.answer(own, "approve")
    expect(refused.status == 409 and "own request" in refused.json["detail"], f"bo approved what bo asked: {refused}")
    mine = Held("held", "DELETE FROM public.orders WHERE id = 819")
    expect(bo.answer(mine.approval(bo), "deny", "not now").status == 200, "bo could not take back what bo asked")
    expect("not now" in str(mine.end()), "it was not told who took it back")
    for digest in ("", "0" * 64, approval["digest"].upper(), approval["digest"] + " "):
        refused = ana.answer(approval, "approve", form={"digest": digest})
        expect(refused.status in (400, 409), f"digest {digest!r}: {refused}")
    expect(ana.answer(approval, "approve", "x" * 1001).status == 409, "a reason without end")
    expect(ana.answer(approval, "maybe").status == 400, "an answer that is none")
    expect(count(811) == 1, "a delete ran before it was approved")
    taken = ana.answer(approval, "approve", "a + b & c = <b>")
    expect(taken.status == 200 and taken.json["state"] == "approved", taken)
    expect(taken.json["answers"][0]["reason"] == "a + b & c = <b>", taken)
    expect(held.end() == 1 and count(811) == 0, "the approved delete did not run")
    expect(cy.answer(approval, "deny").status == 409, "an answer after the end")

    # The same statement again asks again, and an answer for the one is none for the other.
    held = Held("held", "DELETE FROM public.orders WHERE id = 811")
    second = held.approval(ana)
    expect(second["id"] != approval["id"] and second["digest"] != approval["digest"], second)
    expect(ana.answer(second, "approve", form={"digest": approval["digest"]}).status == 409, "an old digest")
    expect(ana.answer(second, "deny", "seen before").status == 200, "no denial")
    expect("seen before" in str(held.end()), "a denial without its reason")

    # Two must say yes: the same person twice is one.
    held = Held("paired", "DELETE FROM public.orders WHERE id = 812")
    approval = held.approval(ana)
    expect(approval["missing"] == 2, approval)
    first = ana.answer(approval, "approve")
    expect(first.status == 200 and first.json["state"] == "waiting" and first.json["missing"] == 1, first)
    other_browser = log_in("ana")
    again = other_browser.answer(approval, "approve")
    expect(again.status == 409 and "already" in again.json["detail"], f"one person was two: {again}")
    expect(count(812) == 1, "half a quorum was enough")
    expect(cy.answer(approval, "approve").json["state"] == "approved", "the second yes")
    expect(held.end() == 1 and count(812) == 0, "the delete of two approvers did not run")

    # Many answers at the same moment are one answer.
    held = Held("held", "DELETE FROM public.orders WHERE id = 813")
    approval = held.approval(ana)
    barrier, answers = threading.Barrier(8), []

    def race(browser, verdict):
        barrier.wait()
        answers.append(browser.answer(approval, verdict).status)

    threads = [
        threading.Thread(target=race, args=(browser, verdict))
        for browser in (ana, cy) for verdict in ("approve", "deny") * 2
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(sorted(answers) == [200] + [409] * 7, f"answers in a race: {answers}")
    result = held.end()
    expect((count(813) == 0) == (result == 1), f"the race left {result!r}")

    # Two clients with the same text wait for two answers.
    one, two = Held("held", "DELETE FROM public.orders WHERE id = 814"), None
    first = one.approval(ana)
    two = Held("held", "DELETE FROM public.orders WHERE id = 814")
    deadline = time.monotonic() + 60
    while len([a for a in ana.approvals() if a["command"]["text"] == two.sql and a["state"] == "waiting"]) < 2:
        expect(time.monotonic() < deadline, "the second client does not wait")
        time.sleep(0.05)
    expect(ana.answer(first, "approve").status == 200, "the first client's")
    one.end()
    second = two.approval(ana)
    expect(second["id"] != first["id"] and two.result is None, "one yes let two clients run")
    ana.answer(second, "deny")
    two.end()


def boundaries():
    """Who may see and answer what; forms of other sites; headers; sessions."""
    ana, dan, fay, gil = log_in("ana"), log_in("dan"), log_in("fay"), log_in("gil")
    held = Held("held", "DELETE FROM public.orders WHERE id = 821 /* <script>alert(1)</script> \u202e */")
    approval = held.approval(ana)
    path = f"/api/v1/approvals/{approval['id']}"

    # Dan approves for another group: what is not his to answer he is not told of, and cannot answer.
    expect(all(a["id"] != approval["id"] for a in dan.approvals()), "dan sees what is not his")
    for answer in (dan.get(path), dan.answer(approval, "approve"), dan.answer(approval, "deny")):
        expect(answer.status == 404, f"dan: {answer}")
    # Fay audits: she sees it, and cannot answer. Gil is one of the people, and nothing more.
    expect(fay.get(path).status == 200 and fay.answer(approval, "deny").status == 403, "fay, an auditor")
    for url in ("/api/v1/approvals", path, "/api/v1/approvals/events"):
        expect(gil.get(url).status == 403, f"gil may {url}")
        expect(Browser(console).get(url).status == 401, f"anybody may {url}")
    expect(gil.answer(approval, "deny").status == 403, "gil answered")
    expect(Browser(console).answer(approval, "deny").status == 401, "anybody answered")
    for other in ("0" * 26, "x", "..", "%2e%2e", approval["id"].lower() + "0", "'"):
        expect(ana.get(f"/api/v1/approvals/{other}").status == 404, f"an approval called {other}")

    # Forms of other sites, and of other sessions.
    def denied(what, **more):
        answer = ana.answer(approval, "deny", **more)
        expect(answer.status == 403, f"{what}: {answer}")

    ana_elsewhere = log_in("ana")
    denied("no token", form={"form_token": ""})
    denied("a wrong token", form={"form_token": "A" * 43})
    denied("another person's token", form={"form_token": fay.form_token})
    denied("the token of another session", form={"form_token": ana_elsewhere.form_token})
    for origin in ("https://evil.example", "null", console + ".evil.example", console.replace("http:", "https:")):
        denied(f"from {origin}", headers={"Origin": origin})
    for site in ("cross-site", "same-site", "none"):
        denied(f"from a {site} page", headers={"Sec-Fetch-Site": site})
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        answer = ana.request(method, path + "/answer", {"answer": "deny"})
        expect(answer.status in (404, 405), f"{method}: {answer}")
    answer = ana.get(path + f"/answer?answer=deny&digest={approval['digest']}&form_token={ana.form_token}")
    expect(answer.status in (404, 405), f"a link answered: {answer}")
    expect(ana.post("/logout", {}).status == 403, "another site logs people out")
    expect(ana.post("/logout", {}, headers={"Origin": "https://evil.example"}).status == 403, "another site, logout")
    expect(Browser(console).post("/logout", {}).status == 401, "a logout of nobody")

    # A session's secret as a bearer token, for programs; nothing else is one.
    secret = ana.own_cookies["countersign"]
    program = Browser(console)
    bearer = {"Authorization": f"Bearer {secret}"}
    expect(program.get("/api/v1/me", headers=bearer).status == 200, "a bearer token")
    for value in ("Bearer ", f"bearer {secret}x", f"Basic {secret}", "Bearer " + "A" * 43, f"Bearer {ana.form_token}"):
        expect(program.get("/api/v1/me", headers={"Authorization": value}).status == 401, f"{value}")
        expect(ana.get("/api/v1/me", headers={"Authorization": value}).status == 401, f"{value} fell back to a cookie")
    digest = subprocess.run(
        ["openssl", "dgst", "-sha256", "-binary"], input=secret.encode(), stdout=subprocess.PIPE, check=True
    ).stdout.hex()
    expect(program.get("/api/v1/me", headers={"Authorization": f"Bearer {digest}"}).status == 401, "a digest is no key")

    # What browsers are told with every answer, errors included.
    for url in ("/api/v1/me", "/api/v1/approvals", path, "/login/callback", "/login", "/no-such-page", "/healthz"):
        for browser in (ana, Browser(console)):
            answer = browser.get(url)
            told = answer.headers
            expect(told.get("X-Frame-Options") == "DENY", f"{url} may be framed: {answer}")
            policy = told.get("Content-Security-Policy", "")
            expect("frame-ancestors 'none'" in policy and "default-src 'none'" in policy, f"{url}: {answer}")
            expect("unsafe" not in policy, f"{url}: {answer}")
            expect(told.get("X-Content-Type-Options") == "nosniff", f"{url}: {answer}")
            expect(told.get("Cache-Control") == "no-store", f"{url} is kept: {answer}")
            expect("Access-Control-Allow-Origin" not in told, f"{url} is for other sites: {answer}")
    answer = ana.get(path)
    expect(answer.headers["Content-Type"].startswith("application/json"), answer)
    expect(answer.json["command"]["text"] == held.sql, "a hostile text was changed")

    # Forms without end, and without haste.
    for size in (70_000, 5_000_000):
        try:
            answer = ana.post(path + "/answer", {"answer": "deny", "reason": "x" * size}, timeout=30)
            expect(answer.status == 413, f"a form of {size} bytes: {answer}")
        except (ConnectionError, http.client.HTTPException):
            pass  # closed while it was still being sent
    for body in (b"%", b"%zz=1", b"answer=%ff%fe", b"a" * 1000, b"&&&&====", b"\x00" * 64):
        answer = ana.request("POST", path + "/answer", body)
        expect(answer.status in (400, 403), f"{body[:20]}: {answer}")
    slow(path, ana)
    waiting = ana.get(path).json
    expect(waiting["state"] == "waiting" and waiting["answers"] == [], f"an attack was an answer: {waiting}")
    expect(ana.answer(approval, "deny", headers={"Origin": console, "Sec-Fetch-Site": "same-origin"}).status == 200, "")
    held.end()


def slow(path, browser):
    """A form whose bytes do not come is not waited for; nor is one of nobody."""
    for cookie, status in ((f"Cookie: countersign={browser.own_cookies['countersign']}\r\n", b"408"), ("", b"401")):
        parts = urllib.parse.urlsplit(console)
        with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
            began = time.monotonic()
            connection.sendall(
                f"POST {path}/answer HTTP/1.1\r\nHost: x\r\n{cookie}Content-Length: 60000\r\n\r\nanswer=".encode()
            )
            answer = connection.recv(4096)
            expect(status in answer.split(b"\r\n")[0], f"a slow form: {answer[:300]}")
            expect(time.monotonic() - began < 30, "a slow form was waited for")


def logins():
    """Attacks on the login itself: state, code, redirect, token, cookies."""
    # Cookies: out of reach of scripts, for this host, and gone when the login is over.
    browser = Browser(console)
    start = begin(browser)
    cookie = start.headers["Set-Cookie"]
    for word in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"):
        expect(word in cookie, f"the login's cookie lacks {word}: {cookie}")
    expect("Domain" not in cookie, cookie)
    url = callback(browser, start.location, "ana")
    done = browser.get(url)
    cookies = done.headers.get_all("Set-Cookie")
    session = [c for c in cookies if c.startswith("countersign=")][0]
    for word in ("HttpOnly", "SameSite=Lax", "Path=/"):
        expect(word in session, f"the session's cookie lacks {word}: {session}")
    expect("Domain" not in session and "Max-Age" not in session, session)
    expect(any(c.startswith("countersign-login=;") and "Max-Age=0" in c for c in cookies), cookies)
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(start.location).query)
    expect(query["code_challenge_method"] == ["S256"] and len(query["nonce"][0]) >= 43, query)

    # An answer serves once, in the browser that asked.
    expect(browser.get(url).status == 403, "a code and a state served twice")
    victim, attacker = Browser(console), Browser(console)
    begin(victim)
    theirs = callback(attacker, begin(attacker).location, "ana")
    expect(victim.get(theirs).status == 403 and "countersign" not in victim.own_cookies, "login CSRF")
    expect(Browser(console).get(theirs).status == 403, "another browser's answer")
    expect(attacker.get(theirs).status == 303, "the attempt was spent by somebody else")
    mixed, other = Browser(console), Browser(console)
    first, second = begin(mixed), begin(other)
    code = urllib.parse.parse_qs(urllib.parse.urlsplit(callback(other, second.location, "ana")).query)["code"][0]
    state = urllib.parse.parse_qs(urllib.parse.urlsplit(first.location).query)["state"][0]
    answer = mixed.get(f"/login/callback?code={code}&state={state}")
    expect(answer.status == 403, f"another login's code: {answer}")
    for query in ("", "?state=", "?state=x&code=y", f"?state={state}", "?code=x", "?error=access_denied&state=x"):
        answer = Browser(console).get("/login/callback" + query)
        expect(answer.status in (400, 403), f"{query}: {answer}")
    refused = Browser(console)
    state = urllib.parse.parse_qs(urllib.parse.urlsplit(begin(refused).location).query)["state"][0]
    answer = refused.get(f"/login/callback?state={state}&error=<script>alert(1)</script>&error_description=<b>")
    expect(answer.status == 403 and "<" not in answer.text, f"an error of a stranger is repeated: {answer}")

    # Fixation: a session that was there before is not the one after.
    browser = Browser(console)
    browser.own_cookies["countersign"] = "A" * 43
    log_in("ana", browser)
    expect(browser.own_cookies["countersign"] != "A" * 43, "a session was fixed")
    before = browser.own_cookies["countersign"]
    log_in("ana", browser, "/login/again")
    expect(browser.own_cookies["countersign"] != before, "a renewed session kept its name")
    expect(Browser(console).get("/api/v1/me", headers={"Authorization": f"Bearer {before}"}).status == 401, "the old one")

    # Nowhere but here.
    for path in (
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%0d%0aSet-Cookie:a=b",
        "javascript:alert(1)", "/\t/evil.example", " //evil.example", "http:evil.example", "%2f%2fevil.example",
        "/" + "x" * 3000, "/..//evil.example", "/.//evil.example",
    ):
        browser = Browser(console)
        start = browser.get("/login?return_to=" + urllib.parse.quote(path, safe="%"))
        expect(start.status == 303, f"{path!r}: {start}")
        done = browser.get(callback(browser, start.location, "ana"))
        there = urllib.parse.urljoin(console, done.location)
        expect(there.startswith(console + "/"), f"{path!r} leads to {done.location!r}")
        expect("a" not in browser.own_cookies, f"{path!r} set a cookie")

    # Tokens that an honest provider does not send.
    now = int(time.time())
    lies = {
        "another nonce": {"nonce": "x"}, "no nonce": {"nonce": None}, "another audience": {"aud": "other"},
        "another issuer": {"iss": "http://127.0.0.1:1"}, "over": {"exp": now - 3600, "iat": now - 7200},
        "no expiry": {"exp": None}, "an address nobody verified": {"email_verified": False},
        "an address nobody verified, in words": {"email_verified": "false"}, "nobody": {"email": None},
        "a name of control characters": {"email": "ana@example.com\n"}, "a list of names": {"email": ["ana@example.com"]},
        "another case": {"email": "Ana@example.com"}, "an empty name": {"email": ""}, "a long name": {"email": "a" * 9999},
        "for another client": {"aud": ["countersign", "other"], "azp": "other"},
    }
    for what, twist in lies.items():
        provider.say(twist)
        browser = Browser(console)
        answer = browser.get(callback(browser, begin(browser).location, "ana"))
        expect(answer.status == 403 and "countersign" not in browser.own_cookies, f"{what}: {answer}")
    provider.say(algorithm="none")
    browser = Browser(console)
    expect(browser.get(callback(browser, begin(browser).location, "ana")).status == 403, "a token that nobody signed")

    # When somebody proved who they are is the provider's word, and what cannot be is no word.
    for what, moment in {
        "none": None, "long ago": now - 7200, "1970": 0, "before": -(2**63), "milliseconds": now * 1000,
        "far": 2**63 - 1, "beyond": 10**30, "text": str(now), "a fraction": now + 0.5, "yes": True,
    }.items():
        provider.say({"auth_time": moment})
        browser = Browser(console)
        answer = browser.get(callback(browser, begin(browser).location, "ana"))
        if answer.status == 303:
            expect(browser.me().json["fresh"] is False, f"auth_time {what} is fresh")
            answer = browser.get(callback(browser, begin(browser, "/login/again").location, "ana"))
        expect(answer.status == 403, f"auth_time {what}: {answer}")
    provider.say()
    expect(log_in("ana").me().json["fresh"] is True, "a login of now is not fresh")


def stream():
    """Server-sent events: told of changes, and of nothing after a logout."""
    ana = log_in("ana")
    parts = urllib.parse.urlsplit(console)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    connection.request(
        "GET", "/api/v1/approvals/events", headers={"Cookie": f"countersign={ana.own_cookies['countersign']}"}
    )
    response = connection.getresponse()
    expect(response.status == 200 and response.headers["Content-Type"] == "text/event-stream", response.status)

    def event():
        line = response.readline()
        while line and not line.startswith(b"event:"):
            line = response.readline()
        return line

    expect(event() == b"event: changed\n", "no first event")
    held = Held("held", "DELETE FROM public.orders WHERE id = 831")
    approval = held.approval(ana)
    expect(event() == b"event: changed\n", "a hold was not told")
    fay = log_in("cy")
    expect(ana.post("/logout", {"form_token": ana.form_token}).status == 303, "no logout")
    expect(fay.answer(approval, "deny").status == 200, "no answer")
    held.end()
    expect(event() == b"", "an event after the logout")


def leaving():
    """Told `left`, the configuration was changed meanwhile: nothing of a session is left."""
    browsers = [log_in("cy"), log_in("ana")]
    print("in", flush=True)
    sys.stdin.readline()
    expect(browsers[0].get("/api/v1/me").status == 401, "who left is still in")
    expect(browsers[0].get("/api/v1/approvals").status == 401, "who left still sees")
    expect(browsers[1].get("/api/v1/me").status == 200, "who stayed is out")
    browser = Browser(console)
    answer = browser.get(callback(browser, begin(browser).location, "cy"))
    expect(answer.status == 403, f"who left logs in: {answer}")


def killed():
    """The gateway ends by SIGKILL between the approval and the end of the command."""
    import psycopg

    ana = log_in("ana")
    with psycopg.connect(os.environ["DIRECT"], autocommit=False) as blocker:
        blocker.execute("SELECT 1 FROM orders WHERE id = 841 FOR UPDATE")
        held = Held("held", "DELETE FROM public.orders WHERE id = 841")
        approval = held.approval(ana)
        expect(ana.answer(approval, "approve").status == 200, "no approval")
        with psycopg.connect(os.environ["DIRECT"], autocommit=True) as watcher:
            deadline = time.monotonic() + 60
            while watcher.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'DELETE%841'"
            ).fetchone()[0] != 1:
                expect(time.monotonic() < deadline, "the delete does not run")
                time.sleep(0.05)
            print(json.dumps({"id": approval["id"], "digest": approval["digest"]}), flush=True)
            sys.stdin.readline()
            expect(isinstance(held.end(), Exception), "the client saw an outcome")
            blocker.commit()
            while watcher.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DELETE%841' AND state <> 'idle'"
            ).fetchone()[0] != 0:
                expect(time.monotonic() < deadline, "the delete runs still")
                time.sleep(0.05)
    print("released", flush=True)
    sys.stdin.readline()
    expect(ana.me().status == 401, "a session outlived its gateway")
    ana = log_in("ana")
    # The ledger tells of it, and nobody can answer it.
    past = ana.get(f"/api/v1/approvals/{approval['id']}").json
    expect(past["from_ledger"] and past["state"] == "approved" and not past["may_answer"], past)
    expect(ana.answer(approval, "approve").status == 409, "an old approval was taken")
    expect(all(one["from_ledger"] and one["state"] != "waiting" for one in ana.approvals()), "something waits that nobody waits for")
    parts = urllib.parse.urlsplit(console)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    connection.request(
        "GET", "/api/v1/approvals/events", headers={"Cookie": f"countersign={ana.own_cookies['countersign']}"}
    )
    expect(connection.getresponse().readline() == b"event: changed\n", "no event")
    print("streaming", flush=True)
    sys.stdin.readline()


{
    "approving": approving, "boundaries": boundaries, "logins": logins, "stream": stream, "leaving": leaving,
    "killed": killed,
}[sys.argv[1]]()
print("ok", flush=True)
