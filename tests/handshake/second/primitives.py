# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The primitives that docs/protocol names, written out from their RFCs with nothing but Python's own hashes.

Slow and not constant in time: for tests alone.
"""
import hashlib
import hmac
import struct

PRIME = 2**255 - 19


# X25519 (RFC 7748, section 5)

def x25519(secret, point):
    scalar = bytearray(secret)
    scalar[0] &= 248
    scalar[31] = (scalar[31] & 127) | 64
    k = int.from_bytes(scalar, "little")
    x1 = int.from_bytes(point, "little") & (2**255 - 1)
    x2, z2, x3, z3, swapped = 1, 0, x1, 1, 0
    for t in reversed(range(255)):
        bit = (k >> t) & 1
        if swapped ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swapped = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % PRIME, b * b % PRIME, d * a % PRIME, c * b % PRIME
        e = aa - bb
        x3, z3 = pow(da + cb, 2, PRIME), x1 * pow(da - cb, 2, PRIME) % PRIME
        x2, z2 = aa * bb % PRIME, e * (aa + 121665 * e) % PRIME
    if swapped:
        x2, z2 = x3, z3
    shared = (x2 * pow(z2, PRIME - 2, PRIME) % PRIME).to_bytes(32, "little")
    if shared == bytes(32):
        raise ValueError("a key of low order")
    return shared


def x25519_public(secret):
    return x25519(secret, (9).to_bytes(32, "little"))


# Ed25519 (RFC 8032, section 5.1), points as (X, Y, Z, T)

ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return tuple(v % PRIME for v in (e * f, g * h, f * g, e * h))


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def recover_x(y, sign):
    square = (y * y - 1) * pow(D * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    if (x * x - square) % PRIME:
        raise ValueError("no point")
    return PRIME - x if x & 1 != sign else x


BASE_Y = 4 * pow(5, PRIME - 2, PRIME) % PRIME
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % PRIME)


def compress(point):
    inverse = pow(point[2], PRIME - 2, PRIME)
    x, y = point[0] * inverse % PRIME, point[1] * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x = recover_x(y, sign)
    return (x, y, 1, x * y % PRIME)


def expand(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254
    return scalar, digest[32:]


def ed25519_public(seed):
    return compress(multiply(expand(seed)[0], BASE))


def reduced(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ORDER


def ed25519_sign(seed, message):
    scalar, prefix = expand(seed)
    public = compress(multiply(scalar, BASE))
    r = reduced(prefix, message)
    commitment = compress(multiply(r, BASE))
    s = (r + reduced(commitment, public, message) * scalar) % ORDER
    return commitment + s.to_bytes(32, "little")


def ed25519_verify(public, message, signature):
    s = int.from_bytes(signature[32:], "little")
    h = reduced(signature[:32], public, message)
    left = compress(multiply(s, BASE))
    right = compress(add(decompress(signature[:32]), multiply(h, decompress(public))))
    return s < ORDER and left == right


# ChaCha20 and Poly1305 (RFC 8439), HChaCha20 (draft-irtf-cfrg-xchacha, section 2.2)

def rounds(state):
    s = list(state)

    def quarter(a, b, c, d):
        for x, y, z, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            s[x] = (s[x] + s[y]) & 0xffffffff
            s[z] ^= s[x]
            s[z] = (s[z] << bits | s[z] >> (32 - bits)) & 0xffffffff

    for _ in range(10):
        for column in range(4):
            quarter(column, column + 4, column + 8, column + 12)
        for diagonal in range(4):
            quarter(diagonal, (diagonal + 1) % 4 + 4, (diagonal + 2) % 4 + 8, (diagonal + 3) % 4 + 12)
    return s


def chacha_state(key, tail):
    return struct.unpack("<16I", b"expand 32-byte k" + key + tail)


def chacha20(key, nonce, counter, data):
    out = bytearray()
    for at in range(0, len(data), 64):
        state = chacha_state(key, struct.pack("<I", counter + at // 64) + nonce)
        block = struct.pack("<16I", *((a + b) & 0xffffffff for a, b in zip(state, rounds(state))))
        out += bytes(a ^ b for a, b in zip(data[at:at + 64], block))
    return bytes(out)


def hchacha20(key, nonce):
    mixed = rounds(chacha_state(key, nonce))
    return struct.pack("<8I", *mixed[:4], *mixed[12:])


def poly1305(key, message):
    r = int.from_bytes(key[:16], "little") & 0x0ffffffc0ffffffc0ffffffc0fffffff
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at:at + 16] + b"\1", "little")) * r % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], "little")) % 2**128).to_bytes(16, "little")


def tag_of(key, nonce, associated, cipher):
    def padded(data):
        return data + bytes(-len(data) % 16)
    lengths = struct.pack("<QQ", len(associated), len(cipher))
    return poly1305(chacha20(key, nonce, 0, bytes(32)), padded(associated) + padded(cipher) + lengths)


def aead_encrypt(key, nonce, associated, plain):
    cipher = chacha20(key, nonce, 1, plain)
    return cipher + tag_of(key, nonce, associated, cipher)


def aead_decrypt(key, nonce, associated, sealed):
    cipher, tag = sealed[:-16], sealed[-16:]
    if not hmac.compare_digest(tag, tag_of(key, nonce, associated, cipher)):
        raise ValueError("does not verify")
    return chacha20(key, nonce, 1, cipher)


def xaead(operation, key, nonce, associated, data):
    return operation(hchacha20(key, nonce[:16]), bytes(4) + nonce[16:], associated, data)


# HKDF (RFC 5869) with HMAC-SHA-512

def hmac512(key, message):
    return hmac.new(key, message, hashlib.sha512).digest()


def hkdf(material, salt, info, size):
    key, out, block = hmac512(salt, material), b"", b""
    while len(out) < size:
        block = hmac512(key, block + info + bytes([len(out) // 64 + 1]))
        out += block
    return out[:size]


# Deterministic CBOR (RFC 8949, 4.2.1), as far as the chapters use it

def head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if value < 256**size:
            return bytes([major << 5 | info]) + value.to_bytes(size, "big")
    raise ValueError("too large")


def encode(item):
    if item is None or isinstance(item, bool):
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[item]
    if isinstance(item, int):
        return head(0, item)
    if isinstance(item, bytes):
        return head(2, len(item)) + item
    if isinstance(item, str):
        return head(3, len(item.encode())) + item.encode()
    if isinstance(item, list):
        return head(4, len(item)) + b"".join(map(encode, item))
    pairs = sorted((encode(key), encode(value)) for key, value in item.items())
    return head(5, len(pairs)) + b"".join(key + value for key, value in pairs)


def decode_at(data, at):
    major, value = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        return {20: False, 21: True, 22: None}[value], at
    if value >= 24:
        size = 1 << (value - 24)
        value, at = int.from_bytes(data[at:at + size], "big"), at + size
    if major == 0:
        return value, at
    if major in (2, 3):
        piece = data[at:at + value]
        return (piece if major == 2 else piece.decode()), at + value
    items = []
    for _ in range(value * (2 if major == 5 else 1)):
        item, at = decode_at(data, at)
        items.append(item)
    return (items if major == 4 else dict(zip(items[::2], items[1::2]))), at


def decode(data):
    item, end = decode_at(data, 0)
    if end != len(data) or encode(item) != data:
        raise ValueError("not deterministic CBOR")
    return item
