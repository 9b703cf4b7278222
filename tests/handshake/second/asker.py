# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second implementation of docs/protocol/sessions.md, the asker's side: pairs with the C++ one and talks to it.

usage: asker.py PAIRING_PEER
PAIRING_PEER is the inviter; the two exchange lines of text. Ends with 0 when all agrees.
"""
import base64
import hashlib
import hmac
import os
import subprocess
import sys

from primitives import (aead_decrypt, aead_encrypt, decode, ed25519_public, ed25519_sign, ed25519_verify, encode, hkdf,
                        hmac512, x25519, x25519_public, xaead)


def labelled(label, *parts):
    return hashlib.blake2b(b"Waymark 1 " + label + b"".join(parts), digest_size=32).digest()


def derive(material, salt, label, size=32):
    return hkdf(material, salt, b"Waymark 1 " + label, size)


class Noise:
    """Noise_IKpsk1_25519_ChaChaPoly_BLAKE2b, the initiator's side."""

    def __init__(self, prologue, static, remote, psk):
        self.hash = self.chaining = b"Noise_IKpsk1_25519_ChaChaPoly_BLAKE2b".ljust(64, b"\0")
        self.static, self.remote, self.psk = static, remote, psk
        self.ephemeral = os.urandom(32)
        self.mix_hash(prologue)
        self.mix_hash(remote)

    def mix_hash(self, data):
        self.hash = hashlib.blake2b(self.hash + data).digest()

    def derived(self, material):
        key = hmac.new(self.chaining, material, hashlib.blake2b).digest()
        out = [b""]
        for number in (1, 2, 3):
            out.append(hmac.new(key, out[-1] + bytes([number]), hashlib.blake2b).digest())
        return out[1:]

    def mix_key(self, material):
        self.chaining, key, _ = self.derived(material)
        self.key, self.counter = key[:32], 0

    def mix_key_and_hash(self, material):
        self.chaining, middle, key = self.derived(material)
        self.mix_hash(middle)
        self.key, self.counter = key[:32], 0

    def nonce(self):
        self.counter += 1
        return bytes(4) + (self.counter - 1).to_bytes(8, "little")

    def encrypt(self, plain):
        out = aead_encrypt(self.key, self.nonce(), self.hash, plain)
        self.mix_hash(out)
        return out

    def decrypt(self, cipher):
        out = aead_decrypt(self.key, self.nonce(), self.hash, cipher)
        self.mix_hash(cipher)
        return out

    def write(self, payload):
        """-> e, es, s, ss, psk"""
        public = x25519_public(self.ephemeral)
        self.mix_hash(public)
        self.mix_key(public)
        self.mix_key(x25519(self.ephemeral, self.remote))
        static = self.encrypt(x25519_public(self.static))
        self.mix_key(x25519(self.static, self.remote))
        self.mix_key_and_hash(self.psk)
        return public + static + self.encrypt(payload)

    def read(self, message):
        """<- e, ee, se"""
        theirs = message[:32]
        self.mix_hash(theirs)
        self.mix_key(theirs)
        self.mix_key(x25519(self.ephemeral, theirs))
        self.mix_key(x25519(self.static, theirs))
        return self.decrypt(message[32:])

    def split(self):
        first, second, _ = self.derived(b"")
        return first[:32] + second[:32]


def seal(key, label, associated, plain):
    nonce = os.urandom(24)
    return nonce + commitment(key, label, nonce) + xaead(aead_encrypt, key, nonce, associated, plain)


def unseal(key, label, associated, sealed):
    nonce = sealed[:24]
    assert commitment(key, label, nonce) == sealed[24:56], "another key"
    return xaead(aead_decrypt, key, nonce, associated, sealed[56:])


def commitment(key, label, nonce):
    return hashlib.blake2b(b"Waymark 1 commitment" + label + nonce, digest_size=32, key=key).digest()


class Session:
    """The initiator's ratchet: as much as one message each way needs."""

    def __init__(self, noise, theirs):
        self.bound = noise.hash
        material = noise.split()
        self.root = derive(material, noise.hash, b"session root")
        self.send_header = derive(material, noise.hash, b"session header initiator")
        self.receive_header = derive(material, noise.hash, b"session header responder")
        self.own = os.urandom(32)
        self.send_chain, _ = self.step(theirs)

    def step(self, theirs):
        out = derive(x25519(self.own, theirs), self.root, b"ratchet root", 96)
        self.root = out[:32]
        return out[32:64], out[64:]

    def send(self, body):
        header = x25519_public(self.own) + bytes(4) + bytes(4) + (1).to_bytes(8, "big")
        key = hmac512(self.send_chain, b"\1")[:32]
        sealed = seal(self.send_header, b"ratchet header", self.bound + b"\0", header)
        return b"\3" + sealed + seal(key, b"ratchet message", self.bound + b"\0" + sealed, body)

    def receive(self, message):
        assert message[0] == 3
        sealed = message[1:121]
        header = unseal(self.receive_header, b"ratchet header", self.bound + b"\1", sealed)
        assert header[32:] == bytes(8) + (1).to_bytes(8, "big")
        chain, _ = self.step(header[:32])
        key = hmac512(chain, b"\1")[:32]
        return unseal(key, b"ratchet message", self.bound + b"\1" + sealed, message[121:])


def make_roster(identity, device):
    body = encode({1: 1, 2: [], 3: [device]})
    return encode([{1: 1, 2: [], 3: [device]}, ed25519_sign(identity, b"Waymark 1 roster" + body)])


def check_roster(roster, identity, agreement):
    body, signature = decode(roster)
    assert ed25519_verify(identity, b"Waymark 1 roster" + encode(body), signature), "roster not signed"
    assert any(device[2] == agreement and device[3] == 0 for device in body[3]), "device not listed"


def padded(fields):
    out = len(fields).to_bytes(4, "big") + fields
    return out + bytes(-len(out) % 4096)


def unpadded(payload):
    size = int.from_bytes(payload[:4], "big")
    assert not any(payload[4 + size:])
    return payload[4:4 + size]


def safety_number(*keys):
    strings = []
    for key in keys:
        for _ in range(5200):
            key = hashlib.blake2b(key).digest()
        strings.append("".join("%05d" % (int.from_bytes(key[i:i + 5], "big") % 100000) for i in range(0, 30, 5)))
    return "".join(sorted(strings))


def main(program):
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:

        def tell(data):
            print(data.hex(), file=peer.stdin, flush=True)

        def hear():
            return peer.stdout.readline().strip()

        text = hear()
        assert text.startswith("waymark:pair#")
        link = base64.urlsafe_b64decode(text[13:] + "=" * (-len(text[13:]) % 4))
        _, _, _, queue, device, _, role, space, secret, _ = decode(link)
        assert ed25519_public(derive(secret, b"", b"link send")).hex() == hear(), "send key differs"

        identity, signing, agreement = os.urandom(32), os.urandom(32), os.urandom(32)
        roster = make_roster(identity, {1: ed25519_public(signing), 2: x25519_public(agreement), 3: 0})
        receive_key, send_seed = ed25519_public(os.urandom(32)), os.urandom(32)
        own_queue = labelled(b"send", receive_key, ed25519_public(send_seed))[:24]
        prologue = encode([1, "Waymark 1 pair by link", space, labelled(b"link", link)])
        noise = Noise(prologue, agreement, device, derive(secret, b"", b"link psk"))
        fields = {1: ed25519_public(identity), 2: roster, 3: "Zweite Küche", 4: [own_queue, send_seed]}
        tell(b"\1" + noise.write(padded(encode(fields))))
        assert hear() == labelled(b"person", ed25519_public(identity))[:16].hex(), "person id differs"

        message = bytes.fromhex(hear())
        assert message[0] == 2
        answer = decode(unpadded(noise.read(message[1:])))
        check_roster(answer[2], answer[1], device)
        assert answer[5] == role and answer[6] == b"genesis" and answer[4][0] != queue
        assert safety_number(answer[1], ed25519_public(identity)) == hear(), "safety number differs"

        session = Session(noise, answer[7])
        content = encode([1, [b"an operation"]])
        tell(session.send((b"\0" + len(content).to_bytes(3, "big") + content).ljust(256, b"\0")))
        body = session.receive(bytes.fromhex(hear()))
        assert len(body) == 256 and body[0] == 0
        size = int.from_bytes(body[1:4], "big")
        assert decode(body[4:4 + size]) == [3, [[b"d" * 16, 7, b"h" * 32]], 1, 1]
        assert not any(body[4 + size:])
    return peer.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
