"""A receiver of webhooks for tests: verifies signatures, refuses replays, and appends what it took to FILE.

It does what FILE.mode says: `ok`, `hang`, or a status to answer with; 429 asks for a second of patience.

usage: webhook_receiver.py PORT FILE SECRET
"""

import hashlib
import hmac
import http.server
import json
import os
import sys
import threading
import time

port, path, secret = int(sys.argv[1]), sys.argv[2], sys.argv[3].encode()
seen = set()
lock = threading.Lock()


def mode():
    try:
        with open(path + ".mode") as file:
            return file.read().strip()
    except FileNotFoundError:
        return "ok"


def verified(header, body, now):
    """What a receiver does: the time is recent, and the signature is over that time and this body."""
    fields = dict(part.split("=", 1) for part in header.split(","))
    if abs(now - int(fields["t"])) > 300:
        return False
    expected = hmac.new(secret, fields["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, fields["v1"])


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        status = self.take(body)
        self.send_response(status)
        self.send_header("content-length", "0")
        if status == 429:
            self.send_header("retry-after", "1")
        self.end_headers()

    def take(self, body):
        what = mode()
        entry = {
            "mode": what,
            "at": time.time(),
            "delivery": self.headers["countersign-delivery"],
            "event": self.headers["countersign-event"],
            "signature": self.headers["countersign-signature"],
            "body": body.decode(),
        }
        if what == "hang":
            self.note({**entry, "status": 0})
            time.sleep(3600)
        if what.isdigit():
            self.note({**entry, "status": int(what)})
            return int(what)
        if not verified(entry["signature"] or "t=0,v1=", body, time.time()):
            self.note({**entry, "status": 401})
            return 401
        with lock:
            repeated = entry["delivery"] in seen
            seen.add(entry["delivery"])
        status = 200
        self.note({**entry, "status": status, "repeated": repeated})
        return status

    def note(self, entry):
        with lock, open(path, "a") as file:
            file.write(json.dumps(entry) + "\n")

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", port), Receiver)
print("listening", flush=True)
server.serve_forever()
