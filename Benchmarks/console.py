"""The console's pages and API before a gateway with the ledger and the index that `Benchmarks/console` made, and live sessions.

    console.py --gateway PROGRAM --data FOLDER [--sessions 2000]

What is printed is the median and the longest of nine answers, in milliseconds, from the first byte sent to the last one read.
"""
import argparse, http.client, os, statistics, subprocess, sys, time, urllib.parse

here = os.path.dirname(os.path.abspath(__file__))
sys.path += [here, os.path.join(here, "../Tests/Integration/clients")]
import psycopg
from browser import Browser
from pgbench import Lab, as_postgres, free_port, wait_for

ASKED = [
    "/status", "/me", "/sessions", "/sessions?role=bench", "/sessions?state=ended", "/sessions?state=ended&role=retired",
    "/roles", "/principals", "/records", "/records?limit=200", "/records?kind=all",
    "/records?principal=project_path:team-7/service-107:ref_type:branch:ref:main", "/records?principal=retired",
    "/records?role=role-7", "/records?role=retired", "/records?owner=owner-3@example.com",
    "/records?pipeline=pipeline-107", "/records?run=run-4711", "/records?commit=c0ffee4711",
    "/records?repository=team-7/service-107", "/records?triggered_by=person-7", "/records?target=db-3",
    "/records?target=db-0", "/records?object=public.table_17", "/records?object=public.table_1*",
    "/records?action=delete", "/records?action=drop", "/records?decision=deny", "/records?decision=hold",
    "/records?decision=allow", "/records?since=2026-09-23&until=2026-09-24", "/records?until=2026-09-21T14:00:00Z",
    "/records?text=select", "/records?text=column_7", "/records?text=needle", "/records?kind=session.opened",
    "/records?decision=deny&role=role-7", "/facets", "/facets?role=role-7", "/facets?decision=deny", "/facets?text=select",
    "/facets?target=db-0", "/facets?action=delete",
]

PAGES = [
    "/", "/health", "/sessions", "/sessions?state=ended", "/audit", "/audit?decision=deny", "/audit?text=select",
    "/audit?role=role-7&kind=all", "/audit?object=public.table_1*", "/approvals", "/identities", "/roles/bench",
]


class Site(Lab):
    def provider(self):
        """Where the auditor logs in: the tests' own provider."""
        self.provider_port = free_port()
        script = os.path.join(here, "../Tests/Integration/clients/own_provider.py")
        self.start([sys.executable, script, str(self.provider_port)], "provider")
        wait_for(self.provider_port, "the provider")

    def more_connections(self, count):
        home = self.path("pg")
        subprocess.run(["psql", "-q", "-h", home, "-p", str(self.pg_port), "-U", "postgres", "-c",
                        f"alter system set max_connections = {count}"], check=True)
        bindir = os.path.dirname(os.path.realpath(subprocess.check_output(["sh", "-c", "ls /usr/lib/postgresql/*/bin/pg_ctl | tail -1"], text=True).strip()))
        subprocess.run(as_postgres([bindir + "/pg_ctl", "-D", home + "/data", "-w", "-m", "fast", "stop"]), check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.start(as_postgres([bindir + "/postgres", "-D", home + "/data"]), "postgres-again")
        wait_for(self.pg_port, "PostgreSQL")
        time.sleep(1)

    def console(self, data):
        self.port, self.console_port = free_port(), free_port()
        self.write("password", self.password, 0o600)
        self.write("client-secret", "client-secret-of-a-test", 0o600)
        config = self.write("console.yaml", f"""version: 1
data: {data}
listen: {{postgres: {{address: "127.0.0.1:{self.port}"}}, console: {{address: "127.0.0.1:{self.console_port}"}}}}
ledger: {{origin: bench.example/console}}
issuers: {{ci: {{type: oidc, issuer: "https://ci.example.com", audience: countersign, preset: generic, jwks: {{file: jwks.json}}, max_token_age: 24h}}}}
people: {{ana@example.com: {{name: A, groups: [audit]}}}}
targets: {{bench: {{type: postgres, address: "127.0.0.1:{self.pg_port}", tls: {{mode: disable}}, database: bench, credential: {{user: bench, password: {{file: password}}}}}}}}
roles: {{bench: {{owner: ana@example.com, expires: 2099-01-01, bind: [{{issuer: ci, claims: {{project: "1"}}}}], session: {{idle: 8h, max_duration: 24h}}, grants: [{{target: bench, allow: {{select: ["public.*"]}}}}]}}}}
limits: {{sessions: 4000, half_open: 200}}
login: {{issuer: "http://127.0.0.1:{self.provider_port}", client: countersign, secret: {{file: client-secret}}, url: "http://127.0.0.1:{self.console_port}", auditors: ["group:audit"]}}
""")
        self.start([self.gateway, "serve", "--config", config, "--log-level", "warning"], "gateway")
        wait_for(self.console_port, "the console", deadline=600)


def ask(site, cookie, path):
    connection = http.client.HTTPConnection("127.0.0.1", site.console_port, timeout=60)
    connection.connect()
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    body = response.read()
    took = (time.perf_counter() - began) * 1000
    connection.close()
    if response.status == 429:
        time.sleep(1)
        return ask(site, cookie, path)
    assert response.status == 200, f"{path}: {response.status} {body[:300]}"
    return took, len(body)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gateway", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--sessions", type=int, default=2000)
    options = parser.parse_args()
    site = Site(options.gateway)
    try:
        token = site.token()
        site.certificates()
        site.postgres(1)
        site.more_connections(options.sessions + 100)
        site.provider()
        site.console(os.path.abspath(options.data))
        live = [psycopg.connect(site.dsn(site.port, "bench", "bench", False), password=token) for _ in range(options.sessions)]
        browser = Browser(f"http://127.0.0.1:{site.console_port}")
        there = browser.get("/login").location
        browser.get(browser.get(there + "&who=ana").location)
        cookie = "; ".join(f"{name}={value}" for name, value in browser.own_cookies.items())
        time.sleep(5)
        print(f"{len(live)} live sessions\naddress | median ms | longest ms | bytes")
        worst = 0
        for path in PAGES + ['/api/v1' + path for path in ASKED]:
            times = [ask(site, cookie, path) for _ in range(10)][1:]
            median, longest = statistics.median(t for t, _ in times), max(t for t, _ in times)
            worst = max(worst, median)
            print(f"{path} | {median:.1f} | {longest:.1f} | {times[0][1]}", flush=True)
        print(f"the slowest median: {worst:.1f} ms")
    finally:
        site.close()


main()
