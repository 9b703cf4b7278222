#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job of Waymark on one machine: Lina and Tomás, a vault each, a relay between them.

They pair, write for two weeks, work apart without a network, both set one date and write in one text, come
back, and find both journals equal and verified. The relay's files hold none of their words.

usage: demo.py PROGRAMS FOLDER STORY
"""
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

PASSPHRASE = "a demonstration and no secret"
UNTIL = "2026-09-24"  # as much of the story as is told
APART_LINA = "Written by Lina on the train, without a network."
APART_TOMAS = "Written by Tomás at the airport, at the same time."


class Person:
    def __init__(self, programs, name, vault):
        self.cli, self.name, self.vault = programs / "waymark-cli", name, vault

    def run(self, *arguments):
        """Runs waymark-cli on this person's vault; gives what it printed, each line read as JSON."""
        done = subprocess.run([self.cli, "--vault", str(self.vault), "--json", *map(str, arguments)], check=False,
                              capture_output=True, text=True, env={**os.environ, "WAYMARK_PASSPHRASE": PASSPHRASE})
        expect(done.returncode == 0, f"{self.name}: {' '.join(map(str, arguments))}: {done.stderr.strip()}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def one(self, *arguments):
        return self.run(*arguments)[0]

    def sync(self):
        return self.one("sync", "--once")


class Relay:
    """waymark-relay as a process of its own, on one port."""

    def __init__(self, programs, store):
        self.program, self.store, self.port, self.process = programs / "waymark-relay", store, 0, None

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--listen", f"127.0.0.1:{self.port}", "--store", str(self.store)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        found = re.search(r"127\.0\.0\.1:(\d+)", self.process.stdout.readline())
        expect(found, "the relay did not say where it listens")
        self.port = int(found.group(1))

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()

    def address(self):
        return f"ws://127.0.0.1:{self.port}"


def say(text):
    print(f"\n{text}", flush=True)


def tell(text):
    print(f"    {text}", flush=True)


def expect(condition, what):
    if not condition:
        sys.exit(f"\nThe demonstration failed: {what}")


def pair(lina, tomas, relay):
    say("Each makes a journal: one encrypted folder, opened by a passphrase.")
    for person in (lina, tomas):
        words = person.one("vault", "create", "--name", person.name, "--kdf-cost", "floor")["recovery"]
        tell(f"{person.name}: a vault, and a recovery sheet of {len(words)} words")
    note = lina.one("entry", "add", "reflection", "--set", "body=I want to say what I think while it matters.")["id"]
    tell(f"Lina writes her first note, before anybody else is there ({note[:8]})")

    say("Lina invites Tomás as her mentor; he asks, she lets him in. Two turns each finish it.")
    space = lina.one("space", "create", "--name", "Lina and Tomás", "--role", "mentee")["id"]
    link = lina.one("pair", "invite", "--space", space, "--relay", relay.address(), "--role", "mentor")["link"]
    tell(f"the invitation: {link[:44]}…")
    tomas.run("pair", "accept", link)
    tomas.sync()
    lina.sync()
    asker = next(row for row in lina.one("pair", "list") if row.get("of"))
    tell(f"{asker['name']} asks to be let in as a {asker['role']}")
    lina.run("pair", "confirm", asker["id"])
    for _ in range(2):
        lina.sync()
        tomas.sync()
    numbers = {person.one("pair", "safety-number", space)["number"] for person in (lina, tomas)}
    expect(len(numbers) == 1, "the safety numbers differ")
    tell(f"both see one safety number: {numbers.pop()}")
    return space


def named(value, ids):
    """A line's value with the ids of what earlier lines made."""
    if isinstance(value, dict):
        return {key: named(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [named(each, ids) for each in value]
    return ids[value[1:]] if isinstance(value, str) and value.startswith("@") and value[1:] in ids else value


def write_story(people, space, story, folder):
    say(f"They write until {UNTIL}: goals, messages, a first meeting, feedback.")
    ids, count, kinds = {"lina-tomas": space}, 0, {}
    lines = [json.loads(line) for line in story.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line["at"][:10] < UNTIL and line.get("needs") != "base"]
    while lines:
        by = lines[0]["by"]
        turn = []
        while lines and lines[0]["by"] == by:
            turn.append(lines.pop(0))
        made = [line.pop("as", None) for line in turn]
        # Names made within this turn stay names; the rest become ids.
        for line, name in zip(turn, made):
            if name:
                line["as"] = name
            for key in ("at", "by", "needs", "base", "apart"):
                line.pop(key, None)
        path = folder / "lines.jsonl"
        path.write_text("".join(json.dumps(named(line, ids), ensure_ascii=False) + "\n" for line in turn),
                        encoding="utf-8")
        for line, name, result in zip(turn, made, people[by].run("entry", "apply", path)):
            expect("error" not in result, f"{line}: {result}")
            if name:
                ids[name] = result["id"]
            count += 1
            if line["op"] == "add":
                kinds[line["kind"]] = kinds.get(line["kind"], 0) + 1
        for person in (people[by], *people.values()):
            person.sync()
        path.unlink()
    tell(f"{count} changes; new: " + ", ".join(f"{number} {kind}s" for kind, number in sorted(kinds.items())))


def work_apart(lina, tomas, relay, space):
    meeting = lina.one("entry", "add", "session", "--space", space, "--set", "title=Before the review",
                       "--set", "begins=2026-10-07T18:00:00+03:00", "--set", "notes=What we wanted to talk about.")["id"]
    for person in (lina, tomas):
        person.sync()
    say("The network is gone: the relay is stopped. Both go on writing, each at home.")
    relay.stop()
    lina.run("entry", "set", meeting, "--set", "begins=2026-10-08T18:00:00+03:00",
             "--set", f"notes={APART_LINA}\nWhat we wanted to talk about.")
    tomas.run("entry", "set", meeting, "--set", "begins=2026-10-09T16:00:00+01:00",
              "--set", f"notes=What we wanted to talk about.\n{APART_TOMAS}")
    lina.run("entry", "add", "message", "--space", space, "--set", "body=I can't reach you, so this waits.")
    for person in (lina, tomas):
        status = person.one("status")
        tell(f"{person.name}: {status['unsent']} changes waiting, saved here")
        expect(status["unsent"] > 0, "nothing waits")

    say("The relay is back. Two turns each bring both journals level.")
    relay.start()
    for _ in range(2):
        for person in (lina, tomas):
            counts = person.sync()
            tell(f"{person.name} sent {counts['sent']} and received {counts['received']} messages")
    lina.sync()
    for person in (lina, tomas):
        shown = person.one("entry", "show", meeting)
        expect(APART_LINA in shown["fields"]["notes"] and APART_TOMAS in shown["fields"]["notes"],
               "one of them lost words in the notes")
        expect(len(shown["conflicts"].get("begins", [])) == 2, "the two dates are not both kept")
    tell("the notes hold what both wrote; both dates are kept until one of them chooses")
    lina.run("entry", "set", meeting, "--set", "begins=2026-10-09T16:00:00+01:00")
    lina.sync()
    tomas.sync()
    expect(not tomas.one("entry", "show", meeting)["conflicts"], "the date is still in conflict")
    tell("Lina takes Tomás's date; nobody sees a conflict any more")
    return meeting


def compare(lina, tomas, space):
    say("Both journals are compared and verified: every entry, signature, chain and page.")
    lists = [person.one("entry", "list", "--space", space) for person in (lina, tomas)]
    expect(lists[0] == lists[1], "the two journals differ")
    tell(f"{len(lists[0])} shared entries, equal on both sides")
    for person in (lina, tomas):
        report = person.one("vault", "verify")
        expect(not report["problems"], f"{person.name}'s vault: {report['problems']}")
        tell(f"{person.name}: {report['operations']} operations, {report['signaturesChecked']} signatures, no problem")


def check_files(folder):
    say("Nothing of it can be read in any file, the relay's least of all.")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in files:
        content = path.read_bytes()
        for words in (APART_LINA, APART_TOMAS, "Lina Haddad", "say what I think"):
            expect(words.encode() not in content, f"{path} holds “{words}”")
    tell(f"looked through {len(files)} files under {folder}")


def show_windows(programs, folder):
    waymark = programs / "waymark"
    if not waymark.exists():
        return
    say("Their windows, as they see them now:")
    here = Path(__file__).resolve().parents[2] / "tests" / "flows"
    done = subprocess.run([here / "run.sh", "/usr/bin/python3", here / "shoot.py", programs, folder, PASSPHRASE],
                          check=False, capture_output=True, text=True)
    expect(done.returncode == 0, f"the windows could not be drawn: {done.stdout}{done.stderr}")
    tell(done.stdout.strip().replace("\n", "\n    "))
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        tell(f"Both windows open now; the passphrase of either is “{PASSPHRASE}”.")
        for name in ("lina", "tomas"):
            subprocess.Popen([waymark, "--vault", folder / name], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, start_new_session=True)


def main(programs, folder, story):
    began = time.monotonic()
    programs, folder = Path(programs), Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    relay = Relay(programs, folder / "relay")
    relay.start()
    lina = Person(programs, "Lina Haddad", folder / "lina")
    tomas = Person(programs, "Tomás Okafor", folder / "tomas")
    try:
        space = pair(lina, tomas, relay)
        write_story({"lina": lina, "tomas": tomas}, space, Path(story), folder)
        work_apart(lina, tomas, relay, space)
        compare(lina, tomas, space)
        check_files(folder)
        show_windows(programs, folder)
    finally:
        relay.stop()
    say(f"That was the main job, in {time.monotonic() - began:.0f} seconds. The vaults are in {folder}; "
        f"their passphrase is “{PASSPHRASE}”.")


if __name__ == "__main__":
    main(*sys.argv[1:4])
