"""Speaks C2SP tlog-witness to a witness as a log of its own, from the specification.

  witness_client.py vkey ORIGIN SEED               the log's verifier key
  witness_client.py cosigner NAME                  the verifier key of a cosigner that nobody is
  witness_client.py conform URL WITNESS ORIGIN SEED   every status; leaves the witness at 60 entries, with a fork kept
  witness_client.py feed URL WITNESS ORIGIN SEED FILE   grows the log until the witness is gone; writes the last size cosigned
  witness_client.py resume URL WITNESS ORIGIN SEED FILE   the witness knows at least what FILE says, and no second history
  witness_client.py verify CHECKPOINT KEY…         that all of these keys signed a checkpoint; prints its size
"""

import http.client
import os
import sys
import time
from urllib.parse import urlsplit

from tlog import COSIGNER, Key, Log, checkpoint, consistency, root

MOST = 4000


class Witness:
    def __init__(self, url, key):
        self.url, self.key = urlsplit(url), Key.parse(key)

    def post(self, body, path="/add-checkpoint", method="POST"):
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=60)
        connection.request(method, self.url.path.rstrip("/") + path, body)
        answer = connection.getresponse()
        return answer.status, answer.getheader("content-type"), answer.read()

    def size(self, log):
        """What it cosigned last, asked as a log that does not know."""
        status, kind, body = self.post(log.request(0, Log.leaves(1)))
        if status == 200:
            return 1
        assert (status, kind) == (409, "text/x.tlog.size"), (status, kind)
        assert body.endswith(b"\n") and body[:-1].isdigit(), body
        return int(body)

    def cosigned(self, note, body):
        """That an answer's lines are a cosignature of a note, of now."""
        when = self.key.time(note + body)
        assert abs(when - time.time()) < 60, when
        return when


def conform(witness, log):
    checks = 0

    def expect(status, request, kind=None, body=None):
        nonlocal checks
        got = witness.post(request)
        assert got[0] == status, (status, got, request[:80])
        assert kind is None or got[1] == kind, got
        assert body is None or got[2] == body, got
        checks += 1
        return got[2]

    size = "text/x.tlog.size"
    all_leaves = Log.leaves(60)
    forked = Log.leaves(60, "b", forked_at=10)
    stranger = Log("stranger.example/log", b"\x07" * 32)
    imposter = Log(log.key.name, b"\x08" * 32)

    # What cannot be read, and what comes from somebody else, before anything is known.
    for bad in [b"", b"\n", b"old\n\n", b"old 00\n\n", b"old 0\n", b"\xff" * 100, b"old 0\nAAAA\n\n" + log.note(all_leaves)]:
        expect(400, bad)
    expect(400, log.request(0, all_leaves, proof=[b"\x00" * 32] * 64))
    expect(400, log.request(0, all_leaves[:5], claim=6))
    expect(404, stranger.request(0, all_leaves))
    expect(403, imposter.request(0, all_leaves))
    expect(403, log.request(0, all_leaves, note=log.note(all_leaves).replace(b"\n60\n", b"\n61\n")))
    expect(422, log.request(0, [], note=log.note([], size=0, hashed=root(all_leaves))))
    expect(409, log.request(4, all_leaves), size, b"0\n")
    expect(422, log.request(0, all_leaves, proof=[b"\x00" * 32]))
    expect(413, b"old 0\n\n" + b"a" * (1 << 20))
    assert witness.post(b"", method="GET")[0] == 404
    assert witness.post(log.request(0, all_leaves), path="/../add-checkpoint")[0] in (404, 400)

    # It grows with the log, from every size that it is left at.
    old = 0
    for new in [1, 2, 3, 10, 17, 32, 33, 50]:
        part = all_leaves[:new]
        witness.cosigned(log.note(part), expect(200, log.request(old, part)))
        witness.cosigned(log.note(part), expect(200, log.request(new, part)))
        expect(409, log.request(0, all_leaves), size, f"{new}\n".encode())
        if new > 1:
            expect(409, log.request(new - 1, all_leaves), size, f"{new}\n".encode())
        old = new

    # Proofs that prove something else.
    good = consistency(50, all_leaves)
    for proof in [[], good[:-1], good + [good[0]], good[::-1], consistency(49, all_leaves), consistency(50, forked)]:
        expect(422, log.request(50, all_leaves, proof=proof))

    # Two histories.
    expect(422, log.request(50, forked))
    expect(422, log.request(50, forked[:50]))
    expect(409, log.request(10, forked[:33]), size, b"50\n")
    expect(409, log.request(0, forked[:50]), size, b"50\n")
    witness.cosigned(log.note(all_leaves), expect(200, log.request(50, all_leaves)))
    print(f"{checks} answers are those of the specification")


def feed(witness, log, path):
    """Until the witness is gone. What it cosigned is in the file before the next question is asked."""
    leaves, size = Log.leaves(MOST), witness.size(log)
    while size < MOST:
        new = size + 1
        try:
            status, _, body = witness.post(log.request(size, leaves[:new]))
        except (OSError, http.client.HTTPException):
            return
        if status == 429:
            time.sleep(0.05)
            continue
        assert status == 200, (status, body)
        witness.cosigned(log.note(leaves[:new]), body)
        with open(path, "w") as file:
            file.write(str(new))
        size = new


def resume(witness, log, path):
    known, acknowledged = witness.size(log), int(open(path).read() or 0)
    assert known >= acknowledged, f"it cosigned {acknowledged} and remembers {known}"
    assert known <= acknowledged + 1, f"it remembers {known}, and was asked {acknowledged + 1} at most"
    leaves, forked = Log.leaves(known + 1), Log.leaves(known + 1, "b", forked_at=max(0, known - 1))
    assert witness.post(log.request(known, forked))[0] == 422
    assert witness.post(log.request(known, forked[:known]))[0] == 422
    status, _, body = witness.post(log.request(known, leaves[:known]))
    assert status == 200, status
    witness.cosigned(log.note(leaves[:known]), body)
    print(known)


def main(verb, *rest):
    if verb == "verify":
        note = open(rest[0], "rb").read()
        for key in rest[1:]:
            Key.parse(key).time(note)
        origin, size, _ = checkpoint(note)
        assert origin == Key.parse(rest[1]).name, origin
        print(size)
    elif verb == "cosigner":
        print(Key(rest[0], COSIGNER, Log("x", os.urandom(32)).key.public))
    elif verb == "vkey":
        print(Log(rest[0], bytes.fromhex(rest[1])).key)
    else:
        url, key, origin, seed = rest[:4]
        witness, log = Witness(url, key), Log(origin, bytes.fromhex(seed))
        {"conform": conform, "feed": feed, "resume": resume}[verb](witness, log, *rest[4:])


main(*sys.argv[1:])
