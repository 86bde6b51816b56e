"""The API as its users see it, and attacks on it, before a provider of the test's own.

    api_client.py PART CONSOLE PROVIDER_PORT FOLDER
"""

import base64
import hashlib
import os
import subprocess
import sys
import threading
import time
import urllib.parse

import psycopg

import tlog
from browser import Browser
from held import Held, expect
from own_provider import Tongue

console, provider, folder = sys.argv[2], Tongue(int(sys.argv[3])), sys.argv[4]


def log_in(who):
    browser = Browser(console)
    there = browser.get("/login").location
    answer = browser.get(browser.get(f"{there}&who={who}").location)
    expect(answer.status == 303 and browser.me().status == 200, f"{who} could not log in: {answer}")
    return browser


def get(browser, path, status=200, **parameters):
    query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
    answer = browser.get("/api/v1" + path + query)
    expect(answer.status == status, f"{path}{query}: {answer}")
    return answer.json if status == 200 else answer


def until(what, look):
    deadline = time.monotonic() + 120
    while True:
        found = look()
        if found:
            return found
        expect(time.monotonic() < deadline, f"it did not come to it: {what}")
        time.sleep(0.1)


def run(role, *statements):
    with psycopg.connect(user=role, autocommit=True) as connection:
        for statement in statements:
            try:
                connection.execute(statement)
            except psycopg.Error:
                pass


def verify(proof):
    """RFC 9162 section 2.1.3.2."""
    leaf = tlog.leaf(base64.b64decode(proof["entry"]))
    expect(leaf == base64.b64decode(proof["leaf"]), "the leaf is not of the entry")
    first, last, found = proof["index"], proof["size"] - 1, leaf
    for sibling in map(base64.b64decode, proof["hashes"]):
        if first & 1 or first == last:
            found = tlog.node(sibling, found)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            found = tlog.node(found, sibling)
        first, last = first >> 1, last >> 1
    expect(last == 0 and found == base64.b64decode(proof["root"]), f"the proof does not hold: {proof}")
    lines = proof["checkpoint"].split("\n")
    expect(lines[1] == str(proof["size"]) and lines[2] == proof["root"], f"another checkpoint: {proof}")


def walk():
    """What an auditor and an administrator do in a day."""
    fay, gil, ana = log_in("fay"), log_in("gil"), log_in("ana")
    marked = f"SELECT id FROM public.orders WHERE note = 'marked' OR id = {os.getpid()}"
    run("held", "SELECT 1 FROM public.orders", marked, "DROP TABLE public.orders")
    run("other", "SELECT 2 FROM public.orders")

    # Search: what has just run is found, by each filter that fits, and by none that does not.
    found = until("it is found", lambda: get(fay, "/records", text="marked")["records"])
    record = found[0]
    expect(len(found) == 1 and record["role"] == "held" and record["command"]["text"] == marked, found)
    expect(record["outcome"]["status"] in ("ok", "error"), record)
    fits = {
        "role": "held", "owner": "ana@example.com", "target": "orders-db", "decision": record["decision"]["outcome"],
        "session": record["session"], "principal": record["principal"]["subject"], "since": "1h", "action": "select",
    }
    for name, value in fits.items():
        page = get(fay, "/records", **{"text": "marked", name: value})
        expect([r["id"] for r in page["records"]] == [record["id"]], f"{name}={value}: {page}")
    for name, value in {"role": "other", "target": "x", "until": "1h", "decision": "deny", "action": "drop"}.items():
        page = get(fay, "/records", **{"text": "marked", name: value})
        expect(page["records"] == [] and page["next"] is None and page["complete"], f"{name}={value}: {page}")
    denied = get(fay, "/records", decision="deny", action="drop")["records"]
    expect(denied and denied[0]["outcome"]["status"] == "denied", denied)
    facets = get(fay, "/facets", role="held")
    expect(facets["complete"] and {"value": "held", "count": facets["counted"]} in facets["facets"]["role"], facets)

    # Pages: what is recorded meanwhile shifts nothing.
    whole = get(fay, "/records", limit=200, kind="all")
    expect(whole["next"] is None, "the ledger of this test is not small")
    ids, cursor = [], None
    while True:
        page = get(fay, "/records", limit=3, kind="all", **({"cursor": cursor} if cursor else {}))
        ids += [r["id"] for r in page["records"]]
        run("held", "SELECT 3 FROM public.orders")
        cursor = page["next"]
        if cursor is None or len(ids) > 500:
            break
    expect(ids == [r["id"] for r in whole["records"]], f"pages differ: {len(ids)} and {len(whole['records'])}")

    # One record, its proof, its bundle.
    expect(get(fay, f"/records/{record['id']}")["command"] == record["command"], "another record")
    proof = until("a checkpoint covers it", lambda: get_if(fay, f"/records/{record['id']}/proof"))
    verify(proof)
    bundle = until("a bundle", lambda: raw(fay, f"/records/{record['id']}/bundle"))
    with open(os.path.join(folder, "one.countersign"), "wb") as file:
        file.write(bundle)
    digest = hashlib.sha256(bundle).hexdigest()
    acts = until("that it was taken", lambda: get(fay, "/records", kind="evidence.taken")["records"])
    expect(acts[0]["act"]["sha256"] == digest and acts[0]["principal"]["subject"] == "fay@example.com", acts)
    expect(acts[0]["act"]["record"] == record["id"] and len(acts) == 1, acts)

    # Sessions that live, and one that many end at once.
    connection = psycopg.connect(user="held", autocommit=True)
    live = get(fay, "/sessions", role="held")["sessions"]
    expect(len(live) == 1 and live[0]["state"] == "live", live)
    path = f"/sessions/{live[0]['id']}"
    expect(until("it is indexed", lambda: get(fay, path)["records"])[0]["kind"] == "session.opened", "no beginning")
    expect(get(fay, "/roles/held")["live"] == 1, "the role is not in use")
    for browser in (fay, ana):
        expect(browser.post(f"/api/v1{path}/kill", {"form_token": browser.form_token}).status == 403, "anybody kills")
    expect(gil.post(f"/api/v1{path}/kill", {"form_token": fay.form_token}).status == 403, "another's form kills")
    answers, barrier = [], threading.Barrier(5)

    def kill():
        barrier.wait()
        form = {"form_token": gil.form_token, "reason": "runs <b>wild</b>"}
        answers.append(gil.post(f"/api/v1{path}/kill", form).status)

    threads = [threading.Thread(target=kill) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(sorted(answers)[0] == 200 and set(sorted(answers)[1:]) <= {404, 409}, f"kills in a race: {answers}")
    try:
        connection.execute("SELECT 4 FROM public.orders")
        expect(False, "a session that was ended runs on")
    except psycopg.Error as error:
        expect("gil@example.com" in str(error) or connection.closed, f"{error}")
    ended = until("it has ended", lambda: [s for s in get(fay, "/sessions", state="ended")["sessions"]
                                           if s["id"] == live[0]["id"]])
    expect(ended[0]["state"] == "ended" and "gil@example.com" in ended[0]["end_reason"], ended)
    kinds = [r["kind"] for r in get(fay, path)["records"]]
    expect(kinds[0] == "session.opened" and kinds.count("session.killed") == 1, kinds)
    acts = get(fay, "/records", kind="session.killed")["records"]
    expect(acts[0]["act"]["reason"] == "runs <b>wild</b>", acts)

    # Roles, principals, the overview, the policy.
    roles = {role["name"]: role for role in get(fay, "/roles")["roles"]}
    expect(roles["held"]["owner"]["name"] == "Ana Silva" and roles["held"]["last_use"], roles)
    detail = get(fay, "/roles/held")
    expect(detail["bind"][0]["claims"][0] == {"claim": "project_id", "is": "exact", "values": ["4711"]}, detail)
    expect({"verdict": "hold", "action": "delete", "object": "public.orders"}.items()
           <= detail["allowed"][0]["rules"][-1].items(), detail)
    get(fay, "/roles/nosuch", status=404)
    principals = get(fay, "/principals")["principals"]
    expect(record["principal"]["subject"] in [p["subject"] for p in principals], principals)
    status = get(ana, "/status")
    expect(status["commands"]["total"] >= 5 and status["denied"]["minute"] >= 1, status)
    expect(status["readiness"]["status"] == "ready" and status["ledger"]["state"] == "accepting", status)
    question = {
        "claims": '{"project_id": "4711", "pipeline_id": "1", "job_id": "2", "sub": "x", "ref": "main"}', "issuer": "ci", "target": "orders-db",
        "sql": "DELETE FROM public.orders", "role": "held", "form_token": fay.form_token,
    }
    answer = fay.post("/api/v1/explain", question)
    expect(answer.status == 200 and answer.json["outcome"] == "hold", answer)
    for field, value in {"claims": "{", "target": "x" * 9000, "source": "nowhere", "issuer": "nosuch"}.items():
        answer = fay.post("/api/v1/explain", {**question, field: value})
        expect(answer.status in (200, 400) and answer.json.get("outcome", "refused") == "refused", f"{field}: {answer}")

    # Sessions have read what the target holds: `*` is its columns.
    answer = fay.post("/api/v1/explain", {**question, "sql": "SELECT * FROM public.orders"})
    expect(0 <= answer.json["catalog_age_s"] < 600, answer)
    expect({"id", "status"} <= set(answer.json["effects"][0]["effect"]["columns"]), answer)
    page = fay.post("/explain", {**question, "sql": "SELECT * FROM public.orders"})
    expect("Columns are those that a session read" in page.text, page)

    # What is not for somebody is not for them by any address, and nobody's cookie asks for a bundle from elsewhere.
    ids = {"records": record["id"], "sessions": live[0]["id"]}
    for path in (
        "/records", "/facets", f"/records/{ids['records']}", f"/records/{ids['records']}/proof",
        f"/records/{ids['records']}/bundle", "/sessions", f"/sessions/{ids['sessions']}", "/roles", "/roles/held",
        "/principals",
    ):
        for browser in (ana, gil):
            get(browser, path, status=403)
        expect(Browser(console).get("/api/v1" + path).status == 401, path)
    answer = fay.get(f"/api/v1/records/{record['id']}/bundle", headers={"Sec-Fetch-Site": "cross-site"})
    expect(answer.status == 403, answer)

    # Whoever asks without end is told when to go on; others are not held up by it.
    deadline, answer = time.monotonic() + 60, None
    while answer is None or answer.status == 200:
        answer = ana.get("/api/v1/me")
        expect(time.monotonic() < deadline, "asked without end, and nobody said anything")
    expect(answer.status == 429 and answer.headers["Retry-After"] == "1", answer)
    get(fay, "/status")


def get_if(browser, path):
    answer = browser.get("/api/v1" + path)
    expect(answer.status in (200, 409), f"{path}: {answer}")
    return answer.json if answer.status == 200 else None


def raw(browser, path):
    """The bytes of a file; None where it is not to be had yet."""
    cookie = f"countersign={browser.own_cookies['countersign']}"
    result = subprocess.run(
        ["curl", "-sS", "--max-time", "60", "-w", "%{stderr}%{http_code}", "-H", f"Cookie: {cookie}",
         f"{console}/api/v1{path}"],
        capture_output=True, check=True,
    )
    status = int(result.stderr[-3:])
    expect(status in (200, 409), f"{path}: {status} {result.stdout[:300]}")
    return result.stdout if status == 200 else None


def schema():
    """The answers to made-up questions are those that the API's description says."""
    run("held", "SELECT 1 FROM public.orders", "DROP TABLE public.orders")
    max_ = log_in("max")
    held = Held("held", "DELETE FROM public.orders WHERE id = 911")
    held.approval(max_)
    token = max_.own_cookies["countersign"]
    result = subprocess.run(
        [
            os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", f"{console}/api/v1/openapi.json",
            "--header", f"Authorization: Bearer {token}", "--phases", "examples,coverage,fuzzing",
            "--max-examples", os.environ.get("EXAMPLES", "8"), "--seed", "7", "--rate-limit", "18/s",
            "--exclude-path", "/approvals/events", "--request-timeout", "60", "--max-time", os.environ.get("SCHEMA_SECONDS", "40"), "--warnings", "off",
            "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,"
            "response_schema_conformance,response_headers_conformance,ignored_auth,negative_data_rejection",
            "--suppress-health-check", "all", "--generation-database", "none", "--no-color",
        ],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "api_hooks", "PYTHONPATH": os.path.dirname(os.path.abspath(__file__))},
    )
    if result.returncode:
        print("\n".join(line[:300] for line in result.stdout.splitlines()[-250:]))
    expect(result.returncode == 0, "what the API answers is not what it says")


{"walk": walk, "schema": schema}[sys.argv[1]]()
print("ok", flush=True)
