# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people, by keyboard alone: first note, invitation, asking, letting in, a shared goal, feedback."""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__))
from desk import Missing, Person  # noqa: E402

PASSPHRASE = "walnut ferry under quiet snow"


def relay(program, folder):
    process = subprocess.Popen([program, "--listen", "127.0.0.1:0", "--store", folder],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        found = re.search(r"(127\.0\.0\.1:\d+)", line)
        if found:
            return process, "ws://" + found.group(1)
    raise Missing("the relay said no address")


def first_run(person, name, note):
    if note:
        person.at("I have an invitation")
        person.keys("Tab")
        person.at("Start on my own")
        person.keys("Return")
    person.at("Your name")
    person.type(name)
    person.go_to("Passphrase")
    person.type(PASSPHRASE)
    person.sees("Strong enough.")
    person.keys("Return")
    person.at("Your first note")
    if note:
        person.type(note)
        person.go_to("Keep it")
    else:
        person.go_to("Not now")
    person.keys("Return")
    person.sees("Goals", "page tab", exact=True)


def main():
    folder = sys.argv[1]
    with tempfile.TemporaryDirectory() as work:
        post, address = relay(os.path.join(folder, "waymark-relay"), os.path.join(work, "relay"))
        program = os.path.join(folder, "waymark")
        lina = Person(program, os.path.join(work, "lina"), "Lina", os.path.join(work, "lina.log"))
        tomas = None
        try:
            first_run(lina, "Lina Haddad", "I want to say what I think while it still matters")
            lina.sees("I want to say what I think while it still matters")
            print("first note: ok", flush=True)

            lina.go_to("Lina Haddad, people", key="Tab")
            lina.keys("Return")
            lina.at("Invite someone")
            lina.keys("Return")
            lina.go_to("For whom")
            lina.type("Tomas")
            lina.go_to("Relay")
            lina.type(address)
            lina.go_to("Try it")
            lina.keys("Return")
            lina.sees("It answers.")
            lina.go_to("Make the invitation")
            lina.keys("Return")
            lina.sees("Copy the message")
            lina.go_to("Copy the message")
            lina.keys("Return")
            print("invitation: ok", flush=True)

            tomas = Person(program, os.path.join(work, "tomas"), "Tomás", os.path.join(work, "tomas.log"))
            tomas.at("I have an invitation")
            tomas.keys("Return")
            tomas.at("The message with your invitation")
            tomas.keys("ctrl+v")
            tomas.sees("Lina Haddad invites you as a mentor")
            tomas.go_to("Go on")
            tomas.keys("Return")
            first_run(tomas, "Tomas Okafor", None)
            tomas.sees("You asked Lina")
            print("asking: ok", flush=True)

            lina.sees("Tomas Okafor asks to be let in as a mentor")
            lina.go_to("Let in")
            lina.keys("Return")
            lina.sees("is let in as a mentor in")
            tomas.sees("Lina Haddad, people", seconds=40)
            lina.sees("Tomas Okafor, people", seconds=40)
            print("let in: ok", flush=True)

            lina.keys("Escape")
            lina.go_to("Goals")
            lina.keys("Return")
            lina.go_to("I want to say what I think while it still matters")
            lina.keys("Return")
            lina.go_to("Share with Tomas")
            lina.keys("Return")
            lina.at("Share with Tomas")
            lina.keys("Return")
            lina.sees("The goal goes to Tomas in")
            tomas.sees("I want to say what I think while it still matters", seconds=40)
            lina.sees("Received", seconds=40)
            print("shared goal: ok", flush=True)

            tomas.go_to("I want to say what I think while it still matters")
            tomas.keys("Return")
            tomas.go_to("Write feedback")
            tomas.keys("Return")
            tomas.at("Feedback for Lina")
            tomas.type("You said it at the start, and the room listened.")
            tomas.keys("ctrl+l")
            tomas.at("Passphrase")
            tomas.type(PASSPHRASE)
            tomas.keys("Return")
            tomas.at("Feedback for Lina")
            tomas.type(" Again.")
            tomas.keys("ctrl+Return")
            tomas.sees("Goes to Lina in")
            lina.keys("Escape")
            lina.go_to("Feedback")
            lina.keys("Return")
            lina.until(lambda: any("Again." in (item.get_description() or "") for item in lina.shown()),
                       "the feedback in the list", 40)
            lina.go_to("I want to say what I think while it still matters")
            lina.keys("Return")
            lina.sees("You said it at the start, and the room listened. Again.")
            tomas.until(lambda: any((item.get_description() or "").startswith("Received") for item in tomas.shown()),
                        "the receipt", 40)
            print("feedback: ok", flush=True)
            return 0
        except Missing as missing:
            print(missing)
            for name in ("lina.log", "tomas.log"):
                path = os.path.join(work, name)
                if os.path.exists(path):
                    print(f"--- {name}\n" + open(path, encoding="utf-8").read()[-3000:])
            return 1
        finally:
            lina.end()
            if tomas:
                tomas.end()
            post.terminate()


if __name__ == "__main__":
    sys.exit(main())
