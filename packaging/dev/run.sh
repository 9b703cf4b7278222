# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Commands that build one program and run it.

# ./dev which NAME: the path alone on stdout.
command_which() {
    [[ $# -eq 1 ]] || die "which needs the name of one program"
    set_up build run
    configure dev
    has_target dev "$1" || die "there is no program '$1' here; there are:" "$(executables_of dev | xargs)"
    build dev "$1"
    printf '%s\n' "$root/build/dev/bin/$1"
}

# Builds a program as $1 says (dev or release) and becomes it.
run_program() {
    local preset=$1 name=$2
    shift 2
    set_up build run
    configure "$preset"
    has_target "$preset" "$name" || die "this tree has no program '$name'"
    build "$preset" "$name"
    cd "$caller" # files are named from where the person stands
    exec "$root/build/$preset/bin/$name" "$@"
}

# ./dev start [VAULT] [OPTION…]: the app; a folder that is named first is its vault.
command_start() {
    if [[ $# -gt 0 && $1 != -* ]]; then
        set -- --vault "$@"
    fi
    run_program dev waymark "$@"
}

# ./dev demo: the main job, in front of the person; see demo.py.
command_demo() {
    set_up build test run
    build dev
    has_target dev waymark-cli && has_target dev waymark-relay ||
        die "everything is built, but this tree has no command line and relay to demonstrate"
    python3 packaging/dev/demo.py "$root/build/dev/bin" "$root/build/demo" tests/data/story/lina-tomas.jsonl
}

# ./dev relay: with the person's own options, or on a free port of this machine alone.
command_relay() {
    [[ $# -gt 0 ]] || set -- --listen 127.0.0.1:0 --store "$root/build/relay"
    run_program dev waymark-relay "$@"
}

# ./dev story [--until TIME] DIR: the story's vaults; the program says what it does.
command_story() {
    [[ $# -gt 0 ]] || die "usage: ./dev story [--until TIME] DIR"
    run_program dev waymark-story "$root/tests/data/story" "$@"
}

# ./dev vectors noise FILE…: runs published vectors through the product's own code.
command_vectors() {
    [[ ${1:-} == noise && $# -gt 1 ]] || die "usage: ./dev vectors noise FILE…"
    run_program dev noise_vectors "${@:2}"
}
