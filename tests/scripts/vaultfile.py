# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A vault's files, read as docs/FILE_FORMAT.md has them and with no code of the product.

The framing in plain is taken apart for whoever looks at the rest; with the passphrase the pages are decrypted
in memory, so that a search can be shown to find in them what it must not find in the files.
"""
import ctypes
import functools
import hashlib
import hmac
import os
import sqlite3
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "handshake", "second"))
import asker  # noqa: E402  (the same sealing, written out for another test)
import primitives  # noqa: E402

PAGE, RESERVE, VECTOR, SALT = 4096, 80, 16, 16
WAL_HEADER, FRAME_HEADER = 32, 24
PASSPHRASE_SLOT = 1
MAC_SALT_MASK = 0x3a
WAL_MAGIC, WAL_VERSION = 0x377f0682, 3007000

# What may stand in a vault's folder.
FILES = {"vault.waymark", "journal.db", "journal.db-wal", "vault.lock", "vault.waymark.new", "vault.waymark.previous"}


def keyed(key, label, message=b""):
    return hashlib.blake2b(b"Waymark 1 " + label + message, digest_size=32, key=key).digest()


@functools.lru_cache
def argon2id(passphrase, salt, memory, passes):
    sodium = ctypes.CDLL("libsodium.so.23")
    out = ctypes.create_string_buffer(32)
    done = sodium.crypto_pwhash(out, ctypes.c_ulonglong(32), passphrase, ctypes.c_ulonglong(len(passphrase)), salt,
                                ctypes.c_ulonglong(passes), ctypes.c_size_t(memory), 2)
    if done != 0:
        raise ValueError("Argon2id failed")
    return out.raw


class Aes:
    """AES-256 in CBC mode without padding, by OpenSSL."""

    def __init__(self, key):
        self.key, self.library = key, ctypes.CDLL("libcrypto.so.3")
        for name in ("EVP_CIPHER_CTX_new", "EVP_aes_256_cbc"):
            getattr(self.library, name).restype = ctypes.c_void_p
        self.context = ctypes.c_void_p(self.library.EVP_CIPHER_CTX_new())
        self.cipher = ctypes.c_void_p(self.library.EVP_aes_256_cbc())

    def decrypt(self, vector, data):
        out, size = ctypes.create_string_buffer(len(data) + 32), ctypes.c_int()
        good = self.library.EVP_DecryptInit_ex(self.context, self.cipher, None, self.key, vector)
        self.library.EVP_CIPHER_CTX_set_padding(self.context, 0)
        good &= self.library.EVP_DecryptUpdate(self.context, out, ctypes.byref(size), data, len(data))
        if not good or size.value != len(data):
            raise ValueError("AES failed")
        return out.raw[:len(data)]


class Page:
    """One stored page: where it stands, its body, and the 80 bytes behind it."""

    def __init__(self, place, number, data):
        self.place, self.number = place, number
        self.begin = SALT if number == 1 else 0
        self.data = data

    @property
    def salt(self):
        return self.data[:self.begin]

    @property
    def body(self):
        return self.data[self.begin:-RESERVE]

    @property
    def encrypted(self):
        """All but the salt."""
        return self.data[self.begin:]


def database_pages(data):
    if len(data) % PAGE:
        raise ValueError("journal.db is not made of whole pages")
    return [Page(at, at // PAGE + 1, data[at:at + PAGE]) for at in range(0, len(data), PAGE)]


def wal_checksum(data, begin, order):
    """SQLite's, over whole pairs of 32-bit words."""
    first, second = begin
    for one, two in struct.iter_unpack(order + "II", data):
        first = first + one + second & 0xffffffff
        second = second + two + first & 0xffffffff
    return first, second


class Wal:
    """journal.db-wal: all its pages, also of frames that an earlier log or a kill left behind, and `commits`, each
    the number of pages up to there and the database's size."""

    def __init__(self, data):
        self.pages, self.commits = [], []
        if len(data) <= WAL_HEADER:
            return
        magic, version, page, _, salts, *stored = struct.unpack_from(">IIII8sII", data)
        if magic & ~1 != WAL_MAGIC or version != WAL_VERSION or page != PAGE:
            raise ValueError("journal.db-wal begins otherwise than SQLite's")
        order = ">" if magic & 1 else "<"
        running = wal_checksum(data[:24], (0, 0), order)
        valid = running == tuple(stored)
        for at in range(WAL_HEADER, len(data) - FRAME_HEADER - PAGE + 1, FRAME_HEADER + PAGE):
            number, size, own, *stored = struct.unpack_from(">II8sII", data, at)
            content = data[at + FRAME_HEADER:at + FRAME_HEADER + PAGE]
            self.pages.append(Page(at + FRAME_HEADER, number, content))
            if valid:
                running = wal_checksum(data[at:at + 8] + content, running, order)
                valid = own == salts and number > 0 and running == tuple(stored)
            if valid and size:
                self.commits.append((len(self.pages), size))


class Vault:
    """A vault opened with its passphrase, from the bytes of its files."""

    def __init__(self, files, passphrase):
        self.files = files
        header = files["vault.waymark"]
        encoded = header[:-32]
        if hashlib.blake2b(encoded, digest_size=32).digest() != header[-32:]:
            raise ValueError("the header's hash is wrong")
        _, self.vault, self.salt, slots, mac = primitives.decode(encoded)
        slot = next(slot for slot in slots if slot[0] == PASSPHRASE_SLOT)
        key = argon2id(passphrase.encode(), *slot[1])
        self.key = self.unwrapped(key, "vault key", slot, slot[2])
        self.identity_secret = self.unwrapped(key, "identity secret", slot, slot[3])
        whole = primitives.encode([1, self.vault, self.salt, slots])
        if keyed(keyed(self.key, b"header MAC"), b"vault header", whole) != mac:
            raise ValueError("the header's MAC is wrong")

    def unwrapped(self, key, label, slot, sealed):
        associated = primitives.encode([label, self.vault, slot[0], slot[1]])
        return asker.unseal(key, label.encode(), associated, sealed)

    def database(self):
        """All that is committed, as one plain database in memory."""
        image = {page.number: page for page in database_pages(self.files["journal.db"])}
        size, wal = len(image), Wal(self.files.get("journal.db-wal", b""))
        if wal.commits:
            count, size = wal.commits[-1]
            image.update((page.number, page) for page in wal.pages[:count])
        key = keyed(self.key, b"database")
        aes, salt = Aes(key), self.files["journal.db"][:SALT]
        mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ MAC_SALT_MASK for byte in salt), 2, 32)
        plain = bytearray()
        for number in range(1, size + 1):
            page, end = image[number], PAGE - RESERVE
            vector, mac = page.data[end:end + VECTOR], page.data[end + VECTOR:]
            signed = page.data[page.begin:end + VECTOR] + struct.pack("<I", number)
            if not hmac.compare_digest(hmac.new(mac_key, signed, hashlib.sha512).digest(), mac):
                raise ValueError(f"the HMAC of page {number} is wrong")
            plain += page.salt and b"SQLite format 3\0"
            plain += aes.decrypt(vector, page.body) + bytes(RESERVE)
        plain[18:20] = b"\1\1"  # a database in memory has no log
        database = sqlite3.connect(":memory:")
        database.deserialize(bytes(plain))
        return database, bytes(plain)
