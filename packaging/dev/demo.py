#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job of Waymark on one machine: Lina and Tomás, a vault each, a relay between them.

They pair, Lina shares a goal, Tomás answers with feedback, both journals are level and verified, and the
relay's files hold none of their words.

usage: demo.py PROGRAMS FOLDER
"""
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PASSPHRASE = "a demonstration and no secret"
GOAL = "Speak at the spring meeting"
FEEDBACK = "When you opened with the question, the whole room leaned forward."


class Person:
    def __init__(self, cli, name, vault):
        self.cli, self.name, self.vault = cli, name, vault

    def run(self, *arguments):
        """Runs waymark-cli on this person's vault and returns its answer."""
        shown = " ".join(f"'{word}'" if " " in word else word for word in arguments)
        print(f"  {self.name:6} waymark-cli {shown[:110]}", flush=True)
        done = subprocess.run([self.cli, "--vault", str(self.vault), "--json", *arguments], check=False,
                              capture_output=True, text=True, env={**os.environ, "WAYMARK_PASSPHRASE": PASSPHRASE})
        if done.returncode != 0:
            sys.exit(f"status {done.returncode}: {done.stderr.strip()}")
        return json.loads(done.stdout) if done.stdout.strip() else None


def say(text):
    print(f"\n{text}", flush=True)


def expect(condition, what):
    if not condition:
        sys.exit(f"The demonstration failed: {what}")


def start_relay(programs, store):
    relay = subprocess.Popen([programs / "waymark-relay", "--listen", "127.0.0.1:0", "--store", str(store)],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = re.search(r"127\.0\.0\.1:\d+", relay.stdout.readline())
    expect(address, "the relay did not say where it listens")
    return relay, f"ws://{address.group(0)}"


def show(programs, folder, relay_address):
    lina = Person(programs / "waymark-cli", "Lina", folder / "lina")
    tomas = Person(programs / "waymark-cli", "Tomás", folder / "tomas")

    say("Each makes a vault: one encrypted folder.")
    for person in (lina, tomas):
        person.run("vault", "create", "--name", person.name, "--kdf-cost", "floor")

    say("Lina opens a space for the two of them and invites Tomás as her mentor.")
    space = lina.run("space", "create", "--name", "Lina and Tomás", "--role", "mentee")["id"]
    invitation = lina.run("pair", "invite", "--space", space, "--relay", relay_address, "--role", "mentor",
                          "--accept-first")
    tomas.run("pair", "accept", invitation["link"])
    for _ in range(4):
        lina.run("sync", "--once")
        tomas.run("sync", "--once")

    say("Lina writes a goal, at first for herself alone, then shares it.")
    goal = lina.run("entry", "add", "goal", "--set", f"title={GOAL}", "--set", "why=To be heard once, on purpose.")["id"]
    shared = lina.run("entry", "share", goal, "--space", space)["id"]
    lina.run("sync", "--once")

    say("Tomás reads it and answers with feedback.")
    tomas.run("sync", "--once")
    expect(tomas.run("entry", "show", shared)["fields"]["title"] == GOAL, "Tomás does not see the goal")
    feedback = tomas.run("entry", "add", "feedback", "--space", space, "--set", f"on={shared}", "--set",
                         f"body={FEEDBACK}")["id"]
    tomas.run("sync", "--once")
    lina.run("sync", "--once")
    expect(lina.run("entry", "show", feedback)["fields"]["body"] == FEEDBACK, "Lina does not see the feedback")
    print(f"\n  “{FEEDBACK}”")

    say("Both journals are verified: every signature, every chain, every page.")
    for person in (lina, tomas):
        report = person.run("vault", "verify")
        expect(not report["problems"], f"{person.name}'s vault has problems: {report['problems']}")
        print(f"         {report['operations']} operations, no problem")


def check_files(folder):
    say("Nothing of it can be read in any file, the relay's least of all.")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            for words in (GOAL, FEEDBACK):
                expect(words.encode() not in content, f"{path} holds “{words}”")
    print("         looked at every file under", folder)


def main(programs, folder):
    programs, folder = Path(programs), Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    relay, address = start_relay(programs, folder / "relay")
    try:
        show(programs, folder, address)
    finally:
        relay.terminate()
        relay.wait()
    check_files(folder)
    say(f"That was the main job. The vaults are in {folder}; their passphrase is “{PASSPHRASE}”.")


if __name__ == "__main__":
    main(*sys.argv[1:3])
