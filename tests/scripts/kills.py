#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""waymark-cli is killed at moments taken from its events, and no acknowledged edit is ever lost.

A moment is the time between the two events of a pair: writing and written, sending and sent, receiving and
received, pairing and paired. A kill counts when the first of a pair was said and the second never came. After
each one the vault must open and verify and hold every edit that was acknowledged; at the end both sides do,
and list the same.
"""
import json
import os
import random
import signal
import subprocess
import tempfile

import driver
import edits

SECOND = {"writing": "written", "sending": "sent", "receiving": "received", "pairing": "paired"}
STEPS = ("invited", "asked", "requested", "let in", "joined", "finished")


class Ended:
    """How a command ended that was to be killed."""

    def __init__(self, kind, events, output, killed):
        self.events, self.killed = events, killed
        names = [event.get("event") for event in events]
        self.amid = killed and names.count(kind) > names.count(SECOND[kind])
        self.results = [json.loads(line) for line in output.splitlines(keepends=True) if line.endswith("\n")]


def run_and_kill(cli, words, kind, wanted, text=None):
    """Runs a command and kills it at the first event of `kind` that is wanted."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as given:
        given.write(text or "")
        given.seek(0)
        process = subprocess.Popen(cli.command(*words, "--events"), stdin=given, stdout=out,
                                   stderr=subprocess.PIPE, env=cli.environment)
        events, killed, count = [], False, 0
        for line in process.stderr:
            if not line.endswith(b"\n"):
                break
            event = cli.event(line.decode())
            events.append(event)
            if event.get("event") == kind and not killed:
                count += 1
                if wanted(event, count):
                    os.kill(process.pid, signal.SIGKILL)
                    killed = True
        process.wait()
        out.seek(0)
        return Ended(kind, events, out.read(), killed and process.returncode == -signal.SIGKILL)


class Story:
    """Both vaults, what was acknowledged in them, and the kills so far."""

    def __init__(self, arguments, folder, relay, rng, clock):
        self.rng, self.clock, self.url = rng, clock, f"ws://127.0.0.1:{relay.port}"
        self.clis = driver.make_vaults(arguments, folder)
        self.space = driver.make_space(*self.clis, self.url, "peer", "peer")
        self.writers = [edits.Writer(random.Random(rng.random()), tag, 300) for tag in "lt"]
        self.acknowledged = {}  # operation → entry
        self.counts = {kind: 0 for kind in SECOND}
        self.with_edit = {kind: 0 for kind in SECOND}
        self.kills = self.spaces = 0
        self.begin()

    def begin(self):
        line, goal = self.writers[0].add("goal", self.space)
        lines = [line]
        for _ in range(2):
            lines.append(self.writers[0].add("milestone", self.space, goal)[0])
        lines.append(self.writers[0].add("session", self.space)[0])
        for thing, result in zip(self.writers[0].things, self.note(self.clis[0].apply(lines))):
            thing.name = result["id"]
            twin = edits.Thing(thing.name, thing.kind, thing.space,
                               next((each for each in self.writers[1].things
                                     if thing.parent and each.name == thing.parent.name), None))
            twin.text = thing.text
            self.writers[1].things.append(twin)
        driver.level(*self.clis)

    def note(self, results):
        for result in results:
            if result.get("operation"):
                self.acknowledged[result["operation"]] = result["id"]
        return results

    def lines(self, side, count):
        writer = self.writers[side]
        return [writer.change(writer.random.choice(writer.things)) for _ in range(count)]

    def edit(self, side, count=1):
        """Edits that are acknowledged."""
        made = []
        while not made:
            made = [result for result in self.note(self.clis[side].apply(self.lines(side, count)))
                    if result.get("operation")]
        return made

    def check(self, side, kind, ended, edited):
        """After a kill: the vault opens, verifies and has what was acknowledged."""
        self.note(ended.results if kind == "writing" else [])
        if not ended.killed:
            return
        self.kills += 1
        if ended.amid:
            self.counts[kind] += 1
            self.with_edit[kind] += bool(edited)
        cli = self.clis[side]
        cli.verify()
        missing = {result["operation"] for result in edited} - cli.operations({result["id"] for result in edited})
        driver.check(not missing, f"{cli.name}: killed amid {kind}, and {missing} are lost")

    def kill_writing(self, side):
        text = "".join(json.dumps(line) + "\n" for line in self.lines(side, 8))
        at = self.rng.randint(2, 6)
        ended = run_and_kill(self.clis[side], ("entry", "apply", "-"), "writing", lambda _, count: count == at, text)
        self.check(side, "writing", ended, [result for result in ended.results if result.get("operation")])

    def kill_sending(self, side):
        edited = self.edit(side, 3)
        ended = run_and_kill(self.clis[side], ("sync", "--once"), "sending", lambda event, _: event["operations"] > 0)
        self.check(side, "sending", ended, edited)

    def kill_receiving(self, side):
        self.edit(1 - side, 3)
        driver.check(self.clis[1 - side].sync() is not None, "the relay does not answer")
        edited = self.edit(side)
        ended = run_and_kill(self.clis[side], ("sync", "--once"), "receiving", lambda event, _: event["operations"] > 0)
        self.check(side, "receiving", ended, edited)

    def kill_pairing(self, side):
        """Pairs in a new space, and kills at one step of it; the pairing must end well all the same."""
        inviter, asker = self.clis[side], self.clis[1 - side]
        step = STEPS[self.counts["pairing"] % len(STEPS)]
        edited = {side: self.edit(side), 1 - side: self.edit(1 - side)}
        self.spaces += 1
        space = inviter.ask("space", "create", "--name", f"Space {self.spaces}", "--role", "peer")["id"]
        once = []

        def command(cli, *words):
            """The command's document, or nothing when it was killed."""
            if once:
                return cli.ask(*words)
            ended = run_and_kill(cli, words, "pairing", lambda event, _: event["step"] == step and event["space"] == space)
            if ended.killed:
                once.append(ended)
                who = self.clis.index(cli)
                self.check(who, "pairing", ended, edited[who])
                return None
            driver.check(len(ended.results) == 1, f"{cli.name}: '{' '.join(words)[:80]}' failed: {ended.events[-1]}")
            return ended.results[0]

        link = None
        while link is None:
            link = (command(inviter, "pair", "invite", "--space", space, "--relay", self.url, "--role", "peer",
                            "--accept-first") or {}).get("link")
        while not any(row["space"] == space for row in asker.ask("pair", "list")):
            command(asker, "pair", "accept", link)
        for _ in range(6):
            for cli in (inviter, asker):
                command(cli, "sync", "--once", "--timeout", "60")
            if all(any(row["space"] == space and row["state"] == "paired" for row in cli.ask("pair", "list"))
                   for cli in self.clis):
                return
        driver.fail(f"killed at the step '{step}', the pairing does not end: "
                    f"{[cli.ask('pair', 'list')[-3:] for cli in self.clis]}")

    def end(self):
        driver.level(*self.clis)
        lists = [cli.ask("entry", "list", "--deleted", "--space", self.space) for cli in self.clis]
        driver.check(lists[0] == lists[1], "the two sides list different entries")
        for cli in self.clis:
            cli.verify()
            missing = set(self.acknowledged) - cli.operations(set(self.acknowledged.values()))
            driver.check(not missing, f"{cli.name}: {len(missing)} acknowledged operations are lost: {sorted(missing)[:3]}")
        self.clock.say(f"both sides list the same, verify and have all {len(self.acknowledged)} acknowledged edits")


def main():
    arguments = driver.read_arguments(
        __doc__.splitlines()[0], each=(50, "kills that count of each of the four kinds"),
        edited=(100, "kills with an acknowledged edit before"))
    print(f"seed {arguments.seed}")
    clock, rng = driver.Clock(), random.Random(arguments.seed)
    with driver.Folder(arguments.keep) as folder:
        relay = driver.Relay(arguments.relay, f"{folder}/relay")
        try:
            story = Story(arguments, folder, relay, rng, clock)
            for kind in SECOND:
                tries = 0
                while story.counts[kind] < arguments.each:
                    tries += 1
                    driver.check(tries <= 6 * arguments.each + 10,
                                 f"only {story.counts[kind]} of {arguments.each} kills came amid {kind}")
                    getattr(story, f"kill_{kind}")(rng.randrange(2))
                clock.say(f"{kind}: {story.counts[kind]} kills amid it, {story.with_edit[kind]} with an acknowledged "
                          f"edit before, in {tries} tries")
            edited = sum(story.with_edit.values())
            clock.say(f"{story.kills} kills, {sum(story.counts.values())} between two events, {edited} with an edit before")
            driver.check(edited >= arguments.edited, f"only {edited} with an acknowledged edit before")
            story.end()
        finally:
            relay.stop()
    print("passed")


if __name__ == "__main__":
    main()
