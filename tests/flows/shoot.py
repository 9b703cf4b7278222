# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens two people's journals in their windows and takes a picture of each.

usage: shoot.py PROGRAMS FOLDER PASSPHRASE (the vaults are FOLDER/lina and FOLDER/tomas)
"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(__file__))
from desk import Missing, Person  # noqa: E402


def main():
    programs, folder, passphrase = sys.argv[1:4]
    for name in ("lina", "tomas"):
        person = Person(os.path.join(programs, "waymark"), os.path.join(folder, name), name,
                        os.path.join(folder, f"{name}.log"))
        try:
            person.at("Passphrase")
            person.type(passphrase)
            person.keys("Return")
            person.sees("Goals", "page tab", exact=True)
            for page in ("Goals", "Feedback"):
                person.go_to(page)
                person.keys("Return")
                person.until(lambda: person.where() is not None, "the page")
                picture = os.path.join(folder, f"{name}-{page.lower()}.png")
                subprocess.run(["import", "-window", person.window, picture], check=True)
                print(picture)
        except Missing as missing:
            print(missing)
            return 1
        finally:
            person.end()
            os.remove(os.path.join(folder, f"{name}.log"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
