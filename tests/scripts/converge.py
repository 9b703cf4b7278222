#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two vaults, driven only by waymark-cli, are edited at random while apart and come to the same journal,
whatever happens to the relay between them.

In a space of equals both edit the same goals, milestones, sessions and actions; in one with a mentee each
edits what the rules let them, writes messages and feedback, and acknowledges the other's. Then the relay is
killed again and again, each time after a seeded number of bytes. At the end both list the same, verify, and
find every operation that was ever acknowledged in the histories of both.
"""
import random

import driver
import edits


class Side:
    def __init__(self, cli, seed, tag, paragraph_bytes):
        self.cli = cli
        self.writer = edits.Writer(random.Random(seed), tag, paragraph_bytes)
        self.lines, self.results = [], []

    def do(self, lines):
        results = self.cli.apply(lines)
        driver.check(len(results) == len(lines), f"{self.cli.name}: {len(results)} answers to {len(lines)} lines")
        self.lines += lines
        self.results += results
        return results

    def accepted(self):
        return [result for result in self.results if result.get("operation")]


def begin(side, other, equals, mentored):
    """What both will edit: made by one side, known to the other by its ids."""
    writer, lines = side.writer, []
    for _ in range(4):
        line, goal = writer.add("goal", equals)
        lines.append(line)
        for _ in range(3):
            line, _ = writer.add("milestone", equals, goal)
            lines.append(line)
        for space in (equals, mentored):
            line, session = writer.add("session", space)
            lines.append(line)
            for _ in range(3):
                line, _ = writer.add("action", space, session)
                lines.append(line)
    results = side.do(lines)
    driver.check(all("id" in result for result in results), f"the first entries: {results}")
    names = {"@" + line["as"]: result["id"] for line, result in zip(lines, results)}
    known = {}
    for thing in writer.things:
        thing.name = names[thing.name]
        twin = edits.Thing(thing.name, thing.kind, thing.space, known.get(thing.parent))
        twin.text, known[thing] = thing.text, twin
        other.writer.things.append(twin)


def message(side, space, kind, **fields):
    return side.writer.add(kind, space, **fields)[0]


def random_lines(side, count, equals, mentored, role, theirs):
    """`count` edits: some on what the other edits as well, some on what only this side has."""
    writer, rng = side.writer, side.writer.random
    common = [thing for thing in writer.things if thing.space == equals or thing.kind in ("session", "action")]
    unread = list(theirs)
    lines = []
    while len(lines) < count:
        choice = rng.random()
        if choice < 0.62:
            kinds = ("goal", "session") if rng.random() < 0.6 else ("milestone", "action")
            thing = rng.choice([thing for thing in common if thing.kind in kinds])
            if not thing.deleted or rng.random() < 0.3:
                lines.append(writer.change(thing))
        elif choice < 0.72:
            parents = [thing for thing in common if thing.kind in ("goal", "session") and not thing.deleted]
            parent = rng.choice(parents)
            line, item = writer.add("milestone" if parent.kind == "goal" else "action", parent.space, parent)
            lines.append(line)
            common.append(item)
        elif choice < 0.76:
            line, _ = writer.add(rng.choice(("goal", "session")), equals)
            lines.append(line)
        elif choice < 0.86:
            kind = "feedback" if role == "mentor" and rng.random() < 0.5 else "message"
            lines.append(message(side, mentored, kind))
        elif choice < 0.9 and unread:
            lines.append({"op": "acknowledge", "id": unread.pop()})
        else:
            own = [thing for thing in writer.things
                   if thing not in common and (thing.space == equals or thing.kind in ("message", "feedback"))]
            if role == "mentee":
                own += [thing for thing in writer.things if thing.kind == "goal" and thing.space == mentored]
            if own:
                lines.append(writer.change(rng.choice(own)))
    return lines


def edited_by(side):
    """How often each entry was edited, by its id."""
    names = {"@" + line["as"]: result.get("id") for line, result in zip(side.lines, side.results) if "as" in line}
    counts = {}
    for line, result in zip(side.lines, side.results):
        if line["op"] != "add" and result.get("operation"):
            entry = names.get(line["id"], line["id"])
            counts[entry] = counts.get(entry, 0) + 1
    return counts


def kill_relay_amid(sides, relay, forwarder, rng, wanted, clock):
    """Kills that count: afterwards something is unsent, but less than before."""
    counted, tries = 0, 0
    while counted < wanted:
        tries += 1
        driver.check(tries <= wanted * 8, f"only {counted} of {wanted} kills came amid sending")
        side = max(sides, key=lambda each: each.cli.waiting()[1])
        before = side.cli.waiting()[1]
        driver.check(before > 0, f"nothing is left to send after {counted} kills that count")
        count = rng.randint(80_000, 100_000 + 250 * before)
        forwarder.after(count, relay.kill)
        ended = side.cli.sync(30)
        forwarder.limit = None
        if relay.process.poll() is None:
            clock.say(f"{side.cli.name} sent all before byte {count}: {ended}")
            continue
        relay.start()
        after = side.cli.waiting()[1]
        counts = 0 < after < before
        counted += counts
        clock.say(f"killed at byte {count} from {side.cli.name}: unsent {before} -> {after}"
                  f"{'' if counts else ' (does not count)'}")


def check_same(one, other, spaces, clock):
    for space in spaces:
        lists = [cli.ask("entry", "list", "--space", space, "--deleted") for cli in (one, other)]
        if lists[0] != lists[1]:
            mine, theirs = ({entry["id"]: entry for entry in each} for each in lists)
            for entry in sorted(mine.keys() | theirs.keys()):
                if mine.get(entry) != theirs.get(entry):
                    print(f"{one.name}: {mine.get(entry)}\n{other.name}: {theirs.get(entry)}")
                    break
            driver.fail(f"the lists of {space} differ ({len(lists[0])} and {len(lists[1])} entries)")
        shown = [entry for entry in lists[0] if not entry["deleted"]]
        driver.check(shown == one.ask("entry", "list", "--space", space), "--deleted adds only deleted entries")
        for entry in shown[::max(1, len(shown) // 15)]:
            driver.check(one.ask("entry", "show", entry["id"]) == other.ask("entry", "show", entry["id"]),
                         f"both show {entry['id']} differently")
        clock.say(f"{len(shown)} entries, {len(lists[0]) - len(shown)} deleted ones: the same on both sides")


def main():
    arguments = driver.read_arguments(
        __doc__.splitlines()[0], edits=(1000, "random edits a side"), common=(300, "of them on entries of both"),
        kills=(5, "kills of the relay"), messages=(20, "messages that each side has to send"),
        paragraph=(12000, "bytes of a paragraph"))
    print(f"seed {arguments.seed}")
    clock, rng = driver.Clock(), random.Random(arguments.seed)
    with driver.Folder(arguments.keep) as folder:
        relay = driver.Relay(arguments.relay, f"{folder}/relay")
        forwarder = driver.Forwarder(relay)
        relay.come_as(forwarder.name)
        try:
            run(arguments, rng, clock, relay, forwarder, folder)
        finally:
            relay.stop()
    print("passed")


def run(arguments, rng, clock, relay, forwarder, folder):
    lina, tomas = driver.make_vaults(arguments, folder)
    url = f"ws://{forwarder.name}"
    equals = driver.make_space(lina, tomas, url, "peer", "peer")
    mentored = driver.make_space(lina, tomas, url, "mentee", "mentor")
    sides = [Side(lina, rng.random(), "l", arguments.paragraph), Side(tomas, rng.random(), "t", arguments.paragraph)]
    begin(sides[0], sides[1], equals, mentored)
    first = [[message(side, mentored, "message") for _ in range(max(3, arguments.edits // 30))] for side in sides]
    theirs = [[result["id"] for result in side.do(lines)] for side, lines in zip(sides, first)]
    for side, ids in zip(sides, theirs):
        for thing, entry in zip([each for each in side.writer.things if each.kind == "message"], ids):
            thing.name = entry
    clock.say(f"paired and level after {driver.level(lina, tomas)} turns each")
    lina.messages = tomas.messages = 0

    for side, role, others in zip(sides, ("mentee", "mentor"), reversed(theirs)):
        before = len(side.accepted())
        while len(side.accepted()) - before < arguments.edits:
            missing = arguments.edits - (len(side.accepted()) - before)
            lines = random_lines(side, missing, equals, mentored, role, others)
            refused = [result for result in side.do(lines) if "error" in result]
            names = {"@" + line["as"]: result["id"] for line, result in zip(side.lines, side.results)
                     if "as" in line and "id" in result}
            side.writer.things = [each for each in side.writer.things if names.get(each.name, each.name)[0] != "@"]
            for thing in side.writer.things:
                thing.name = names.get(thing.name, thing.name)
            others = []
        clock.say(f"{side.cli.name}: {len(side.accepted()) - before} edits, {len(refused)} lines of the last file refused")
    counts = [edited_by(side) for side in sides]
    for side, own, other in zip(sides, counts, reversed(counts)):
        on_common = sum(number for entry, number in own.items() if entry in other)
        clock.say(f"{side.cli.name}: {on_common} edits on entries that the other edited as well")
        driver.check(on_common >= arguments.common, f"too few: {on_common} of {arguments.common}")

    kill_relay_amid(sides, relay, forwarder, rng, arguments.kills, clock)
    clock.say(f"level after {driver.level(lina, tomas)} turns each")
    for cli in (lina, tomas):
        driver.check(cli.messages >= arguments.messages, f"{cli.name} sent only {cli.messages} messages")
        clock.say(f"{cli.name}: {cli.messages} messages")
        cli.verify()
    clock.say("both verify")
    check_same(lina, tomas, (equals, mentored), clock)
    entries = {result["id"] for side in sides for result in side.accepted()}
    operations = {result["operation"] for side in sides for result in side.accepted()}
    for cli in (lina, tomas):
        missing = operations - cli.operations(entries)
        driver.check(not missing, f"{cli.name}: {len(missing)} acknowledged operations are in no history")
    clock.say(f"{len(operations)} acknowledged operations stand in both histories")


if __name__ == "__main__":
    main()
