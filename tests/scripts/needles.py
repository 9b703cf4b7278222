# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words, numbers and keys that must not be found, in the forms in which they could stand somewhere."""
import base64
import random
import unicodedata

import driver

HEAD = 8  # the least that counts as found
CHUNK = 4096


def variants(word):
    """As written, in one case, and without marks, as a search index holds it."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    return {word, word.lower(), word.upper(), unicodedata.normalize("NFD", word), bare, bare.lower()}


def in_base64(data, encode):
    """What of it is the same whatever stands before and behind, at each of the three alignments."""
    for shift in range(3):
        text = encode(bytes(shift) + data)
        yield text[(0, 2, 3)[shift]:(shift + len(data)) * 8 // 6]


def binary_forms(data):
    yield "raw", data
    for text in (data.hex(), data.hex().upper()):
        yield "hex", text.encode()
        yield "hex in UTF-16", text.encode("utf-16-le")
        yield "hex in UTF-16", text.encode("utf-16-be")
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for text in in_base64(data, encode):
            yield "base64", text


def forms(word):
    if isinstance(word, bytes):
        yield from binary_forms(word)
        return
    for each in variants(word):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            for name, form in binary_forms(each.encode(encoding)):
                yield f"{encoding}, {name}", form


class Needles:
    """Everything searched for. A word also counts as found when any eight bytes of its UTF-8 or of a key are;
    in the other forms when the first eight are. One of ordinary words is wanted `whole`."""

    def __init__(self):
        self.words, self.heads, self.searched = {}, {}, 0

    def add(self, word, label, whole=False):
        if word in self.words:
            return
        self.words[word] = label
        for name, form in forms(word):
            driver.check(len(form) >= HEAD, f"{label} is too short to be searched for")
            pieces = len(form) - HEAD + 1 if name in ("raw", "utf-8, raw") and not whole else 1
            for at in range(pieces):
                self.heads.setdefault(form[at:at + HEAD], []).append((label, name, form if whole else b""))

    def find(self, data):
        """The first few places where one is, as (place, label, form). Stretches of zeros do not count as searched."""
        found, heads, data = [], self.heads, bytes(data)
        for begin in range(0, len(data), CHUNK):
            chunk = data[begin:begin + CHUNK + HEAD - 1]
            if chunk.count(0) == len(chunk):
                continue
            self.searched += min(CHUNK, len(chunk))
            for at in range(len(chunk) - HEAD + 1):
                if chunk[at:at + HEAD] in heads:
                    known = heads[chunk[at:at + HEAD]]
                    found += [(begin + at, label, form) for label, form, whole in known
                              if data.startswith(whole, begin + at)][:1]
                    if len(found) > 4:
                        return found
        return found


def check_itself(seed):
    """Each form of a word and of a key is found wherever it stands between random bytes."""
    rng = random.Random(seed)
    tried = 0
    for word in ("Zovikramuthel", "žluťoučký-kůň", "山の上の小さな学校", rng.randbytes(16), rng.randbytes(32)):
        needles = Needles()
        needles.add(word, "planted")
        driver.check(not needles.find(rng.randbytes(200_000)), "random bytes seem to hold a planted word")
        driver.check(not needles.find(bytes(3 * CHUNK)), "zeros seem to hold a planted word")
        for place in (0, 1, 2, CHUNK - 3, CHUNK):
            noise = rng.randbytes(place), rng.randbytes(50)
            for name, form in forms(word):
                found = needles.find(form.join(noise))
                driver.check(place in [each[0] for each in found], f"not found at {place}: {name}")
                tried += 1
            # Encoded together with what stands around it.
            raw = word if isinstance(word, bytes) else word.encode()
            whole = raw.join(noise)
            for text in (base64.b64encode(whole), base64.urlsafe_b64encode(whole), whole.hex().encode()):
                driver.check(needles.find(text), f"not found where all is encoded, at {place}")
                tried += 1
    return tried
