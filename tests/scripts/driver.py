# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts of this folder share: waymark-cli and waymark-relay as processes, a forwarder that
counts what passes, and checks that end the script with a sentence."""
import argparse
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PASSPHRASE = "a passphrase for tests"
NETWORK = 6
REFUSED = 5
LONGEST_S = 180
SLOW_LINE_S = 0.006  # for each 4 KiB


def fail(sentence):
    print(f"FAILED: {sentence}")
    sys.exit(1)


def check(condition, sentence):
    if not condition:
        fail(sentence)


def read_arguments(description, **numbers):
    """Binaries, seed and the numbers that a short run makes smaller."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("seed", type=int)
    parser.add_argument("--cli", default="build/dev/bin/waymark-cli")
    parser.add_argument("--relay", default="build/dev/bin/waymark-relay")
    parser.add_argument("--keep", action="store_true", help="leave the vaults for a look at them")
    for name, (value, text) in numbers.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=value, help=f"{text} ({value})")
    return parser.parse_args()


class Folder:
    """A folder for one run, gone afterwards unless it is to be kept."""

    def __init__(self, keep):
        self.keep = keep
        self.path = tempfile.mkdtemp(prefix="waymark-")

    def __enter__(self):
        return self.path

    def __exit__(self, kind, *_):
        if self.keep or kind is not None:
            print(f"The vaults are kept in {self.path}")
        else:
            subprocess.run(["rm", "-rf", self.path], check=True)


class Cli:
    """One vault, driven by waymark-cli alone."""

    def __init__(self, program, vault, name):
        self.program, self.vault, self.name = program, vault, name
        self.environment = dict(os.environ, WAYMARK_PASSPHRASE=PASSPHRASE)
        self.messages = 0  # that left with operations in them
        self.links = []  # by which others were invited

    def command(self, *words):
        return [self.program, *words, "--vault", self.vault, "--json"]

    def start(self, *words):
        return subprocess.Popen(self.command(*words), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=self.environment)

    def finish(self, *words, text=None):
        return subprocess.run(self.command(*words), input=text, capture_output=True, text=True,
                              env=self.environment, timeout=LONGEST_S, check=False)

    def ask(self, *words, status=0):
        """The document that a command answers with; its end must be `status`."""
        done = self.finish(*words)
        check(done.returncode == status,
              f"{self.name}: '{' '.join(words)[:200]}' ended with {done.returncode}, not {status}: "
              f"{done.stderr.strip()[-400:]}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def apply(self, lines):
        """Does the lines; gives the result lines."""
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        done = self.finish("entry", "apply", "-", text=text)
        check(done.returncode in (0, REFUSED),
              f"{self.name}: applying ended with {done.returncode}: {done.stderr.strip()[-400:]}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def sync(self, timeout=60):
        """One turn; None where the network failed."""
        done = self.finish("sync", "--once", "--timeout", str(timeout), "--events")
        events = [self.event(line) for line in done.stderr.splitlines()]
        self.messages += sum(1 for event in events if event.get("event") == "sent" and event.get("operations"))
        check(done.returncode in (0, NETWORK),
              f"{self.name}: sync ended with {done.returncode}: {done.stderr.strip()[-400:]}")
        return json.loads(done.stdout) if done.returncode == 0 else None

    def event(self, line):
        check(line.startswith("{"), f"{self.name}: said on stderr, amid JSON: {line}")
        return json.loads(line)

    def waiting(self):
        status = self.ask("status")
        return status["outbox"], status["unsent"]

    def operations(self, entries):
        """Every operation in the histories of these entries."""
        found, entries = set(), sorted(entries)
        for first in range(0, len(entries), 200):
            rows = self.ask("entry", "history", *entries[first:first + 200])
            found.update(row["operation"] for row in rows)
        return found

    def verify(self):
        report = self.ask("vault", "verify")
        check(report["problems"] == [], f"{self.name}: the vault does not verify: {report['problems'][:3]}")


class Relay:
    """waymark-relay on a port of its own; it may be killed and started again. `said` is a file for what it says
    on standard error."""

    def __init__(self, program, store, said=None):
        self.program, self.store, self.said = program, store, said
        self.port, self.names, self.process = 0, [], None
        self.start()

    def start(self):
        command = [self.program, "--listen", f"127.0.0.1:{self.port}", "--store", self.store]
        for name in self.names:
            command += ["--public-name", name]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.said, text=True)
        line = self.process.stdout.readline()
        check("ws://" in line, f"the relay did not start: {line!r}")
        self.port = int(line.rsplit(":", 1)[1])

    def come_as(self, name):
        """From now on clients come under this name."""
        self.stop()
        self.names = [name]
        self.start()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Forwarder:
    """Passes bytes between clients and the relay, and calls back once so many have come from clients. `kept`, where
    it is wanted, has for each connection all bytes from the client and all from the relay."""

    def __init__(self, relay, keep=False):
        self.relay, self.kept = relay, [] if keep else None
        self.passed, self.limit, self.reached = 0, None, None
        self.server = socket.create_server(("127.0.0.1", 0))
        self.name = "127.0.0.1:%d" % self.server.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def after(self, count, action):
        """Calls `action` when `count` more bytes have come from clients."""
        self.passed, self.reached, self.limit = 0, action, count

    def serve(self):
        while True:
            client, _ = self.server.accept()
            threading.Thread(target=self.forward, args=(client,), daemon=True).start()

    def forward(self, client):
        try:
            server = socket.create_connection(("127.0.0.1", self.relay.port))
        except OSError:
            client.close()
            return
        pair = (bytearray(), bytearray())
        if self.kept is not None:
            self.kept.append(pair)
        with client, server, selectors.DefaultSelector() as ready:
            ready.register(client, selectors.EVENT_READ, (server, pair[0]))
            ready.register(server, selectors.EVENT_READ, (client, pair[1]))
            try:
                while True:
                    for key, _ in ready.select():
                        target, kept = key.data
                        if not self.pass_on(key.fileobj, target, key.fileobj is client, kept):
                            return
            except OSError:
                return

    def pass_on(self, source, target, from_client, kept):
        data = source.recv(4096)
        if not data:
            return False
        if self.kept is not None:
            kept += data
        if from_client and self.limit is not None and self.passed + len(data) >= self.limit:
            # The rest of the count goes through, so that the relay dies amid what it is told.
            target.sendall(data[:self.limit - self.passed])
            action, self.limit = self.reached, None
            action()
            return False
        target.sendall(data)
        if from_client:
            self.passed += len(data)
            if self.limit is not None:
                time.sleep(SLOW_LINE_S)  # a line slow enough for the relay to answer in between
        return True


def make_vaults(arguments, folder, names=("Lina", "Tomas")):
    vaults = []
    for name in names:
        cli = Cli(arguments.cli, os.path.join(folder, name.lower()), name)
        cli.ask("vault", "create", "--name", name, "--kdf-cost", "floor")
        vaults.append(cli)
    return vaults


def make_space(inviter, asker, url, own_role, their_role, name=None):
    """A space with both in it."""
    name = name or f"{own_role} and {their_role}"
    space = inviter.ask("space", "create", "--name", name, "--role", own_role)["id"]
    invitation = inviter.ask("pair", "invite", "--space", space, "--relay", url, "--role", their_role,
                             "--accept-first")
    asker.ask("pair", "accept", invitation["link"])
    inviter.links.append(invitation["link"])
    for _ in range(4):
        for each in (inviter, asker):
            check(each.sync() is not None, "the relay does not answer while pairing")
    for each in (inviter, asker):
        states = [row["state"] for row in each.ask("pair", "list") if row["space"] == space]
        check("paired" in states, f"{each.name}: four turns each did not pair: {states}")
    return space


def level(one, other, rounds=6):
    """Turns until nothing waits for a receipt; how many it took."""
    for turn in range(1, rounds + 1):
        for each in (one, other):
            check(each.sync(LONGEST_S // 2) is not None, f"{each.name}: the relay does not answer")
        if one.waiting() == (0, 0) and other.waiting() == (0, 0):
            return turn
    return fail(f"not level after {rounds} turns each: {one.waiting()}, {other.waiting()}")


class Clock:
    def __init__(self):
        self.begun = time.monotonic()

    def say(self, sentence):
        print(f"{time.monotonic() - self.begun:7.1f} s  {sentence}", flush=True)
