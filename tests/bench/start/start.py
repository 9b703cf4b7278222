# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the app takes from its start to its first frame, and what memory it has then, beside the smallest
window of Qt Quick with Basic controls, in turns, on one graphics backend.

usage: start.py WAYMARK WINDOW [--rounds N]; prints rows of JSON as docs/CLI.md describes them.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time

FRAME = b"Frame rendered"  # what Qt's own log says after each frame
SETTLED = 2  # seconds


def proportional(process):
    """The proportional set size, in KiB."""
    with open(f"/proc/{process.pid}/smaps_rollup", encoding="ascii") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))


def once(command, environment):
    """Milliseconds until the first frame, and KiB two seconds later."""
    begun = time.monotonic()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        for line in process.stderr:
            if FRAME in line:
                took = (time.monotonic() - begun) * 1000
                break
        else:
            raise SystemExit(f"{command[0]} drew nothing")
        time.sleep(SETTLED)
        return took, proportional(process)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def row(name, unit, ours, theirs, target):
    ratio = ours / theirs
    return {"name": name, "value": ours, "unit": unit, "reference": "smallest Basic window", "referenceValue": theirs,
            "ratio": ratio, "target": f"≤ {target}×", "met": ratio <= target}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("waymark")
    parser.add_argument("window")
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", QT_QUICK_BACKEND="software",
                       QT_LOGGING_RULES="qt.scenegraph.time.renderloop.debug=true")
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        vault = os.path.join(folder, "vault")
        # The first round brings the files into memory and is not counted.
        for number in range(arguments.rounds + 1):
            pair = once([arguments.waymark, "--vault", vault], environment), once([arguments.window], environment)
            if number:
                ours.append(pair[0])
                theirs.append(pair[1])
    middle = [[statistics.median(each) for each in zip(*side)] for side in (ours, theirs)]
    print(json.dumps([row("start: first page's first frame", "ms", middle[0][0], middle[1][0], 1.5),
                      row("start: memory (PSS) two seconds later", "KiB", middle[0][1], middle[1][1], 1.5)]))


if __name__ == "__main__":
    main()
