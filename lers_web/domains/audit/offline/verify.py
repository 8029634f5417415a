#!/usr/bin/env python3
"""Verify an export of the LERS audit trail. Needs Python 3.8 or newer and nothing else; asks no network.

    python3 -I verify.py EXPORT.zip --vkey 'NAME+ID+KEY' [--origin NAME]

Give the log's key as you have it from another channel: printed, published, or from an earlier visit. Without --vkey the
key of the export itself is used and printed; then compare it. Exit status: 0 all is true, 1 it is not, 2 wrong usage.

The chain of proof: the key signs the checkpoint; the checkpoint is the root of the tree over the whole log; every entry
of the export, and the entry that records the export itself, is proved to stand in that tree; and that last one names
the SHA-256 of the entries, of this program and of the explanations, so that nothing can be left out or added.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
import zipfile

FORMAT = "lers-audit-export-1"
DOMAIN = b"LERS-AUDIT-v1\x00"
GENESIS = "00" * 32
STATED = ("entries.jsonl", "vkey.txt", "README.txt", "verify.py")
MEMBERS = STATED + ("proofs.jsonl", "checkpoint.txt", "export.json")
MOST_BYTES = 4 << 30


class Wrong(Exception):
    """Something in the export is not true."""


def sha256(data):
    """Hash bytes."""
    return hashlib.sha256(data).digest()


# --- Ed25519 (RFC 8032), verification only ----------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def add(one, two):
    """Add two points in extended coordinates."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    """Multiply a point."""
    product = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            product = add(product, point)
        point = add(point, point)
        scalar >>= 1
    return product


def same(one, two):
    """Compare two points."""
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


def decompress(data):
    """Read a point; raise on what is no point, or not written in its one way."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if len(data) != 32 or y >= P:
        raise Wrong("a point of the signature is not valid")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and sign):
        raise Wrong("a point of the signature is not valid")
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(key, message, signature):
    """Whether the signature is that of the key over the message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    if scalar >= L:
        return False
    try:
        point, nonce = decompress(key), decompress(signature[:32])
    except Wrong:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return same(multiply(scalar, BASE), add(nonce, multiply(challenge, point)))


# --- the tree (RFC 6962) ----------------------------------------------------------------------------------------------


def root_of(leaf, size, entry_hash, path):
    """Return the root that an audit path leads to."""
    if not 0 <= leaf < size:
        raise Wrong("leaf %d is not in a log of %d" % (leaf, size))
    node, at, last = sha256(b"\x00" + entry_hash), leaf, size - 1
    for step in path:
        if last == 0:
            raise Wrong("the proof of leaf %d is too long" % leaf)
        if at & 1 or at == last:
            node = sha256(b"\x01" + step + node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + step)
        at, last = at >> 1, last >> 1
    if last:
        raise Wrong("the proof of leaf %d is too short" % leaf)
    return node


# --- what is in the file ----------------------------------------------------------------------------------------------


def written(value):
    """Write JSON in the one way of this format."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def unique(pairs):
    """Refuse an object that names a member twice: two readers might read two things."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def parsed(data, where, keys=None):
    """Read JSON that is written in the one way, with exactly these keys."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, object_pairs_hook=unique)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Wrong("%s is not readable: %s" % (where, error)) from None
    if not isinstance(value, dict) or (keys is not None and set(value) != set(keys)):
        raise Wrong("%s does not have the fields that it should" % where)
    if keys is not None and written(value) != text:
        raise Wrong("%s is not written in the one way: it was touched" % where)
    return value


def lines_of(data, where):
    """Split a member into its lines; each ends with a newline."""
    if data and not data.endswith(b"\n"):
        raise Wrong("%s was cut off in a line" % where)
    return data.split(b"\n")[:-1]


def hex32(value, where):
    """Read 32 bytes in lower-case hex."""
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{64}", value):
        raise Wrong("%s: %r is no SHA-256" % (where, value))
    return bytes.fromhex(value)


def number(value, where):
    """Read a whole number from 0 on."""
    if type(value) is not int or value < 0:
        raise Wrong("%s: %r is no number" % (where, value))
    return value


def read_members(path):
    """Read every member of the file: those that belong there, each once, and no other."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if sorted(names) != sorted(MEMBERS + ("manifest.json",)):
                raise Wrong("the file does not hold the members that it should: %s" % ", ".join(sorted(names)))
            if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
                raise Wrong("the file is larger than any export")
            return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Wrong("the file cannot be read: %s" % error) from None
    except Exception as error:  # zlib's own error has no public name
        if type(error).__module__ == "zlib":
            raise Wrong("the file cannot be read: %s" % error) from None
        raise


def read_key(vkey):
    """Take a key of C2SP apart: its name, its id, its 32 bytes."""
    match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", vkey)
    try:
        blob = base64.b64decode(match.group(3), validate=True) if match else b""
    except binascii.Error:
        blob = b""
    if not match or len(blob) != 33 or blob[0] != 1:
        raise Wrong("this is no Ed25519 key of a log: %s" % vkey)
    name, key_id = match.group(1), bytes.fromhex(match.group(2))
    if sha256(name.encode() + b"\n" + blob)[:4] != key_id:
        raise Wrong("the key does not have the id that it names: %s" % vkey)
    return name, key_id, blob[1:]


def read_checkpoint(note, vkey, origin):
    """Check the signed checkpoint; return the size and the root of the log."""
    name, key_id, key = read_key(vkey)
    match = re.fullmatch(
        "(([^\n]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n)\n\u2014 ([^ \n]+) ([A-Za-z0-9+/=]+)\n", note
    )
    if not match:
        raise Wrong("checkpoint.txt is no checkpoint with one signature")
    text, said, size, root, signer, value = match.groups()
    try:
        blob = base64.b64decode(value, validate=True)
        digest = base64.b64decode(root, validate=True)
    except binascii.Error:
        raise Wrong("checkpoint.txt is not readable") from None
    if base64.b64encode(blob).decode() != value or base64.b64encode(digest).decode() != root:
        raise Wrong("checkpoint.txt is not written in the one way: it was touched")
    if said != name or signer != name or (origin is not None and said != origin):
        raise Wrong("the checkpoint is of another log: %s" % said)
    if blob[:4] != key_id or not signed(key, text.encode(), blob[4:]):
        raise Wrong("the checkpoint is not signed by this key")
    return int(size), digest


def check_entry(entry, where):
    """Check one entry in itself; return its hash and what its text says."""
    chain, seq = entry["chain"], number(entry["seq"], where)
    previous, stored = hex32(entry["prev_hash"], where), hex32(entry["hash"], where)
    if not isinstance(entry["canonical"], str) or not isinstance(chain, str):
        raise Wrong("%s is not readable" % where)
    try:
        canonical = entry["canonical"].encode("utf-8")
    except UnicodeEncodeError:
        raise Wrong("%s is not readable" % where) from None
    if sha256(DOMAIN + previous + canonical) != stored:
        raise Wrong("%s was changed: its text does not give its hash" % where)
    told = parsed(canonical, where)
    if told.get("chain") != chain or told.get("seq") != seq or seq < 1 or (seq == 1) != (entry["prev_hash"] == GENESIS):
        raise Wrong("%s is not the entry that its text names" % where)
    return stored, told


ENTRY = ("canonical", "chain", "hash", "prev_hash", "seq")


def check_entries(members, size, root):
    """Check every entry, its link to the one before where that is here too, and its place in the log."""
    entries = lines_of(members["entries.jsonl"], "entries.jsonl")
    proofs = lines_of(members["proofs.jsonl"], "proofs.jsonl")
    if len(entries) != len(proofs):
        raise Wrong("there are %d entries and %d proofs" % (len(entries), len(proofs)))
    last = {}
    for nth, (line, proof) in enumerate(zip(entries, proofs), 1):
        where = "entry %d of the export" % nth
        entry = parsed(line, where, ENTRY)
        stored, _ = check_entry(entry, where)
        leaf = check_place(parsed(proof, "the proof of " + where, ("leaf", "proof")), stored, size, root, where)
        chain, seq = entry["chain"], entry["seq"]
        if chain in last:
            before, its_hash, its_leaf = last[chain]
            if seq <= before or leaf <= its_leaf:
                raise Wrong("%s stands in the wrong order" % where)
            if seq == before + 1 and entry["prev_hash"] != its_hash:
                raise Wrong("%s does not follow the entry before it" % where)
        last[chain] = (seq, entry["hash"], leaf)
    return len(entries), last


def check_place(proof, entry_hash, size, root, where):
    """Check the proof that an entry stands in the log; return its leaf."""
    leaf = number(proof["leaf"], where)
    if not isinstance(proof["proof"], list):
        raise Wrong("the proof of %s is not readable" % where)
    if root_of(leaf, size, entry_hash, [hex32(step, where) for step in proof["proof"]]) != root:
        raise Wrong("%s is not in the log: its proof does not lead to the signed root" % where)
    return leaf


def check_statement(members, size, root, count, last):
    """Check the log's own entry about this export: what it holds, and that this is all of it."""
    where = "the entry that records the export"
    found = parsed(members["export.json"], "export.json", ENTRY + ("leaf", "proof"))
    stored, told = check_entry(found, where)
    leaf = check_place(found, stored, size, root, where)
    change = told.get("change")
    if told.get("event") != "audit:export" or not isinstance(change, dict):
        raise Wrong("export.json is another entry of the log, not the one that records an export")
    if change.get("entries") != str(count):
        raise Wrong("the export held %s entries, here are %d" % (change.get("entries"), count))
    stated = change.get("sha256")
    if not isinstance(stated, dict) or set(stated) != set(STATED):
        raise Wrong("export.json does not say what the export held")
    for name in STATED:
        if stated[name] != sha256(members[name]).hex():
            raise Wrong("%s is not the one that was exported: it was changed, or parts of it removed" % name)
    if any(place >= leaf for _, _, place in last.values()):
        raise Wrong("an entry of the export is younger than the export")
    return told


def check_manifest(members, told):
    """Check the list of members: it follows from all the rest, to the letter."""
    listed = {name: {"sha256": sha256(data).hex(), "size": len(data)} for name, data in members.items()}
    del listed["manifest.json"]
    manifest = {
        "entries": int(told["change"]["entries"]),
        "format": FORMAT,
        "made_at": told["at"],
        "members": listed,
        "scope": told["change"]["scope"],
    }
    if members["manifest.json"] != (written(manifest) + "\n").encode():
        raise Wrong("manifest.json does not agree with the members, or was touched")
    return manifest


def verify(path, vkey=None, origin=None):
    """Verify everything; return what can be said of it, or raise ``Wrong``."""
    members = read_members(path)
    try:
        shipped = members["vkey.txt"].decode("ascii")
        note = members["checkpoint.txt"].decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("vkey.txt or checkpoint.txt is not readable") from None
    if vkey is not None and shipped != vkey + "\n":
        raise Wrong("the export was made under another key: %s" % shipped.strip())
    size, root = read_checkpoint(note, shipped[:-1] if shipped.endswith("\n") else "", origin)
    count, last = check_entries(members, size, root)
    told = check_statement(members, size, root, count, last)
    manifest = check_manifest(members, told)
    return {"vkey": shipped.strip(), "size": size, "root": root.hex(), "manifest": manifest, "statement": told}


def main(arguments=None):
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Verify an export of the LERS audit trail.")
    parser.add_argument("file", help="the export, a ZIP file")
    parser.add_argument("--vkey", help="the log's key, from another channel than this file")
    parser.add_argument("--origin", help="the log's name, from another channel than this file")
    given = parser.parse_args(arguments)
    try:
        found = verify(given.file, given.vkey, given.origin)
    except Wrong as error:
        print("NOT TRUE: %s." % error)
        return 1
    manifest = found["manifest"]
    print("%d entries, all as they were written, each proved to stand in the log." % manifest["entries"])
    print("scope      %s" % written(manifest["scope"]))
    print("made at    %s by %s" % (manifest["made_at"], found["statement"]["actor"]["email"]))
    print("log        %d entries, root %s" % (found["size"], found["root"]))
    print("key        %s" % found["vkey"])
    if given.vkey is None:
        print("TRUE IF this is the key of the log: compare it with one from another channel, or give it by --vkey.")
    else:
        print("TRUE.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
