# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What passed between a client and the relay, taken apart as docs/protocol/relay.md has it: HTTP, WebSocket
(RFC 6455), messages. Anything that none of the page's forms fits ends the script."""
import driver
import vaultfile

primitives = vaultfile.primitives
BINARY, CLOSE, PING, PONG = 2, 8, 9, 10
HEAD_END = b"\r\n\r\n"
LONGEST_FRAME = 73_728

# Sizes of byte strings; "uint", "text", "null", "body", or a list of one form.
FROM_CLIENT = {
    1: ("uint", "uint", 32, "text", 64),
    2: ("uint", 32, 32, "null"),
    3: ("uint", 24, 16, "body"),
    4: ("uint", 24, "uint"),
    5: ("uint", 24, "uint"),
    6: ("uint", 24),
}
FROM_RELAY = {
    64: (["uint"], 32),
    65: ("uint",),
    66: ("uint or null", "uint", "uint"),
    67: (24, "uint", [(16, "body")]),
    68: (24, "uint"),
    69: (24,),
}
NAMES = {1: "prove", 2: "create", 3: "send", 4: "subscribe", 5: "ack", 6: "drop", 64: "hello", 65: "done",
         66: "refused", 67: "push", 68: "drained", 69: "ended"}


def fits(item, form):
    if isinstance(form, tuple):
        return isinstance(item, list) and len(item) == len(form) and all(map(fits, item, form))
    if isinstance(form, list):
        return isinstance(item, list) and all(fits(each, form[0]) for each in item)
    if isinstance(form, int):
        return isinstance(item, bytes) and len(item) == form
    return {"uint": type(item) is int, "text": isinstance(item, str), "null": item is None,
            "uint or null": item is None or type(item) is int, "body": isinstance(item, bytes)}[form]


class Direction:
    """One direction of a connection; a kill may have cut its last frame off."""

    def __init__(self, data, from_client):
        end = data.find(HEAD_END)
        self.from_client = from_client
        self.head = data[:end if end >= 0 else len(data)].decode("ascii").split("\r\n")
        self.payload, self.messages, self.controls = bytearray(), [], []
        if end >= 0:
            self.read(data, end + len(HEAD_END))

    def read(self, data, at):
        while (frame := self.frame(data, at)) is not None:
            opcode, payload, at = frame
            self.payload += payload
            if opcode == BINARY:
                self.take(payload)
            else:
                driver.check(opcode in (CLOSE, PING, PONG), f"a frame of kind {opcode}")
                self.controls.append((opcode, payload))
        driver.check(len(data) - at < LONGEST_FRAME + 14, "frames end amid a direction")
        if len(data) > at + 14:
            self.payload += self.frame(data, at, whole=False)[1]

    def frame(self, data, at, whole=True):
        """The frame there, or nothing where the rest is not a whole one."""
        if len(data) < at + 2:
            return None
        first, second = data[at:at + 2]
        driver.check(first & 0x70 == 0 and first & 0x80, "a frame with an extension, or in pieces")
        driver.check(bool(second & 0x80) == self.from_client, "masked by the wrong side")
        at, size = at + 2, second & 0x7f
        if size >= 126:
            width = 2 if size == 126 else 8
            size, at = int.from_bytes(data[at:at + width], "big"), at + width
        mask = data[at:at + 4] if self.from_client else bytes(4)
        at += 4 if self.from_client else 0
        if len(data) < at + size:
            if whole:
                return None
            size = len(data) - at
        repeated = (mask * (size // 4 + 1))[:size]
        payload = int.from_bytes(data[at:at + size], "big") ^ int.from_bytes(repeated, "big")
        return first & 15, payload.to_bytes(size, "big"), at + size

    def take(self, payload):
        at, known = 0, FROM_CLIENT if self.from_client else FROM_RELAY
        while at < len(payload):
            message, end = primitives.decode_at(payload, at)
            driver.check(primitives.encode(message) == payload[at:end], "a message in another encoding")
            at = end
            driver.check(message[0] in known and fits(message[1:], known[message[0]]),
                         f"a message of no known form: {str(message)[:200]}")
            self.messages.append(message)


class Capture:
    """All that a forwarder kept."""

    def __init__(self, kept):
        self.raw = [bytes(data) for pair in kept for data in pair]
        self.directions = [Direction(bytes(data), from_client) for pair in kept
                           for data, from_client in zip(pair, (True, False))]

    def count(self):
        counts = {}
        for direction in self.directions:
            for message in direction.messages:
                counts[NAMES[message[0]]] = counts.get(NAMES[message[0]], 0) + 1
        return counts

    def bodies(self):
        """Every sealed message that was sent, by its id."""
        return {message[3]: message[4] for direction in self.directions for message in direction.messages
                if message[0] == 3}

    def texts(self):
        """Every text in the messages: the hosts of proofs."""
        return {message[4] for direction in self.directions for message in direction.messages if message[0] == 1}
