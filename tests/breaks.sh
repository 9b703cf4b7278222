#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Breaks the product on purpose, a few lines at a time, and shows which test notices.
#
# usage: tests/breaks.sh [FILTER]
#
# Each tests/breaks/*.patch changes at most five lines of the product; above its first diff line stand
#   Test: <name of the CTest test that must fail>
#   Why: <what the changed lines protect>
# The patches are applied one after another to a copy of the tree under build/breaks; the tree itself is never
# touched. The copy keeps its build folder, and ccache knows the files that did not change.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
copy=$root/build/breaks/tree
jobs="${WAYMARK_JOBS:-$(nproc)}"
log=$root/build/breaks/last.log

tracked() { git -c safe.directory="$root" -C "$root" ls-files -z --cached --others --exclude-standard; }

# Makes the copy equal to the tree. A file that is equal already keeps its time, so that only what
# changed is built again.
refresh_copy() {
    local name
    declare -A wanted
    mkdir -p "$copy"
    while IFS= read -r -d '' name; do
        [[ -f "$root/$name" ]] || continue
        wanted[$name]=1
        cmp -s "$root/$name" "$copy/$name" && continue
        mkdir -p "$(dirname "$copy/$name")"
        cp "$root/$name" "$copy/$name"
    done < <(tracked)
    while IFS= read -r -d '' name; do
        [[ -n "${wanted[${name#./}]:-}" ]] || rm "$copy/$name"
    done < <(cd "$copy" && find . -path ./build -prune -o -type f -print0)
}

# Git must not take the copy for a part of the tree around it.
in_copy() {
    (cd "$copy" && GIT_CEILING_DIRECTORIES="$root/build/breaks" CCACHE_BASEDIR="$copy" CCACHE_NOHASHDIR=1 \
        CCACHE_SLOPPINESS=pch_defines,time_macros "$@")
}

header() { sed -nE "/^(diff|---) /q; s/^$1: *//p" "$2" | head -1; }

# The target that a test's name stands for; checks of the tree need none.
build_test() {
    local target
    for target in "tst_${1##*/}" "${1##*/}"; do
        if grep -qE "^[a-z]+ $target " "$copy/build/dev/targets.txt"; then
            in_copy cmake --build --preset dev -j "$jobs" --target "$target"
            return
        fi
    done
}

run_test() { in_copy ctest --test-dir build/dev --no-tests=error --output-on-failure -R "^$1\$"; }

# What is wrong with a patch itself, if anything.
fault_of() {
    local added removed
    [[ -n "$(header Test "$1")" && -n "$(header Why "$1")" ]] || { echo "has no Test: or Why: line"; return; }
    added=$(grep -cE '^\+([^+]|$)' "$1" || true)
    removed=$(grep -cE '^-([^-]|$)' "$1" || true)
    [[ $added -le 5 && $removed -le 5 ]] || { echo "changes more than five lines"; return; }
    in_copy git apply --check "$1" 2>/dev/null || echo "does not apply"
}

# Succeeds when the patch's test fails; prints what it saw.
try_patch() {
    local patch=$1 name test fault noticed status=0
    name=$(basename "$patch" .patch)
    test=$(header Test "$patch")
    fault=$(fault_of "$patch")
    [[ -z "$fault" ]] || { echo "$name: $fault"; return 1; }
    if ! { build_test "$test" && run_test "$test"; } >"$log" 2>&1; then
        echo "$name: $test fails without the patch already"
        return 1
    fi
    in_copy git apply "$patch"
    if ! build_test "$test" >"$log" 2>&1; then
        echo "$name: no longer compiles, so no test was asked"
        status=1
    elif run_test "$test" >"$log" 2>&1; then
        echo "$name: nothing noticed: $test still passes"
        status=1
    else
        noticed=$(sed -nE 's/^FAIL! *: *([A-Za-z0-9_]+::[A-Za-z0-9_]+).*/\1/p' "$log" | sort -u | head -3 | xargs)
        echo "$name: $test fails${noticed:+: $noticed}"
    fi
    in_copy git apply --reverse "$patch"
    return $status
}

main() {
    local filter=${1:-} passed=0 failed=0
    refresh_copy
    in_copy cmake --preset dev >"$log" 2>&1 || { cat "$log"; exit 1; }
    for patch in "$root"/tests/breaks/*"$filter"*.patch; do
        [[ -e "$patch" ]] || continue
        if try_patch "$patch"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done
    printf '%s passed, %s failed\n' "$passed" "$failed"
    [[ $failed -eq 0 && $passed -gt 0 ]]
}

main "$@"
