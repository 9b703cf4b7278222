# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-tidy finds nothing in the product's code.

It works on a build folder of its own (build/tidy), without the precompiled header, which only g++ can
read. A file that was found clean is not looked at again while its preprocessed text stays the same:
build/tidy-cache holds the hash of each such text, and beside it the state of every file that went into
it, so that an unchanged file costs no preprocessing either.

usage: tidy.py ROOT
"""
import hashlib
import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tree as trees

PRODUCT = ("app/", "sync/", "storage/", "ui/")


def run(command, **options):
    return subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          **options)


def must(command, **options):
    done = run(command, **options)
    if done.returncode != 0:
        print(done.stdout)
        sys.exit(f"failed: {shlex.join(command)}")
    return done.stdout


def configure(root, build):
    """The compile database, and the files that a build makes and others include."""
    must(["cmake", "-S", str(root), "-B", str(build), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Dev",
          "-DWAYMARK_PCH=OFF"])
    targets = must(["ninja", "-C", str(build), "-t", "targets", "all"])
    generated = [line.split(":")[0] for line in targets.splitlines() if line.split(":")[0].endswith("_autogen")]
    own = [name for name in generated if "/" not in name and not name.startswith("tst_")]
    if own:
        must(["ninja", "-C", str(build), *own])
    return json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))


def preprocessing(entry, dependencies):
    """The entry's command, turned into one that writes the preprocessed text and the files it read."""
    words = shlex.split(entry["command"])
    if "ccache" in words[0]:
        words = words[1:]
    output = words.index("-o")
    del words[output:output + 2]
    words.remove("-c")
    return [*words, "-E", "-P", "-MD", "-MF", str(dependencies)]


class Cache:
    """What was found clean. Names of files are hashes; nothing in it is ever wrong, at most useless."""

    def __init__(self, folder, root):
        self.folder, self.root = folder, str(root)
        folder.mkdir(parents=True, exist_ok=True)
        version = must(["clang-tidy", "--version"])
        rules = (root / ".clang-tidy").read_text(encoding="utf-8")
        self.rules = hashlib.sha256((version + rules).encode()).hexdigest()

    def _key(self, text):
        return hashlib.sha256((self.rules + text.replace(self.root, "")).encode()).hexdigest()

    @staticmethod
    def _state(names):
        try:
            return [[name, os.stat(name).st_mtime_ns, os.stat(name).st_size] for name in names]
        except OSError:
            return None

    def _inputs(self, entry):
        return self.folder / (self._key(entry["command"] + entry["file"]) + ".inputs")

    def untouched(self, entry):
        try:
            kept = json.loads(self._inputs(entry).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return self._state([row[0] for row in kept]) == kept

    def remember(self, entry, names, key):
        (self.folder / key).touch()
        state = self._state(names)
        if state is not None:
            self._inputs(entry).write_text(json.dumps(state), encoding="utf-8")

    def key_of(self, entry):
        """The hash of the preprocessed text and the files that went into it."""
        dependencies = self.folder / (self._key(entry["file"]) + ".d")
        text = must(preprocessing(entry, dependencies), cwd=entry["directory"])
        rule = dependencies.read_text(encoding="utf-8").replace("\\\n", " ").split(":", 1)[1]
        dependencies.unlink()
        names = [os.path.join(entry["directory"], name) for name in rule.split()]
        return self._key(text), names


def examine(cache, build, entry):
    """What clang-tidy says of one file; nothing when it is clean."""
    if cache.untouched(entry):
        return "known", ""
    key, names = cache.key_of(entry)
    if (cache.folder / key).exists():
        cache.remember(entry, names, key)
        return "known", ""
    done = run(["clang-tidy", "--quiet", "-p", str(build), "--extra-arg=-Wno-error",
                "--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-w", entry["file"]])
    if done.returncode != 0:
        lines = done.stdout.splitlines(keepends=True)
        return "found", "".join(line for line in lines if not line.endswith("generated.\n"))
    cache.remember(entry, names, key)
    return "clean", ""


def main(root):
    root = Path(root).resolve()
    build = root / "build" / "tidy"
    entries = [entry for entry in configure(root, build)
               if os.path.relpath(entry["file"], root).startswith(PRODUCT)]
    cache = Cache(root / "build" / "tidy-cache", root)
    jobs = int(os.environ.get("WAYMARK_JOBS") or os.cpu_count() or 1)
    with ThreadPoolExecutor(jobs) as pool:
        results = list(pool.map(lambda entry: examine(cache, build, entry), entries))
    known = sum(1 for state, _ in results if state == "known")
    print(f"{len(results)} files, {known} of them known to be clean")
    trees.fail_or_pass([text for state, text in results if state == "found"])


if __name__ == "__main__":
    main(sys.argv[1])
