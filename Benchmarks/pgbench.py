"""The gateway beside a direct connection and beside pgbouncer, measured with pgbench in interleaved rounds.

Every contender runs each cell (mode, clients, workload) once a round, in an order that rotates, so that the machine's
drift meets them all. What is reported is medians over rounds, as ratios to pgbouncer: throughput, latency p50 and p99,
and CPU microseconds of the proxy's process a statement (user and system, from /proc/PID/stat).
"""
import argparse, base64, glob, itertools, json, os, pwd, random, shutil, signal, socket, statistics, subprocess, sys, tempfile, time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils

TICK = os.sysconf("SC_CLK_TCK")
STATEMENTS = {"select": 1, "tpcb": 7}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port, what, deadline=20):
    end = time.time() + deadline
    while time.time() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"{what} did not begin to listen")


def as_postgres(args):
    """PostgreSQL and pgbouncer refuse to run as root."""
    if os.geteuid() != 0:
        return args
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", *args]


class Lab:
    def __init__(self, gateway):
        self.dir = tempfile.mkdtemp(prefix="countersign-bench-")
        os.chmod(self.dir, 0o755)
        self.gateway = os.path.abspath(gateway)
        self.children = []
        self.password = base64.urlsafe_b64encode(os.urandom(15)).decode()
        self.pg_port, self.bouncer_port, self.bouncer_tls_port = free_port(), free_port(), free_port()

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text, mode=0o644):
        with open(self.path(name), "w") as f:
            f.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def start(self, args, name):
        log = open(self.path(name + ".log"), "w")
        child = subprocess.Popen(args, stdout=log, stderr=log, cwd="/")
        self.children.append(child)
        return child

    def certificates(self):
        def name(cn):
            return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, cn)])
        import datetime
        now = datetime.datetime.now(datetime.timezone.utc)
        day = datetime.timedelta(days=1)
        ca_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
        def build(subject, public, ca):
            builder = (x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name("bench ca")).public_key(public)
                       .serial_number(x509.random_serial_number()).not_valid_before(now - day).not_valid_after(now + 30 * day)
                       .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True))
            if not ca:
                builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            return builder.sign(ca_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
        self.write("ca.pem", build("bench ca", ca_key.public_key(), True))
        self.write("server.pem", build("localhost", key.public_key(), False))
        pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self.write("server.key", pem.decode(), 0o600)
        shutil.copy(self.path("server.key"), self.path("pg.key"))
        if os.geteuid() == 0:
            shutil.chown(self.path("pg.key"), "postgres")

    def postgres(self, scale):
        bindir = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        home = self.path("pg")
        os.mkdir(home)
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        data = home + "/data"
        subprocess.run(as_postgres([bindir + "/initdb", "-D", data, "-A", "trust", "-U", "postgres"]), check=True, stdout=subprocess.DEVNULL, cwd="/")
        with open(data + "/postgresql.conf", "a") as f:
            f.write(f"port={self.pg_port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories='{home}'\nmax_connections=1200\n"
                    f"ssl=on\nssl_cert_file='{self.path('server.pem')}'\nssl_key_file='{self.path('pg.key')}'\n"
                    "password_encryption='scram-sha-256'\nshared_buffers=256MB\nmax_wal_size=4GB\n")
        with open(data + "/pg_hba.conf", "w") as f:
            f.write("local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        self.start(as_postgres([bindir + "/postgres", "-D", data]), "postgres")
        wait_for(self.pg_port, "PostgreSQL")
        time.sleep(0.5)
        for sql in (f"create role bench login password '{self.password}'", "create database bench owner bench"):
            subprocess.run(["psql", "-q", "-h", home, "-p", str(self.pg_port), "-U", "postgres", "-c", sql], check=True)
        subprocess.run(["pgbench", "-i", "-q", "-s", str(scale), self.dsn(self.pg_port, "bench", "bench", False)],
                       check=True, env=self.env(self.password), stderr=subprocess.DEVNULL)

    def bouncer(self, port, tls):
        lines = ["[databases]", f"bench = host=127.0.0.1 port={self.pg_port} dbname=bench user=bench password={self.password}",
                 "[pgbouncer]", "listen_addr=127.0.0.1", f"listen_port={port}", "pool_mode=session", "auth_type=scram-sha-256",
                 f"auth_file={self.write('users.txt', json.dumps('bench') + ' ' + json.dumps(self.password) + chr(10))}",
                 "default_pool_size=100", "max_client_conn=400", "unix_socket_dir=", "server_reset_query=DISCARD ALL",
                 "ignore_startup_parameters=extra_float_digits", "log_connections=0", "log_disconnections=0"]
        if tls:
            lines += ["client_tls_sslmode=require", f"client_tls_cert_file={self.path('server.pem')}",
                      f"client_tls_key_file={self.path('pg.key')}", "server_tls_sslmode=verify-ca",
                      f"server_tls_ca_file={self.path('ca.pem')}"]
        else:
            lines += ["server_tls_sslmode=disable"]
        ini = self.write(f"bouncer{port}.ini", "\n".join(lines) + "\n")
        child = self.start(as_postgres(["/usr/sbin/pgbouncer", ini]), f"bouncer{port}")
        wait_for(port, "pgbouncer")
        return child

    def token(self):
        b64 = lambda raw: base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
        key = ec.generate_private_key(ec.SECP256R1())
        numbers = key.public_key().public_numbers()
        self.write("jwks.json", json.dumps({"keys": [{"kty": "EC", "crv": "P-256", "kid": "b", "alg": "ES256", "use": "sig",
                   "x": b64(numbers.x.to_bytes(32, "big")), "y": b64(numbers.y.to_bytes(32, "big"))}]}))
        now = int(time.time())
        claims = {"iss": "https://ci.example.com", "aud": "countersign", "sub": "bench", "iat": now, "exp": now + 86000, "jti": "b", "project": "1"}
        signed = b64(json.dumps({"alg": "ES256", "typ": "JWT", "kid": "b"}).encode()) + "." + b64(json.dumps(claims).encode())
        r, s = utils.decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return signed + "." + b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def countersign(self, name, tls, reads, changes, mask=""):
        port = free_port()
        self.write("password", self.password, 0o600)
        listener = f'tls: {{certificate: server.pem, key: {{file: server.key}}}}' if tls else ""
        target = "{mode: verify-full, ca: ca.pem, server_name: localhost}" if tls else "{mode: disable}"
        actions = "select,insert,update,delete,truncate,lock"
        config = self.write(name + ".yaml", f"""version: 1
data: data-{name}
listen: {{postgres: {{address: "127.0.0.1:{port}"{', ' + listener if listener else ''}}}}}
ledger: {{origin: bench.example/{name}, durability: {{reads: {reads}, changes: {changes}}}}}
issuers: {{ci: {{type: oidc, issuer: "https://ci.example.com", audience: countersign, preset: generic, jwks: {{file: jwks.json}}, max_token_age: 24h}}}}
people: {{a@example.com: {{name: A}}}}
targets: {{bench: {{type: postgres, address: "127.0.0.1:{self.pg_port}", tls: {target}, database: bench, credential: {{user: bench, password: {{file: password}}}}}}}}
roles: {{bench: {{owner: a@example.com, expires: 2099-01-01, bind: [{{issuer: ci, claims: {{project: "1"}}}}], session: {{idle: 8h, max_duration: 24h}}, grants: [{{target: bench, allow: {{"{actions}": ["public.*"]}}{mask}}}]}}}}
""")
        child = self.start([self.gateway, "serve", "--config", config, "--log-level", "warning"], name)
        wait_for(port, "countersign")
        return port, child

    def dsn(self, port, user, database, tls):
        mode = f"sslmode=verify-full sslrootcert={self.path('ca.pem')} host=localhost" if tls else "sslmode=disable host=127.0.0.1"
        return f"{mode} port={port} user={user} dbname={database}"

    def env(self, password):
        return {**os.environ, "PGPASSWORD": password}

    def close(self):
        for child in reversed(self.children):
            child.send_signal(signal.SIGINT)
        for child in self.children:
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
        shutil.rmtree(self.dir, ignore_errors=True)


def cpu(pid):
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident(pid):
    with open(f"/proc/{pid}/smaps_rollup") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("Rss:"))


def run_once(lab, contender, mode, clients, workload, seconds):
    work = tempfile.mkdtemp(dir=lab.dir)
    args = ["pgbench", "-n", "-M", mode, "-c", str(clients), "-j", "1", "-T", str(seconds), "-l", "--sampling-rate", "0.2"]
    if workload == "select":
        args.append("-S")
    before = cpu(contender["pid"]) if contender["pid"] else 0
    done = subprocess.run([*args, contender["dsn"]], env=lab.env(contender["password"]), cwd=work, capture_output=True, text=True)
    after = cpu(contender["pid"]) if contender["pid"] else 0
    if done.returncode:
        sys.exit(f"{contender['name']}: pgbench failed: {done.stderr.strip()}")
    tps = next(float(line.split("=")[1].split()[0]) for line in done.stdout.splitlines() if line.startswith("tps"))
    count = next(int(line.split(":")[1].split("/")[0]) for line in done.stdout.splitlines() if line.startswith("number of transactions actually"))
    latencies = sorted(int(line.split()[2]) for file in glob.glob(work + "/pgbench_log*") for line in open(file))
    shutil.rmtree(work)
    pick = lambda q: latencies[min(len(latencies) - 1, int(q * len(latencies)))] if latencies else 0
    return {"tps": tps, "p50": pick(0.5), "p99": pick(0.99), "cpu": (after - before) * 1e6 / max(1, count * STATEMENTS[workload])}


def idle_memory(lab, port, user, password, database, tls, pid, sessions):
    """Resident kilobytes an idle session, at this many sessions."""
    import psycopg
    dsn = lab.dsn(port, user, database, tls)
    warm = [psycopg.connect(dsn, password=password) for _ in range(20)]
    base = resident(pid)
    more = [psycopg.connect(dsn, password=password) for _ in range(sessions)]
    time.sleep(1)
    grown = resident(pid) - base
    for connection in warm + more:
        connection.close()
    return grown / sessions


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gateway", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--clients", default="1,8,32")
    parser.add_argument("--modes", default="simple,extended,prepared")
    parser.add_argument("--workloads", default="select,tpcb")
    parser.add_argument("--tls", default="off,on")
    parser.add_argument("--scale", type=int, default=10)
    parser.add_argument("--memory", type=int, default=1000, help="idle sessions for the memory figure; 0 for none")
    parser.add_argument("--json")
    parser.add_argument("--quick", action="store_true", help="2 rounds of 2 s, prepared, 8 clients, TLS off")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds, options.clients, options.modes, options.tls = 2, 2, "8", "prepared", "off"
    lab = Lab(options.gateway)
    results = {}
    try:
        lab.certificates()
        lab.postgres(options.scale)
        token = lab.token()
        for tls in [word == "on" for word in options.tls.split(",")]:
            bouncer_port = lab.bouncer_tls_port if tls else lab.bouncer_port
            bouncer = lab.bouncer(bouncer_port, tls)
            contenders = [
                {"name": "direct", "pid": None, "dsn": lab.dsn(lab.pg_port, "bench", "bench", tls), "password": lab.password},
                {"name": "pgbouncer", "pid": bouncer.pid, "dsn": lab.dsn(bouncer_port, "bench", "bench", tls), "password": lab.password},
            ]
            # Every SELECT of both workloads reads this relation, and is rewritten.
            mask = ", mask: {public.pgbench_accounts.filler: last4}"
            for name, changes, words in (("process", "process", ""), ("disk", "disk", ""), ("masked", "process", mask)):
                port, child = lab.countersign(f"{name}{'-tls' if tls else ''}", tls, "process", changes, words)
                contenders.append({"name": name, "pid": child.pid, "dsn": lab.dsn(port, "bench", "bench", tls), "password": token, "port": port})
            cells = list(itertools.product(options.workloads.split(","), options.modes.split(","), map(int, options.clients.split(","))))
            for number in range(options.rounds):
                for cell in cells:
                    order = contenders[number % len(contenders):] + contenders[:number % len(contenders)]
                    for contender in order:
                        sample = run_once(lab, contender, cell[1], cell[2], cell[0], options.seconds)
                        results.setdefault((tls, *cell), {}).setdefault(contender["name"], []).append(sample)
                print(f"tls {'on' if tls else 'off'}: round {number + 1} of {options.rounds}", file=sys.stderr)
            report(results, tls)
            if options.memory:
                gateway = contenders[2]
                kib = idle_memory(lab, gateway["port"], "bench", token, "bench", tls, gateway["pid"], options.memory)
                print(f"\nresident memory an idle session, TLS {'on' if tls else 'off'} on both legs, {options.memory} sessions: {kib:.1f} KiB\n")
        if options.json:
            with open(options.json, "w") as f:
                json.dump([{"tls": k[0], "workload": k[1], "mode": k[2], "clients": k[3], "contenders": v} for k, v in results.items()], f)
    finally:
        lab.close()


def report(results, tls):
    median = lambda samples, field: statistics.median(s[field] for s in samples)
    print(f"\n| TLS {'on' if tls else 'off'} | clients | contender | tps | of pgbouncer | p50 us | p99 us | CPU us/statement | of pgbouncer |")
    print("|---|---|---|---|---|---|---|---|---|")
    for key, by_name in results.items():
        if key[0] != tls:
            continue
        base = by_name["pgbouncer"]
        for name, samples in by_name.items():
            spent = median(samples, "cpu")
            print(f"| {key[1]} {key[2]} | {key[3]} | {name} | {median(samples, 'tps'):.0f} | {median(samples, 'tps') / median(base, 'tps'):.2f} "
                  f"| {median(samples, 'p50'):.0f} | {median(samples, 'p99'):.0f} | {spent:.1f} | {spent / max(0.01, median(base, 'cpu')):.2f} |")


if __name__ == "__main__":
    main()
