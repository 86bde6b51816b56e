"""A second implementation of the log's formats, written from RFC 6962, RFC 9162, the C2SP specifications (signed-note,
tlog-checkpoint, tlog-cosignature, tlog-tiles, tlog-proof) and docs/reference/bundle-format.md, and from nothing else. It
shares no code and no shortcut with the gateway: trees are computed from the entries, all of them, each time.

  log DIR VKEY [WITNESS…]                  the directory is a whole log: bundles, tiles, checkpoint, signatures
  prove DIR INDEX                          prints a tlog-proof
  consistency DIR OLD                      prints a consistency proof from OLD entries, a hash a line
  bundle FILE VKEY [WITNESS…]              the bundle verifies
  make-bundle DIR OUT INDEX…               writes a bundle of these entries
  proof FILE RECORD VKEY [WITNESS…]        the tlog-proof proves the record in the file
  extends OLD NEW PROOF VKEY               the checkpoint NEW extends OLD by the hashes in PROOF

Prints one JSON object and exits 0, or says what is wrong and exits 1.
"""

import base64
import hashlib
import json
import os
import re
import sys
import zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Wrong(Exception):
    pass


def check(condition, what):
    if not condition:
        raise Wrong(what)


# RFC 6962 section 2.1


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(entry):
    return sha256(b"\x00" + entry)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


class Tree:
    """The hashes of complete subtrees by height, computed from the leaves."""

    def __init__(self, leaves):
        self.levels = [leaves]
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            self.levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])

    def root(self, begin, end):
        count = end - begin
        if count == 0:
            return sha256(b"")
        if count & (count - 1) == 0 and begin % count == 0:
            return self.levels[count.bit_length() - 1][begin // count]
        k = 1 << (count - 1).bit_length() - 1
        return node_hash(self.root(begin, begin + k), self.root(begin + k, end))

    def path(self, m, begin, end):
        n = end - begin
        if n == 1:
            return []
        k = 1 << (n - 1).bit_length() - 1
        if m < k:
            return self.path(m, begin, begin + k) + [self.root(begin + k, end)]
        return self.path(m - k, begin + k, end) + [self.root(begin, begin + k)]

    def subproof(self, m, begin, end, whole):
        n = end - begin
        if m == n:
            return [] if whole else [self.root(begin, end)]
        k = 1 << (n - 1).bit_length() - 1
        if m <= k:
            return self.subproof(m, begin, begin + k, whole) + [self.root(begin + k, end)]
        return self.subproof(m - k, begin + k, end, False) + [self.root(begin, begin + k)]

    def subset(self, wanted, begin, end):
        """The roots of the largest subtrees without any wanted entry, from left to right."""
        inside = [i for i in wanted if begin <= i < end]
        if not inside:
            return [self.root(begin, end)]
        if end - begin == 1:
            return []
        k = 1 << (end - begin - 1).bit_length() - 1
        return self.subset(inside, begin, begin + k) + self.subset(inside, begin + k, end)


# RFC 9162 sections 2.1.3.2 and 2.1.4.2


def root_from_inclusion(index, size, leaf, proof):
    check(index < size, "the index is outside of the tree")
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        check(sn != 0, "the proof is too long")
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            r = node_hash(r, p)
        fn >>= 1
        sn >>= 1
    check(sn == 0, "the proof is too short")
    return r


def check_consistency(old, new, old_root, new_root, proof):
    check(0 < old <= new, "the old tree is the larger one, or empty")
    if old == new:
        check(not proof and old_root == new_root, "two trees of one size differ")
        return
    check(proof, "the proof is empty")
    if old & (old - 1) == 0:
        proof = [old_root] + proof
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    fr = sr = proof[0]
    for c in proof[1:]:
        check(sn != 0, "the proof is too long")
        if fn & 1 or fn == sn:
            fr = node_hash(c, fr)
            sr = node_hash(c, sr)
            while not fn & 1 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            sr = node_hash(sr, c)
        fn >>= 1
        sn >>= 1
    check(fr == old_root and sr == new_root and sn == 0, "the later log does not extend the earlier one")


def root_from_subset(size, leaves, hashes):
    rest = list(hashes)

    def walk(begin, end, inside):
        if not inside:
            check(rest, "the proof is too short")
            return rest.pop(0)
        if end - begin == 1:
            return leaves[inside[0]]
        k = 1 << (end - begin - 1).bit_length() - 1
        left = walk(begin, begin + k, [i for i in inside if i < begin + k])
        return node_hash(left, walk(begin + k, end, [i for i in inside if i >= begin + k]))

    root = walk(0, size, sorted(leaves))
    check(not rest, "the proof is too long")
    return root


# Signed notes, checkpoints, cosignatures


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    check(base64.b64encode(data).decode() == text, "base 64 that is not canonical")
    return data


class Key:
    def __init__(self, vkey):
        self.name, identity, key = vkey.strip().split("+", 2)
        data = unbase64(key)
        self.kind, self.public = data[0], data[1:]
        self.id = sha256(self.name.encode() + b"\n" + data)[:4]
        check(self.id.hex() == identity, "the key's id is not its own")

    def verify(self, signature, text):
        """Returns the time of a cosignature."""
        when = None
        if self.kind == 4:
            when, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            text = b"cosignature/v1\ntime %d\n" % when + text
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except InvalidSignature:
            raise Wrong("the signature of %s is wrong" % self.name) from None
        return when


class Checkpoint:
    def __init__(self, note, key=None, witnesses=()):
        split = note.rindex(b"\n\n")
        self.note, text = note, note[: split + 1]
        lines = text.decode().split("\n")
        check(len(lines) >= 4 and lines[-1] == "", "the checkpoint has too few lines")
        self.origin, self.size, self.root = lines[0], int(lines[1]), unbase64(lines[2])
        check(str(self.size) == lines[1] and len(self.root) == 32, "the checkpoint is malformed")
        self.seen = []
        signed = False
        for line in note[split + 2 :].decode().rstrip("\n").split("\n"):
            dash, name, signature = line.split(" ")
            check(dash == "\u2014", "a signature line is malformed")
            data = unbase64(signature)
            for known in ([key] if key else []) + list(witnesses):
                if (known.name, known.id) == (name, data[:4]):
                    when = known.verify(data[4:], text)
                    if known is key:
                        signed = True
                    else:
                        self.seen.append((name, when))
        if key:
            check(signed, "the log's key has not signed the checkpoint")
            check(self.origin == key.name, "the checkpoint is of another log")
        for witness in witnesses:
            check(witness.name in [name for name, _ in self.seen], "%s has not cosigned" % witness.name)


# Tiles


def tile_name(index):
    groups = ["%03d" % (index % 1000)]
    while index >= 1000:
        index //= 1000
        groups.insert(0, "x%03d" % (index % 1000))
    return "/".join(groups)


def widths(count):
    """Index and width of each tile over `count` hashes."""
    for index in range(count // 256):
        yield index, 256
    if count % 256:
        yield count // 256, count % 256


def tile_path(level, index, width):
    return "tile/%s/%s%s" % (level, tile_name(index), "" if width == 256 else ".p/%d" % width)


def read(folder, path):
    with open(os.path.join(folder, path), "rb") as file:
        return file.read()


def entries(folder, size):
    found = []
    for index, width in widths(size):
        bundle = read(folder, tile_path("entries", index, width))
        at = 0
        for _ in range(width):
            length = int.from_bytes(bundle[at : at + 2], "big")
            found.append(bundle[at + 2 : at + 2 + length])
            check(len(found[-1]) == length, "a bundle is cut off")
            at += 2 + length
        check(at == len(bundle), "a bundle has surplus bytes")
    return found


def verify_log(folder, key, witnesses):
    checkpoint = Checkpoint(read(folder, "checkpoint"), key, witnesses)
    tree = Tree([leaf_hash(entry) for entry in entries(folder, checkpoint.size)])
    check(tree.root(0, checkpoint.size) == checkpoint.root, "the entries do not make the checkpoint's root")
    tiles = 0
    for level in range(8):
        hashes = tree.levels[8 * level] if 8 * level < len(tree.levels) else []
        for index, width in widths(len(hashes)):
            expected = b"".join(hashes[256 * index : 256 * index + width])
            check(read(folder, tile_path(level, index, width)) == expected, tile_path(level, index, width) + " differs")
            tiles += 1
    return {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "tiles": tiles,
        "witnesses": [name for name, _ in checkpoint.seen],
    }


def load(folder):
    checkpoint = Checkpoint(read(folder, "checkpoint"))
    found = entries(folder, checkpoint.size)
    return checkpoint, found, Tree([leaf_hash(entry) for entry in found])


# Proofs


def tlog_proof(checkpoint, tree, index):
    lines = ["c2sp.org/tlog-proof@v1", "index %d" % index]
    lines += [base64.b64encode(p).decode() for p in tree.path(index, 0, checkpoint.size)]
    return ("\n".join(lines) + "\n\n").encode() + checkpoint.note


def verify_proof(proof, record, key, witnesses):
    head, note = proof.split(b"\n\n", 1)
    lines = head.decode().split("\n")
    check(lines.pop(0) == "c2sp.org/tlog-proof@v1", "this is no tlog-proof")
    if lines[0].startswith("extra "):
        unbase64(lines.pop(0)[6:])
    index = int(lines.pop(0)[len("index ") :])
    checkpoint = Checkpoint(note, key, witnesses)
    root = root_from_inclusion(index, checkpoint.size, leaf_hash(record), [unbase64(line) for line in lines])
    check(root == checkpoint.root, "the proof leads to another root")
    return checkpoint, index


def hash_list(heading, hashes):
    return "".join(line + "\n" for line in [heading] + [base64.b64encode(h).decode() for h in hashes]).encode()


# Bundles


def verify_bundle(path, key, witnesses):
    with zipfile.ZipFile(path) as archive:
        check(archive.testzip() is None, "a checksum of the file is wrong")
        members = {info.filename: archive.read(info) for info in archive.infolist()}
        check(len(members) == len(archive.infolist()), "a member is there twice")
    checkpoint = Checkpoint(members["checkpoint"], key, witnesses)
    records = members["records.jsonl"].split(b"\n")
    check(records.pop() == b"", "records.jsonl does not end with a newline")
    parsed = [json.loads(record) for record in records]
    leaves = {value["index"]: leaf_hash(record) for value, record in zip(parsed, records)}
    check(sorted(leaves) == [value["index"] for value in parsed], "records are out of order or there twice")
    lines = members["proof"].decode().rstrip("\n").split("\n")
    check(lines[0] == "countersign subset-proof v1", "the proof is of another kind")
    root = root_from_subset(checkpoint.size, leaves, [unbase64(line) for line in lines[1:]])
    check(root == checkpoint.root, "the proof leads to another root")
    for value, record in zip(parsed, records):
        name = "proofs/%d.tlog-proof" % value["index"]
        check((name in members) == (len(records) <= 64), name + " is missing or surplus")
        if name in members:
            own, index = verify_proof(members[name], record, key, witnesses)
            check(index == value["index"] and own.note == checkpoint.note, name + " is of another record")
    for name, data in members.items():
        found = re.fullmatch(r"(?:blobs/|policies/)([0-9a-f]{64})(?:\.yaml)?", name)
        check(not found or sha256(data).hex() == found[1], name + " is not what its name says")
    return {"origin": checkpoint.origin, "size": checkpoint.size, "records": sorted(leaves), "members": len(members)}


def make_bundle(folder, out, indices):
    """With texts of its own, which a verifier is to tell apart from the gateway's."""
    checkpoint, found, tree = load(folder)
    origin = {"format": "countersign-bundle/1", "texts": 0, "asked": "entries", "made": "2026", "maker": "tlog_verify"}
    members = [
        ("README.txt", b"Made by the second implementation.\n"),
        ("index.html", b"<!DOCTYPE html><title>none</title>\n"),
        ("bundle.json", json.dumps(origin, separators=(",", ":")).encode() + b"\n"),
        ("checkpoint", checkpoint.note),
        ("proof", hash_list("countersign subset-proof v1", tree.subset(indices, 0, checkpoint.size))),
        ("records.jsonl", b"".join(found[i] + b"\n" for i in indices)),
    ]
    if len(indices) <= 64:
        members += [("proofs/%d.tlog-proof" % i, tlog_proof(checkpoint, tree, i)) for i in indices]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data)
    return {"records": indices, "size": checkpoint.size}


def main(verb, *arguments):
    if verb == "log":
        key, *witnesses = map(Key, arguments[1:])
        return verify_log(arguments[0], key, witnesses)
    if verb == "bundle":
        key, *witnesses = map(Key, arguments[1:])
        return verify_bundle(arguments[0], key, witnesses)
    if verb == "make-bundle":
        return make_bundle(arguments[0], arguments[1], sorted(map(int, arguments[2:])))
    if verb == "proof":
        key, *witnesses = map(Key, arguments[2:])
        checkpoint, index = verify_proof(read("", arguments[0]), read("", arguments[1]), key, witnesses)
        return {"index": index, "size": checkpoint.size}
    if verb == "extends":
        old, new = (Checkpoint(read("", path), Key(arguments[3])) for path in arguments[:2])
        proof = [unbase64(line) for line in read("", arguments[2]).decode().split("\n") if line]
        check_consistency(old.size, new.size, old.root, new.root, proof)
        return {"old": old.size, "new": new.size}
    checkpoint, _, tree = load(arguments[0])
    if verb == "prove":
        sys.stdout.buffer.write(tlog_proof(checkpoint, tree, int(arguments[1])))
    elif verb == "consistency":
        proof = tree.subproof(int(arguments[1]), 0, checkpoint.size, True)
        sys.stdout.buffer.write(b"".join(base64.b64encode(h) + b"\n" for h in proof))
    else:
        raise Wrong("unknown verb " + verb)
    return None


if __name__ == "__main__":
    try:
        told = main(*sys.argv[1:])
    except (Wrong, ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        sys.exit("wrong: %s" % (error,))
    if told is not None:
        print(json.dumps(told))
