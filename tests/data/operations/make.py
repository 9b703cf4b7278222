#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes operations.json: operations made from docs/protocol/journal.md alone.

usage: python3 make.py > operations.json

It shares no code with the product: CBOR, labels, ids and Ed25519 (RFC 8032) are written here from
their specifications, so that the product is compared with a second reading of the document.
"""
import hashlib
import json
import struct

# --- deterministic CBOR, as far as operations use it


def head(major, value):
    for size, info, form in ((1, 24, "B"), (2, 25, "H"), (4, 26, "I"), (8, 27, "Q")):
        if value < 24:
            return bytes([major << 5 | value])
        if value < 1 << (8 * size):
            return bytes([major << 5 | info]) + struct.pack(">" + form, value)
    raise ValueError(value)


def cbor(item):
    if item is None:
        return b"\xf6"
    if isinstance(item, bool):
        return b"\xf5" if item else b"\xf4"
    if isinstance(item, int):
        return head(0, item) if item >= 0 else head(1, -1 - item)
    if isinstance(item, float):
        return b"\xfb" + struct.pack(">d", item)
    if isinstance(item, bytes):
        return head(2, len(item)) + item
    if isinstance(item, str):
        return head(3, len(item.encode())) + item.encode()
    return head(4, len(item)) + b"".join(cbor(each) for each in item)


# --- labelled hashes and signatures


def labelled(label, *parts):
    return hashlib.blake2b(b"Waymark 1 " + label.encode() + b"".join(parts), digest_size=32).digest()


P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def recover(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return P - x if x % 2 != sign else x


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recover(BASE_Y, 0), BASE_Y)


def plus(a, b):
    t = D * a[0] * b[0] * a[1] * b[1] % P
    x = (a[0] * b[1] + a[1] * b[0]) * pow(1 + t, P - 2, P) % P
    y = (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, P - 2, P) % P
    return x, y


def times(n, point):
    out = (0, 1)
    while n:
        if n & 1:
            out = plus(out, point)
        point = plus(point, point)
        n >>= 1
    return out


def packed(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def expand(seed):
    h = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(h[:32], "little") & ((1 << 254) - 8) | 1 << 254
    return scalar, h[32:]


def public(seed):
    return packed(times(expand(seed)[0], BASE))


def sign(seed, label, *parts):
    scalar, prefix = expand(seed)
    message = b"Waymark 1 " + label.encode() + b"".join(parts)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    nonce = packed(times(r, BASE))
    k = int.from_bytes(hashlib.sha512(nonce + public(seed) + message).digest(), "little") % L
    return nonce + ((r + k * scalar) % L).to_bytes(32, "little")


# --- operations


def stub(part):
    salt, entry, kind, changes = part
    mark = labelled("mark", salt) if [0] in changes else None
    return [entry, kind, mark, labelled("part", cbor(part))]


def entry_id(space, device, salt):
    return labelled("entry", space, device, labelled("mark", salt))[:16]


def operation(seed, space, device, seq, prev, deps, lamport, wall, zone, body):
    body_hash = labelled("body", cbor([stub(part) for part in body]))
    header = cbor([1, space, device, seq, prev, deps, lamport, wall, zone, body_hash])
    signature = sign(seed, "op", header)
    return {
        "header": header.hex(),
        "body": cbor(body).hex(),
        "bodyHash": body_hash.hex(),
        "signature": signature.hex(),
        "name": labelled("header", header).hex(),
        "operation": (head(4, 3) + header + cbor(signature) + cbor(body)).hex(),
        "unsigned": (head(4, 3) + header + cbor(None) + cbor(body)).hex(),
    }


def filled(byte, size=16):
    return bytes([byte]) * size


def main():
    seed, device = filled(7, 32), filled(2)
    genesis_body = [[filled(9), bytes(16), "space", [
        [0],
        [11, filled(5, 32), b"roster", "peer", "Lina"],
        [1, "name", "Together"],
        [1, "size", "two"],
    ]]]
    space = labelled("space", device, labelled("body", cbor([stub(p) for p in genesis_body])))[:16]
    genesis = operation(seed, space, device, 1, None, [], 1, 1790000000000, 180, genesis_body)

    salt = filled(0x21)
    goal = entry_id(space, device, salt)
    slot = [device, 0]
    changes_body = [
        [filled(0x22), goal, "order", [[7, "milestone", None, 1, 0, 1], [7, "milestone", slot, 0, 1, 2]]],
        [salt, goal, "goal", [
            [0],
            [1, "title", "Grüße 🌱"],
            [1, "target", 2.1],
            [1, "progress", -1],
            [1, "due", None],
            [1, "shared", [filled(3), filled(4)]],
            [2, "tags", "b"],
            [3, "tags", "a"],
            [4, "why", b"\x00\x01\x02"],
            [5],
            [6],
            [8, "agenda", [device + filled(6, 32), 300], "value", True],
            [9, "agenda", slot],
            [10, "agenda", slot],
            [99, "something new", [1]],
        ]],
    ]
    deps = [[filled(1), 4, filled(8)], [filled(3), 70000, filled(9)]]
    prev = bytes.fromhex(genesis["name"])
    every = operation(seed, space, device, 2, prev, deps, 70001, -1, -90, changes_body)
    print(json.dumps({
        "seed": seed.hex(), "signing": public(seed).hex(), "device": device.hex(),
        "space": space.hex(), "goal": goal.hex(), "genesis": genesis, "every change": every,
    }, indent=1))


main()
