"""Runs attacks through a gateway against a real server, and compares what the server holds before and after each.

usage: attacks.py FILE CONFIG [ID...]

FILE is one of Vectors/adversarial, whose README says how an attack is written. CONFIG is JSON: `gateway` (host, port, ca,
token, database), `direct` (libpq's keywords, a superuser), `secrets` (what must never be seen), `folder` (where attacks
would write files). Prints `ok: N attacks` or what went otherwise than its verdict, one attack a line, and exits with 1.
"""

import base64
import json
import os
import re
import struct
import sys

import psycopg

from wire import Closed, Wire

STATE = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "state.sql"), encoding="utf-8").read()


def blocks(path):
    """The attacks of a file: the number of the line, the words of the first line, and the lines behind it."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    block, start = [], 0
    for number, line in enumerate(lines + [""], 1):
        if line.startswith("#"):
            continue
        if line:
            start = start or number
            block.append(line)
        elif block:
            yield start, block[0].split(), block[1:]
            block, start = [], 0


class Attack:
    def __init__(self, config, words, lines):
        self.config, self.id, self.role, self.options = config, words[0], words[1], words[2:]
        self.lines = [self.fill(line) for line in lines]

    def fill(self, line):
        for name, value in self.config["names"].items():
            line = line.replace("{" + name + "}", value)
        return re.sub(r"\{(.):(\d+)\}", lambda found: found[1] * int(found[2]), line)

    def connect(self):
        gate = self.config["gateway"]
        wire = Wire(gate["host"], gate["port"], gate["ca"])
        parameters = [("user", self.role), ("database", gate["database"])]
        parameters += [tuple(o[8:].split("=", 1)) for o in self.options if o.startswith("startup:")]
        parameters = [(name, value.replace("+", " ")) for name, value in parameters]
        wire.start(parameters, gate["token"])
        return wire

    # One step: what was answered, as a text to compare with the verdict.

    def said(self, answer):
        if answer["errors"]:
            state, message = answer["errors"][-1]
            if message.startswith("countersign: "):
                return f"denied {state} {message}", answer
            return f"error {state} {message}", answer
        return "rows " + ";".join(answer["rows"]) if answer["rows"] else "nothing", answer

    def simple(self, wire, line):
        return self.said(wire.query(line.replace("\\n", "\n").replace("\\\\", "\\")))

    def message(self, wire, line):
        """`@parse NAME TEXT`, `@bind PORTAL NAME [VALUE…]`, `@execute PORTAL [N]`, …; `-` is the empty name."""
        word, _, rest = line[1:].partition(" ")
        parts = ["" if part == "-" else part for part in rest.split(" ")]
        name = parts[0].encode() + b"\0"
        if word == "parse":
            wire.send(b"P", name + rest.partition(" ")[2].encode() + b"\0\0\0")
        elif word in ("bind", "bindb"):
            values = b"".join(struct.pack("!i", len(v.encode())) + v.encode() for v in parts[2:])
            head = name + parts[1].encode() + b"\0\0\0" + struct.pack("!H", len(parts) - 2)
            wire.send(b"B", head + values + (b"\0\1\0\1" if word == "bindb" else b"\0\0"))
        elif word == "execute":
            wire.send(b"E", name + struct.pack("!I", int(parts[1]) if len(parts) > 1 else 0))
        elif word in ("describe", "close"):
            wire.send(word[0].upper().encode(), parts[0].encode() + parts[1].encode() + b"\0")
        elif word == "query":
            wire.send(b"Q", rest.encode() + b"\0")
        elif word in ("sync", "flush"):
            wire.send({"sync": b"S", "flush": b"H"}[word])
        elif word == "function":
            wire.send(b"F", struct.pack("!IHHH", int(rest), 0, 0, 0))
        elif word == "hex":
            wire.send_raw(bytes.fromhex(rest))
        elif word == "drip":
            text = rest.encode() + b"\0"
            for byte in b"Q" + struct.pack("!I", len(text) + 4) + text:
                wire.send_raw(bytes([byte]))
        elif word == "cancel":
            self.cancel(int(rest or 0))
        else:
            raise ValueError(line)

    def cancel(self, process):
        """A cancel request with keys of others: guessed ones, and a victim's process with a wrong secret."""
        gate = self.config["gateway"]
        for secret in (0, 1, 0x7FFFFFFF, 0xFFFFFFFF):
            other = Wire(gate["host"], gate["port"], gate["ca"])
            other.send_raw(struct.pack("!IIII", 16, 80877102, process, secret))
            other.socket.close()

    def run(self):
        """What went otherwise; the bytes that came."""
        problems, seen = [], bytearray()
        wire = last = None
        pending, syncs = False, 0
        try:
            try:
                wire = self.connect()
            except Closed as error:
                last = (f"closed {error}", None)
            for line in [line for line in self.lines if not line.startswith("!")]:
                if line.startswith("-> "):
                    if pending and wire:
                        pending, last = False, self.collect(wire, syncs)
                        syncs = 0
                    problems += self.compare(line[3:], last)
                    continue
                if wire is None:
                    continue
                try:
                    if line.startswith("@"):
                        self.message(wire, line)
                        word = line[1:].split(" ")[0]
                        syncs += word in ("sync", "query", "function", "drip")
                        pending = pending or word != "cancel"
                    else:
                        last = self.simple(wire, line)
                except Closed:
                    last, wire, pending = ("closed", None), self.over(wire, seen), False
        except TimeoutError:
            problems.append("no answer came")
        if wire:
            self.over(wire, seen)
        return problems, bytes(seen)

    def over(self, wire, seen):
        wire.close()
        seen += wire.seen

    def collect(self, wire, syncs):
        try:
            return self.said(wire.replies(max(syncs, 1)))
        except Closed:
            return "closed", None

    def compare(self, wanted, last):
        got = last[0] if last else "nothing was asked"
        verdict, _, rest = wanted.partition(" ")
        match verdict:
            case "denied":
                good = got.startswith("denied ") and all(word in got for word in rest.split(" ") if word)
            case "error":
                good = got.startswith("error ") and rest in got
            case "refused":
                good = got.startswith(("denied ", "error ", "closed"))
            case "closed":
                good = got.startswith("closed")
            case "rows":
                good = got == wanted
            case "like":
                good = got.startswith("rows ") and re.fullmatch(rest, got[5:], re.DOTALL) is not None
            case "ok":
                good = not got.startswith(("denied", "error", "closed"))
            case "kinds":
                good = last is not None and last[1] is not None and last[1]["kinds"] == rest
            case "any":
                good = True
            case _:
                raise ValueError(wanted)
        return [] if good else [f"wanted `{wanted}` and got `{got[:400]}`"]


def forms(secret):
    """The bytes by which a secret is told, also turned and coded."""
    raw = secret.encode()
    yield raw
    yield raw[::-1]
    yield raw.hex().encode()
    yield base64.b64encode(raw)[: len(raw) // 3 * 4]


def main():
    path, config, wanted = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8")), set(sys.argv[3:])
    secrets = [(secret, form) for secret in config["secrets"] for form in forms(secret)]
    direct = psycopg.connect(autocommit=True, **config["direct"])
    count, failed, before = 0, 0, None

    def state():
        return direct.execute(STATE).fetchall() + [("files", " ".join(sorted(os.listdir(config["folder"]))))]

    for number, words, lines in blocks(path):
        if wanted and words[0] not in wanted:
            continue
        attack = Attack(config, words, lines)
        first = next((i for i, line in enumerate(attack.lines) if not line.startswith("! ")), 0)
        for line in attack.lines[:first]:
            direct.execute(line[2:].encode())
            before = None
        before = before or state()
        problems, seen = attack.run()
        for secret, form in secrets:
            if form in seen:
                problems.append(f"`{secret}` was seen")
        after = state()
        if after != before and "writes" not in words:
            changed = sorted({name for name, _ in set(after) ^ set(before)})
            problems.append(f"the server's state changed: {', '.join(changed)}")
        if after == before and "writes" in words:
            problems.append("nothing was written")
        before = after
        for line in attack.lines[first:]:
            if line.startswith("! "):
                direct.execute(line[2:].encode())
                before = None
        count += 1
        failed += bool(problems)
        if problems:
            print(f"{os.path.basename(path)}:{number} {words[0]}: {'; '.join(problems)}", flush=True)
    if failed:
        sys.exit(1)
    print(f"ok: {count} attacks")


main()
