"""Transparency logs from their specifications: RFC 9162, signed-note, tlog-checkpoint, tlog-cosignature.

Written from the texts alone, so that it agrees with nobody's mistakes but its own.
"""

import base64
import hashlib
import struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LOG, COSIGNER = 1, 4


def leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(count):
    """The largest power of two below count."""
    return 1 << (count - 1).bit_length() - 1


def root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return node(root(leaves[:k]), root(leaves[k:]))


def consistency(old, leaves):
    """PROOF(old, D[n]) of RFC 9162 section 2.1.4.1."""

    def sub(m, part, whole):
        n = len(part)
        if m == n:
            return [] if whole else [root(part)]
        k = split(n)
        if m <= k:
            return sub(m, part[:k], whole) + [root(part[k:])]
        return sub(m - k, part[k:], False) + [root(part[:k])]

    return [] if old in (0, len(leaves)) else sub(old, leaves, True)


class Key:
    """A public key with its name."""

    def __init__(self, name, kind, public):
        self.name, self.kind, self.public = name, kind, public
        self.id = hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]

    @staticmethod
    def parse(text):
        name, key_id, material = text.split("+", 2)
        raw = base64.b64decode(material, validate=True)
        key = Key(name, raw[0], raw[1:])
        assert key.id.hex() == key_id, "the id is not the key's"
        return key

    def __str__(self):
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"

    def time(self, note):
        """When a cosigner signed a note, in seconds; 0 of a log. Raises where it did not."""
        text, lines = open_note(note)
        for name, blob in lines:
            if name != self.name or blob[:4] != self.id:
                continue
            if self.kind == COSIGNER:
                (when,) = struct.unpack(">Q", blob[4:12])
                message, signature = f"cosignature/v1\ntime {when}\n".encode() + text, blob[12:]
            else:
                when, message, signature = 0, text, blob[4:]
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
            return when
        raise InvalidSignature(f"{self.name} did not sign")


def open_note(note):
    """The text, and (name, id and signature) of each line."""
    at = note.rindex(b"\n\n") + 1
    text, lines = note[:at], []
    for line in note[at + 1 :].decode().splitlines():
        dash, name, blob = line.split(" ")
        assert dash == "\u2014", "no signature line"
        lines.append((name, base64.b64decode(blob, validate=True)))
    return text, lines


def checkpoint(note):
    """Origin, size and root."""
    origin, size, hashed = open_note(note)[0].decode().split("\n")[:3]
    return origin, int(size), base64.b64decode(hashed, validate=True)


class Log:
    """A log in memory, which can have several histories."""

    def __init__(self, name, seed):
        self.private = Ed25519PrivateKey.from_private_bytes(seed)
        public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.key = Key(name, LOG, public)

    @staticmethod
    def leaves(count, history="a", forked_at=0):
        return [leaf(f"{history if i >= forked_at else 'a'} {i}".encode()) for i in range(count)]

    def note(self, leaves, name=None, size=None, hashed=None):
        size = len(leaves) if size is None else size
        hashed = base64.b64encode(hashed or root(leaves)).decode()
        text = f"{name or self.key.name}\n{size}\n{hashed}\n".encode()
        blob = base64.b64encode(self.key.id + self.private.sign(text)).decode()
        return text + f"\n\u2014 {self.key.name} {blob}\n".encode()

    def request(self, old, leaves, proof=None, note=None, claim=None):
        proof = consistency(old, leaves) if proof is None else proof
        lines = [f"old {old if claim is None else claim}"] + [base64.b64encode(h).decode() for h in proof]
        return "\n".join(lines).encode() + b"\n\n" + (note or self.note(leaves))
