"""What a held statement costs: resident memory and threads of the gateway, before and while many sessions wait.

    .build/venv/bin/python Benchmarks/holds.py --gateway .build/release/countersign [--holds 1000]

Every session is open, and has run a statement, before the first reading. A session counts as held when it got its notice.
Exits 1 where a hold takes more than --most KiB, or a thread.
"""
import argparse, os, select, subprocess, sys, time

import psycopg
from pgbench import Lab, resident, wait_for, free_port


def threads(pid):
    with open(f"/proc/{pid}/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("Threads:"))


def serve(lab):
    port = free_port()
    lab.write("password", lab.password, 0o600)
    config = lab.write("holds.yaml", f"""version: 1
data: data-holds
listen: {{postgres: {{address: "127.0.0.1:{port}"}}}}
ledger: {{origin: bench.example/holds, durability: {{reads: process, changes: process}}}}
issuers: {{ci: {{type: oidc, issuer: "https://ci.example.com", audience: countersign, preset: generic, jwks: {{file: jwks.json}}, max_token_age: 24h}}}}
people: {{a@example.com: {{name: A}}}}
targets: {{bench: {{type: postgres, address: "127.0.0.1:{lab.pg_port}", tls: {{mode: disable}}, database: bench, credential: {{user: bench, password: {{file: password}}}}}}}}
roles: {{bench: {{owner: a@example.com, expires: 2099-01-01, bind: [{{issuer: ci, claims: {{project: "1"}}}}], session: {{idle: 8h, max_duration: 24h}}, grants: [{{target: bench, allow: {{select: ["public.*"]}}, hold: {{delete: ["public.*"]}}, approval: {{approvers: [local], within: 1h}}}}]}}}}
""")
    child = lab.start([lab.gateway, "serve", "--config", config, "--log-level", "error"], "holds")
    wait_for(port, "countersign")
    return port, child.pid


def open_sessions(lab, port, token, count):
    dsn = lab.dsn(port, "bench", "bench", False)
    sessions = []
    for _ in range(count):
        session = psycopg.connect(dsn, password=token, autocommit=True)
        session.execute("SELECT count(*) FROM pgbench_branches WHERE bid = 1")
        sessions.append(session)
    return sessions


def hold(sessions, deadline=300):
    """Sends a statement that is held on each, and returns when all have got their notice."""
    held = set()
    for number, session in enumerate(sessions):
        session.add_notice_handler(lambda _, number=number: held.add(number))
        session.pgconn.send_query(f"DELETE FROM pgbench_history WHERE aid = {number}".encode())
    by_socket = {session.pgconn.socket: session for session in sessions}
    end = time.time() + deadline
    while len(held) < len(sessions):
        if time.time() > end:
            sys.exit(f"{len(held)} of {len(sessions)} were held in {deadline} s")
        ready, _, _ = select.select(list(by_socket), [], [], 1) if max(by_socket) < 1024 else poll(by_socket)
        for socket in ready:
            by_socket[socket].pgconn.consume_input()
            by_socket[socket].pgconn.is_busy()


def poll(by_socket):
    poller = select.poll()
    for socket in by_socket:
        poller.register(socket, select.POLLIN)
    return [socket for socket, _ in poller.poll(1000)], [], []


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gateway", required=True)
    parser.add_argument("--holds", type=int, default=1000)
    parser.add_argument("--most", type=float, default=16, help="KiB of one hold")
    options = parser.parse_args()
    lab = Lab(options.gateway)
    try:
        lab.certificates()
        lab.postgres(1)
        token = lab.token()
        port, pid = serve(lab)
        # What the first hold of a gateway needs once is not counted.
        warm = open_sessions(lab, port, token, 20)
        hold(warm)
        sessions = open_sessions(lab, port, token, options.holds)
        time.sleep(2)
        before, threads_before = resident(pid), threads(pid)
        began = time.time()
        hold(sessions)
        took = time.time() - began
        time.sleep(1)
        after, threads_after = resident(pid), threads(pid)
        listed = subprocess.run([lab.gateway, "approvals", "list", "--data", lab.path("data-holds"), "--json"], capture_output=True, text=True, check=True)
        waiting = listed.stdout.count('"state":"waiting"')
        each = (after - before) / options.holds
        print(f"{options.holds} holds in {took:.1f} s: {before} KiB before, {after} KiB after, {each:.1f} KiB a hold; "
              f"threads {threads_before} before, {threads_after} after; {waiting} wait")
        for session in warm + sessions:
            session.pgconn.finish()
        if each > options.most or threads_after > threads_before or waiting != options.holds + 20:
            sys.exit(1)
    finally:
        lab.close()


if __name__ == "__main__":
    main()
