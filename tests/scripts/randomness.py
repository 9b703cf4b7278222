# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether bytes look like random ones: chi-square of how often each occurs, and no block that comes twice."""
import math
import random
from collections import Counter

import driver

BLOCK = 16
FREEDOM = 255
LEAST_P = 1e-9


def survival(x, freedom=FREEDOM):
    """The probability that chi-square with so many degrees of freedom is greater than x: the upper regularised
    incomplete gamma function, by its series below the mean and its continued fraction above (Lentz)."""
    a, x = freedom / 2, x / 2
    if x <= 0:
        return 1.0
    scale = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        n = a
        while abs(term) > abs(total) * 1e-16:
            n += 1
            term *= x / n
            total += term
        return 1 - total * scale
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    h = d
    for i in range(1, 10_000):
        b += 2
        d = i * (a - i) * d + b
        c = b + i * (a - i) / c
        d, c = 1 / (d or tiny), c or tiny
        h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return scale * h


def probability(data):
    """That random bytes are spread as unevenly as these."""
    expected = len(data) / 256
    counts = Counter(data)
    square = sum(count * count for count in counts.values()) / expected - len(data)
    return survival(square)


def looks_random(p):
    """Neither too uneven nor too even."""
    return LEAST_P < p < 1 - LEAST_P


class Blocks:
    """Blocks seen so far, aligned to the beginning of each piece."""

    def __init__(self):
        self.places, self.repeated = {}, []

    def take(self, piece, place):
        for at in range(0, len(piece) - BLOCK + 1, BLOCK):
            block = piece[at:at + BLOCK]
            first = self.places.setdefault(block, (place, at))
            if first != (place, at):
                self.repeated.append((first, (place, at)))


def check_itself(seed):
    """Published quantiles; the exact values of the even degrees beside 255; random bytes and text."""
    for x, expected in ((293.24783508, 0.05), (310.45738821, 0.01), (330.51974419, 0.001)):
        driver.check(abs(survival(x) / expected - 1) < 1e-6, f"chi-square at {x}: {survival(x)}, not {expected}")

    def even(x, freedom):
        return math.fsum(math.exp(-x / 2 + i * math.log(x / 2) - math.lgamma(i + 1)) for i in range(freedom // 2))

    for x in (100, 200, 254, 255, 257, 300, 400, 450, 500):
        for freedom in (254, 256):
            driver.check(abs(survival(x, freedom) / even(x, freedom) - 1) < 1e-9, f"chi-square at {x} with {freedom}")
        driver.check(survival(x, 254) <= survival(x) <= survival(x, 256), f"chi-square at {x}")

    noise = random.Random(seed).randbytes(4016)
    driver.check(looks_random(probability(noise)), "random bytes do not look random")
    text = (b"Between two meetings she wrote what had helped, and what had not. " * 61)[:4016]
    for name, piece in (("text", text), ("zeros", bytes(4016)), ("counting", bytes(range(256)) * 15),
                        ("half a page of text", noise[:2008] + text[:2008])):
        driver.check(not looks_random(probability(piece)), f"{name} looks random")
    blocks = Blocks()
    blocks.take(noise, "a")
    driver.check(not blocks.repeated, "random bytes seem to hold a block twice")
    blocks.take(noise[2000:2000 + BLOCK], "b")
    driver.check(blocks.repeated == [(("a", 2000), ("b", 0))], "a block that comes twice is not noticed")
