#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads CTest's JUnit results: says what was slow and what failed, ends in "N passed, N failed"."""
import sys
import xml.etree.ElementTree as ElementTree

SLOW_SECONDS = 5
LISTER = "architecture/lengthsAreListed"


def summarize(path):
    try:
        cases = ElementTree.parse(path).getroot().findall("testcase")
    except (OSError, ElementTree.ParseError):
        print("No test ran.\n0 passed, 1 failed")
        return 1
    slow = sorted(((float(case.get("time", 0)), case.get("name")) for case in cases), reverse=True)
    slow = [entry for entry in slow if entry[0] >= SLOW_SECONDS]
    if slow:
        print(f"\nLonger than {SLOW_SECONDS} s:")
        for seconds, name in slow:
            print(f"{seconds:8.1f} s  {name}")
    for case in cases:
        output = case.findtext("system-out") or ""
        if case.get("name") == LISTER and output.strip():
            print(f"\nPlaces to think (docs/STYLE.md, Size):\n{output.strip()}")
    failed = [case.get("name") for case in cases if case.get("status") != "run"]
    if failed:
        print("\nFailed:")
        for name in failed:
            print(f"  {name}")
    print(f"\nThe full results are in {path}\n")
    print(f"{len(cases) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(summarize(sys.argv[1]))
