# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What every part of ./dev uses. Words for the person go to stderr, results to stdout.

jobs="${WAYMARK_JOBS:-$(nproc)}"

say() { printf '%s\n' "$*" >&2; }

die() {
    say "dev: $*"
    exit 1
}

is_installed() {
    [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

# Runs a command as root: at once, or through sudo.
as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "this needs root or sudo: $*"
    fi
}

# ccache finds a file again in another checkout, and beside a precompiled header.
export_ccache_settings() {
    export CCACHE_BASEDIR="$root"
    export CCACHE_NOHASHDIR=1
    export CCACHE_SLOPPINESS=pch_defines,time_macros
}

configure() {
    local preset=$1 log="$root/build/configure-$1.log"
    mkdir -p "$root/build"
    export_ccache_settings
    if ! cmake --preset "$preset" >"$log" 2>&1; then
        cat "$log" >&2
        say "dev: the configure step failed"
        return 1
    fi
}

# Builds targets (all when none is named) of a preset; says everything on stderr.
build() {
    local preset=$1
    shift
    local targets=()
    [[ $# -gt 0 ]] && targets=(--target "$@")
    configure "$preset" || return 1
    cmake --build "$root/build/$preset" -j "$jobs" "${targets[@]}" >&2
}

# Whether the configured tree has this executable.
has_target() {
    [[ -n "$(executables_of "$1" | grep -Fx -- "$2" || true)" ]]
}

# The programs that people run, of those that this tree has.
executables_of() {
    awk '$1 == "executable" { print $2 }' "$root/build/$1/targets.txt"
}
