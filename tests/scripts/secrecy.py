#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What two vaults hold stands in plain nowhere: not on the way, not at the relay, not on either disk.

Both sides write words of their own into every field of every kind, in their private spaces and in two shared
ones, and change, share, send, delete and restore; the relay and waymark-cli are killed amid it. All bytes that
passed are kept, and the relay's store and the vaults are copied while they are in use and after. In all of it
every word, name, id and key is searched for, in many encodings; pages and sealed messages must look random. Each
search and each measure is first shown to find what it looks for.
"""
import json
import os
import random
import resource
import signal
import sqlite3
import stat
import subprocess
import time

import driver
import needles
import planting
import randomness
import vaultfile
import wire

STORE_SCHEMA = {
    "queue": ["number", "receive", "send", "send_key", "acked", "acked_row"],
    "message": ["row", "queue", "id", "body"],
    "hour": ["row", "hour"],
}
STORE_FILES = {"relay.db", "relay.db-wal", "relay.db-shm", "relay.lock"}
HEADERS = {"host", "upgrade", "connection", "sec-websocket-key", "sec-websocket-version", "sec-websocket-accept",
           "user-agent", "server", "accept"}
PADDED = {size + 193 for size in (256, 1024, 4096, 16384, 65536)}
LEAVE_ALONE = ("home", "tmp", "config", "data", "cache", "state", "runtime", "cwd")  # folders where nothing may appear
LONG_BODY = 4096
LARGEST_READ = 8 * 1024 * 1024
SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm")


def read_folder(path):
    """Every regular file below, by its path from there."""
    found = {}
    for folder, _, names in os.walk(path):
        for name in names:
            whole = os.path.join(folder, name)
            if stat.S_ISREG(os.lstat(whole).st_mode):
                with open(whole, "rb") as file:
                    found[os.path.relpath(whole, path)] = file.read()
    return found


class Side:
    """One person: a vault, what was planted in it, and copies of its files."""

    def __init__(self, arguments, folder, tag, rng, words):
        self.planter = planting.Planter(rng, tag)
        self.author = planting.Author(self.planter, words)
        self.name = self.planter.title("name")
        self.passphrase = self.planter.text("passphrase", 3).strip()
        self.cli = driver.Cli(arguments.cli, os.path.join(folder, tag, "vault"), f"vault {tag}")
        os.mkdir(os.path.join(folder, tag))
        self.cli.environment["WAYMARK_PASSPHRASE"] = self.passphrase
        made = self.cli.ask("vault", "create", "--name", self.name, "--kdf-cost", "floor")
        self.recovery = made["recovery"]
        self.entries, self.copies, self.private_words, self.added = [], [], {}, {}

    def apply(self, lines):
        return self.take(lines, self.cli.apply(lines))

    def take(self, lines, results):
        driver.check(len(results) == len(lines) and all("error" not in each for each in results),
                     f"{self.cli.name}: {[each for each in results if 'error' in each][:3]}")
        self.entries += [(line, result["id"]) for line, result in zip(lines, results) if line["op"] == "add"]
        return results

    def write(self, space, mentor=False):
        before = set(self.planter.words)
        lines = self.author.everything(space, mentor)
        self.apply(lines)
        new = {word: label for word, label in self.planter.words.items() if word not in before}
        self.added.update(new)
        if not space:
            self.private_words.update(new)
        return lines

    def new_passphrase(self):
        new = self.planter.text("passphrase", 3).strip()
        self.cli.environment["WAYMARK_NEW_PASSPHRASE"] = new
        self.cli.ask("vault", "passphrase")
        self.passphrase = self.cli.environment["WAYMARK_PASSPHRASE"] = new
        del self.cli.environment["WAYMARK_NEW_PASSPHRASE"]

    def copy(self, when):
        """The vault's files as they are now; nobody may be writing them."""
        files = read_folder(self.cli.vault)
        driver.check(set(files) <= vaultfile.FILES, f"{self.cli.name}: files that no document names: {sorted(files)}")
        for name in files:
            mode = stat.S_IMODE(os.stat(os.path.join(self.cli.vault, name)).st_mode)
            driver.check(mode & 0o077 == 0, f"{self.cli.name}: {name} can be read by others ({mode:o})")
        self.copies.append((f"{self.cli.name}, {when}", files, self.passphrase))
        return files


class Store:
    """The relay's folder, copied while the relay stands still."""

    def __init__(self, relay):
        self.relay, self.copies = relay, []

    def copy(self, when, running=True):
        if running:
            self.relay.process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, self.relay.process.pid, os.WSTOPPED | os.WNOWAIT)
        files = read_folder(self.relay.store)
        if running:
            self.relay.process.send_signal(signal.SIGCONT)
        driver.check(set(files) <= STORE_FILES, f"the relay's store has other files: {sorted(files)}")
        self.copies.append((f"relay, {when}", files))


def fresh_surroundings(folder):
    """Whatever a program leaves outside of its vault would be in one of these."""
    places = {name: os.path.join(folder, name) for name in LEAVE_ALONE}
    for path in places.values():
        os.mkdir(path, 0o700)
    for variable in [each for each in os.environ if each.startswith("XDG_")]:
        del os.environ[variable]
    os.environ.update(
        HOME=places["home"], TMPDIR=places["tmp"], TMP=places["tmp"], TEMP=places["tmp"],
        SQLITE_TMPDIR=places["tmp"], XDG_CONFIG_HOME=places["config"], XDG_DATA_HOME=places["data"],
        XDG_CACHE_HOME=places["cache"], XDG_STATE_HOME=places["state"], XDG_RUNTIME_DIR=places["runtime"])
    os.chdir(places["cwd"])
    # A program built with a sanitizer would otherwise make an exit of its own of the signal.
    os.environ.setdefault("ASAN_OPTIONS", "handle_segv=0")
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def core_files():
    return sorted(name for name in os.listdir(".") if name.startswith("core"))


def cores_can_be_made():
    """Whether a program that is killed here leaves a core file in this folder."""
    process = subprocess.Popen(["sleep", "60"])
    process.send_signal(signal.SIGSEGV)
    process.wait()
    made = core_files()
    for name in made:
        os.remove(name)
    return bool(made)


def left_in_shared_folders(since):
    """Files that somebody made there meanwhile, by a program that does not look at TMPDIR."""
    found = {}
    for folder in SHARED_FOLDERS:
        for entry in os.scandir(folder):
            try:
                made = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(made.st_mode) and made.st_mtime >= since and made.st_size < LARGEST_READ:
                    with open(entry.path, "rb") as file:
                        found[entry.path] = file.read()
            except OSError:
                pass  # gone again, or another user's
    return found


class Story:
    def __init__(self, arguments, folder, rng, clock):
        self.begun = time.time()
        self.arguments, self.rng, self.clock, self.folder = arguments, rng, clock, folder
        self.said = open(os.path.join(folder, "said"), "wb")
        self.relay = driver.Relay(arguments.relay, os.path.join(folder, "relay"), self.said)
        self.forwarder = driver.Forwarder(self.relay, keep=True)
        self.relay.come_as(self.forwarder.name)
        self.store = Store(self.relay)
        self.events = b""

    def pair(self):
        arguments = self.arguments
        self.sides = [Side(arguments, self.folder, tag, random.Random(self.rng.random()), arguments.words)
                      for tag in ("one", "two")]
        one, two = self.sides
        self.spaces, self.shared_names = [], []
        for own, their in (("peer", "peer"), ("mentee", "mentor")):
            name = one.planter.title("space name")
            self.spaces.append(driver.make_space(one.cli, two.cli, f"ws://{self.forwarder.name}", own, their, name))
        for side, mentor in zip(self.sides, (False, True)):
            line, _ = side.author.remark("message", self.spaces[1], words=arguments.long)
            side.apply([line])
            side.added.update({word: "message.body" for word in line["fields"]["body"].split()})
        self.clock.say(f"two vaults, paired in {len(self.spaces)} spaces")

    def one_round(self, number):
        equals, mentored = self.spaces
        for side, mentor in zip(self.sides, (False, True)):
            begun = len(side.entries)
            for space, as_mentor in ((None, False), (equals, False), (mentored, mentor)):
                side.write(space, as_mentor)
            mine = side.entries[begun:]
            private = {line["kind"]: entry for line, entry in mine if "space" not in line}
            moved = [("share", "goal"), ("share", "reflection"), ("send", "message"), ("send", "feedback")]
            if mentor:
                moved = moved[1:]
            side.apply([{"op": op, "id": private[kind], "space": mentored} for op, kind in moved])
            for op, kind in moved:
                self.no_longer_private(side, kind, mine, private[kind])
        self.sides[0].cli.sync()
        self.store.copy(f"round {number}, while messages wait")
        driver.level(*[side.cli for side in self.sides])
        for side in self.sides:
            shown = [(line, entry) for line, entry in side.entries[-24:] if line.get("space") == equals]
            side.apply([side.author.changed(line, entry) for line, entry in shown])
            gone = [entry for _, entry in shown[::2]]
            side.apply([{"op": "delete", "id": entry} for entry in gone])
            side.apply([{"op": "restore", "id": entry} for entry in gone[::2]])
            driver.check(side.cli.sync() is not None, "the relay does not answer")
        self.store.copy(f"round {number}, after changes")
        driver.level(*[side.cli for side in self.sides])

    def no_longer_private(self, side, kind, entries, moved):
        """What was shared, or went along, may stand with the other from now on."""
        for line, entry in entries:
            along = kind == "goal" and line["kind"] == "milestone" and "space" not in line
            if entry == moved or along:
                text = str(line["fields"])
                for word in [word for word in side.private_words if word in text]:
                    del side.private_words[word]

    def kill_relay(self):
        """Amid what a side sends; its store is copied as the kill left it."""
        side = self.rng.choice(self.sides)
        side.write(self.spaces[0])
        self.forwarder.after(self.rng.randint(1_000, 12_000), self.relay.kill)
        side.cli.sync(30)
        self.forwarder.limit = None
        killed = self.relay.process.poll() is not None
        if killed:
            self.store.copy("killed", running=False)
            self.relay.start()
        return killed

    def kill_writing(self, side):
        """After its first answers; the log stays as the kill left it."""
        lines = side.author.everything(self.spaces[0])
        process = side.cli.start("entry", "apply", "-", "--events")
        results = []
        for line in lines[:5]:
            process.stdin.write((json.dumps(line) + "\n").encode())
            process.stdin.flush()
            results.append(json.loads(process.stdout.readline()))
        process.kill()
        self.events += process.communicate()[1]
        side.take(lines[:5], results)
        files = side.copy("killed amid writing")
        driver.check(len(files.get("journal.db-wal", b"")) > vaultfile.WAL_HEADER, "the kill left no journal.db-wal")

    def stop_watching(self, side):
        """A vault that is open: stopped and copied, then ended by what leaves a core where cores are let be made."""
        process = side.cli.start("sync", "--watch", "--events")
        process.stdout.readline()
        driver.check(process.poll() is None, "sync --watch ended at once")
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
        descriptors = f"/proc/{process.pid}/fd"
        opened = [os.readlink(os.path.join(descriptors, each)) for each in os.listdir(descriptors)]
        inside = [each for each in opened if each.startswith(os.path.realpath(side.cli.vault) + "/")]
        others = [each for each in opened if each.startswith("/") and each not in inside
                  and not each.startswith(("/dev/", "/proc/", "/sys/"))]
        driver.check(inside and not others, f"an open vault holds {len(inside)} files of its own and {others}")
        side.copy("open")
        process.send_signal(signal.SIGSEGV)
        process.send_signal(signal.SIGCONT)
        said = b"".join(process.communicate())
        self.events += said
        driver.check(process.returncode == -signal.SIGSEGV, f"SIGSEGV ended it with {process.returncode}")
        driver.check(not core_files(), "a core file was left")
        return len(inside)

    def end(self):
        for side in self.sides:
            side.copy("killed while open")
        driver.level(*[side.cli for side in self.sides])
        for side in self.sides:
            side.cli.verify()
            files = side.copy("closed")
            driver.check("journal.db-wal" not in files, "a closed vault has a journal.db-wal")
        self.store.copy("level")
        self.relay.stop()
        self.store.copy("stopped", running=False)
        self.said.close()
        driver.check(not any(read_folder(os.path.join(self.folder, name)) for name in LEAVE_ALONE),
                     "files were left outside the vaults: "
                     f"{[name for name in LEAVE_ALONE if read_folder(os.path.join(self.folder, name))]}")


def fill(story):
    """Everything that must not be found."""
    wanted = needles.Needles()
    for side in story.sides:
        for word, label in side.planter.words.items():
            wanted.add(word, label)
        for text, label in ((side.name, "name"), (side.passphrase, "passphrase")):
            wanted.add(text, label)
        for three in zip(side.recovery, side.recovery[1:], side.recovery[2:]):
            wanted.add(" ".join(three), "three recovery words", whole=True)
        for space in side.cli.ask("space", "list"):
            wanted.add(bytes.fromhex(space["id"]), "space id")
            for member in space["members"]:
                wanted.add(bytes.fromhex(member["id"]), "person id")
        for log in side.cli.ask("log", "show"):
            wanted.add(bytes.fromhex(log["log"]), "device id")
            wanted.add(bytes.fromhex(log["head"]), "operation")
        listed = [entry["id"] for entry in side.cli.ask("entry", "list", "--deleted")]
        for entry in listed:
            wanted.add(bytes.fromhex(entry), "entry id")
        for operation in side.cli.operations(listed):
            wanted.add(bytes.fromhex(operation), "operation")
        for link in side.cli.links:
            wanted.add(link.partition("#")[2], "link")
    for word in ("reflection", "milestone", "feedback", "acknowledged"):
        wanted.add(word, "name of a kind or field")
    return wanted


def add_keys(wanted, side, opened, database):
    """Keys, which no command shows, from the opened vault."""
    wanted.add(opened.identity_secret[:32], "secret of an identity key")
    wanted.add(opened.identity_secret[32:], "identity key")
    wanted.add(opened.key, "vault key")
    signing, agreement = own_keys(database)
    wanted.add(signing, "signing secret")
    wanted.add(agreement, "agreement secret")
    wanted.add(vaultfile.primitives.x25519_public(agreement), "agreement key")
    identities = {row[0] for row in database.execute("SELECT identity FROM member")}
    driver.check(opened.identity_secret[32:] in identities and len(identities) == 2,
                 f"{side.cli.name}: the identity keys are not where they should be")
    for identity in identities:
        wanted.add(identity, "identity key")
    for (signing_key,) in database.execute("SELECT signing FROM log"):
        wanted.add(signing_key, "signing key")


def own_keys(database):
    (stored,) = database.execute("SELECT value FROM setting WHERE key='own keys'").fetchone()
    driver.check(len(stored) == 96, f"'own keys' has {len(stored)} bytes")
    return stored[:32], stored[64:]


def open_vaults(story, wanted):
    """Each copy opens with its passphrase by the documents alone and holds what was planted; the last ones give the
    keys. Nobody holds what the other kept private."""
    for side in story.sides:
        other = next(each for each in story.sides if each is not side)
        for when, files, passphrase in side.copies:
            opened = vaultfile.Vault(files, passphrase)
            database, plain = opened.database()
        add_keys(wanted, side, opened, database)
        written = b"\0".join(row[0] for row in database.execute("SELECT body FROM op"))
        missing = [label for word, label in side.added.items() if word.encode() not in written]
        driver.check(not missing, f"{when}: {len(missing)} words of new entries are not in the log: {missing[:3]}")
        there = [label for word, label in other.private_words.items() if word.encode() in plain]
        driver.check(not there, f"{when}: {len(there)} words that were private to the other: {there[:3]}")
        found = wanted.find(plain)
        driver.check(found, f"{when}: nothing is found in the decrypted pages either")
        story.clock.say(f"{when}: opened by the documents alone; all {len(side.added)} words of new entries in its "
                        f"log, none of {len(other.private_words)} that the other kept private")


def search(story, wanted, capture):
    """Everywhere; gives how many bytes were searched."""
    pieces = [(f"{when}: {name}", data) for when, files in story.store.copies for name, data in files.items()]
    pieces += [(f"{when}: {name}", data) for side in story.sides for when, files, _ in side.copies
               for name, data in files.items()]
    pieces += [(name, data) for name, data in read_folder(story.folder).items()]
    pieces += [("the capture", data) for data in capture.raw]
    pieces += [("the capture's payloads", bytes(each.payload)) for each in capture.directions]
    # Events name spaces and entries by their ids, and others use the shared folders too: words of our own alone.
    planted = needles.Needles()
    for side in story.sides:
        for word, label in side.planter.words.items():
            planted.add(word, label)
    aside = [("an event", story.events), *left_in_shared_folders(story.begun).items()]
    leaks = [f"{name} has at byte {place} a {label} as {form}" for name, data in aside
             for place, label, form in planted.find(data)]
    total, seen = {"events and shared folders": planted.searched}, set()
    for name, data in pieces:
        part = name.split(",")[0].split(":")[0]
        before = wanted.searched
        if data not in seen:
            seen.add(data)
            leaks += [f"{name} has at byte {place} a {label} as {form}" for place, label, form in wanted.find(data)]
        part = "what else is left" if "/" in part or part == "said" else part
        total[part] = total.get(part, 0) + wanted.searched - before
    for leak in leaks[:20]:
        print(f"LEAK: {leak}")
    driver.check(not leaks, f"{len(leaks)} places hold what they must not")
    story.clock.say("searched: " + ", ".join(f"{name} {size:,} bytes" for name, size in total.items()))
    hide_and_find(story, wanted, pieces)


def hide_and_find(story, wanted, pieces):
    """The same search, over the same bytes, with one thing hidden in each."""
    things, hidden = list(wanted.words), 0
    for _, data in pieces:
        thing = story.rng.choice(things)
        name, form = story.rng.choice(list(needles.forms(thing)))
        at = story.rng.randint(max(0, len(data) - 50_000), len(data))
        near = data[max(0, at - 500):at] + form + data[at:at + 500]
        driver.check(wanted.find(near), f"a {wanted.words[thing]} as {name} is not found where it was hidden")
        hidden += 1
    story.clock.say(f"one thing hidden in each of {hidden} pieces was found each time")


def check_pages(story):
    """All bodies of all copies; each file by itself must not hold one block twice."""
    pages, least, greatest, files_seen = {"journal.db": 0, "journal.db-wal": 0}, 1.0, 0.0, 0
    for side in story.sides:
        for when, files, _ in side.copies:
            for name in ("journal.db", "journal.db-wal"):
                if name not in files:
                    continue
                data = files[name]
                found = vaultfile.database_pages(data) if name == "journal.db" else vaultfile.Wal(data).pages
                blocks = randomness.Blocks()
                for page in found:
                    p = randomness.probability(page.body)
                    driver.check(randomness.looks_random(p),
                                 f"{when}: page {page.number} of {name} at {page.place}: p = {p}")
                    least, greatest = min(least, p), max(greatest, p)
                    blocks.take(page.encrypted, page.place)
                driver.check(not blocks.repeated, f"{when}: {name} holds a block twice: {blocks.repeated[:3]}")
                salts = {page.salt for page in found if page.salt}
                driver.check(salts <= {files["journal.db"][:vaultfile.SALT]}, f"{when}: {name} has other salts")
                pages[name], files_seen = pages[name] + len(found), files_seen + 1
    counts = " and ".join(f"{count} pages of {name}" for name, count in pages.items())
    story.clock.say(f"{counts} in {files_seen} files: least p {least:.2g}, greatest {greatest:.6f}, no block twice")


def check_store(story, capture):
    """What the schema can hold at all, and that what it holds had passed on the way."""
    waiting, sent = 0, capture.bodies()
    passed = b"".join(bytes(each.payload) for each in capture.directions)
    for number, (when, files) in enumerate(story.store.copies):
        place = os.path.join(story.folder, f"opened{number}")
        os.mkdir(place)
        for name, data in files.items():
            with open(os.path.join(place, name), "wb") as file:
                file.write(data)
        database = sqlite3.connect(os.path.join(place, "relay.db"))
        made = {name: sql for name, sql in database.execute("SELECT name, sql FROM sqlite_master")}
        columns = {name: [row[1] for row in database.execute(f"PRAGMA table_info({name})")] for name in made}
        driver.check(columns == STORE_SCHEMA, f"{when}: the store's schema is {columns}")
        for message, body in database.execute("SELECT id, body FROM message"):
            driver.check(message in sent and body in (b"", sent[message]), f"{when}: a message that nobody sent")
        for row in database.execute("SELECT receive, send, send_key FROM queue"):
            driver.check([len(each) for each in row] == [24, 24, 32] and row[0] in passed and row[2] in passed,
                         f"{when}: a queue of other ids or keys than passed")
        waiting = max(waiting, database.execute("SELECT count(*) FROM message WHERE length(body)").fetchone()[0])
        database.close()
    for sql in made.values():
        print(f"           {sql}")
    driver.check(waiting > 0, "no copy of the relay's store held a message")
    story.clock.say(f"the relay's store has these columns alone; up to {waiting} messages in "
                    f"{len(story.store.copies)} copies")


def check_capture(story, capture):
    """Every byte belongs to a known form, and what is sealed has one of the known sizes and looks random."""
    for direction in capture.directions:
        names = {line.partition(":")[0].lower() for line in direction.head[1:]}
        driver.check(names <= HEADERS, f"other headers than known: {sorted(names - HEADERS)}")
    first = capture.directions[0].head
    driver.check("Upgrade: websocket" in first or "upgrade: websocket" in [each.lower() for each in first],
                 "the capture does not begin with an upgrade")
    driver.check(all(not payload for direction in capture.directions for kind, payload in direction.controls
                     if kind != wire.CLOSE), "a ping carries something")
    driver.check(capture.texts() == {story.forwarder.name}, f"texts in the messages: {capture.texts()}")
    bodies, sizes, blocks, least = capture.bodies(), {}, randomness.Blocks(), 1.0
    for name, body in bodies.items():
        kind, size = body[0], len(body)
        good = {1: size > 97 and (size - 97) % LONG_BODY == 0, 2: size > 49 and (size - 49) % LONG_BODY == 0,
                3: size in PADDED}.get(kind, False)
        driver.check(good, f"a sealed message of kind {kind} and {size} bytes")
        sizes[kind, size] = sizes.get((kind, size), 0) + 1
        blocks.take(body[1:], name.hex())
        if size > LONG_BODY:
            least = min(least, randomness.probability(body[1:]))
    together = randomness.probability(b"".join(body[1:] for body in bodies.values()))
    driver.check(all(map(randomness.looks_random, (least, together))),
                 f"sealed messages do not look random: {least}, {together}")
    driver.check(not blocks.repeated, f"sealed messages share a block: {blocks.repeated[:3]}")
    heads = sorted({line for direction in capture.directions for line in direction.head
                    if not line.lower().startswith("sec-websocket-")})
    print(f"           in plain: {'; '.join(heads)}")
    story.clock.say("passed: " + ", ".join(f"{count} {name}" for name, count in sorted(capture.count().items())))
    story.clock.say(f"{len(bodies)} sealed messages (kind, bytes: number) "
                    + ", ".join(f"{kind}, {size}: {count}" for (kind, size), count in sorted(sizes.items()))
                    + f"; least p {least:.2g}, together {together:.2g}, no block twice")


def main():
    arguments = driver.read_arguments(
        __doc__.splitlines()[0], rounds=(8, "rounds of writing, changing and syncing"),
        words=(30, "planted words in a text"), long=(6000, "planted words in one long message of each"),
        kills=(4, "kills of the relay and of each waymark-cli"))
    arguments.cli, arguments.relay = (os.path.abspath(each) for each in (arguments.cli, arguments.relay))
    print(f"seed {arguments.seed}")
    clock = driver.Clock()
    randomness.check_itself(arguments.seed)
    clock.say(f"{needles.check_itself(arguments.seed)} searches for what was hidden found it; text, zeros and "
              "repeated blocks do not pass for random")
    with driver.Folder(arguments.keep) as folder:
        fresh_surroundings(folder)
        clock.say("core files can be made here" if cores_can_be_made() else
                  "this system keeps core files elsewhere: whether one is made is not seen")
        story = Story(arguments, folder, random.Random(arguments.seed), clock)
        try:
            tell(story, arguments)
        finally:
            if story.relay.process.poll() is None:
                story.relay.stop()
        examine(story)
        os.chdir("/")
    print("passed")


def tell(story, arguments):
    story.pair()
    for number in range(arguments.rounds):
        story.one_round(number + 1)
    story.clock.say(f"{arguments.rounds} rounds")
    killed, tries = 0, 0
    while killed < arguments.kills:
        driver.check(tries < arguments.kills * 6, f"only {killed} kills of the relay came amid sending")
        tries += 1
        killed += story.kill_relay()
        for side in story.sides:
            story.kill_writing(side)
    opened = [story.stop_watching(side) for side in story.sides]
    story.clock.say(f"relay killed {killed} times, waymark-cli {len(story.sides) * (tries + 1)} times; "
                    f"an open vault holds {opened[0]} files, all its own")
    for side in story.sides:
        side.new_passphrase()
    story.end()


def examine(story):
    capture = wire.Capture(story.forwarder.kept)
    wanted = fill(story)
    open_vaults(story, wanted)
    search(story, wanted, capture)
    story.clock.say(f"{len(wanted.words)} words, names, ids and keys were searched for, by {len(wanted.heads):,} "
                    "beginnings of their forms")
    check_pages(story)
    check_store(story, capture)
    check_capture(story, capture)


if __name__ == "__main__":
    main()
