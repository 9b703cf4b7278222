# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""qmllint finds nothing in any QML module of the build.

usage: qml.py ROOT BUILD
"""
import subprocess
import sys

import tree as trees


def main(root, build):
    if not trees.Tree(root).named(".qml", under=("ui",)):
        print("There is no QML in ui/.")
        return
    done = subprocess.run(["cmake", "--build", build, "--target", "all_qmllint"], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    # qmllint 6.4 ends well after warnings, so its words decide.
    lines = done.stdout.splitlines()
    problems = [line for line in lines if line.startswith(("Warning:", "Error:"))]
    if problems or done.returncode != 0:
        print(done.stdout)
    trees.fail_or_pass(problems or (["all_qmllint failed"] if done.returncode != 0 else []))


if __name__ == "__main__":
    main(*sys.argv[1:3])
