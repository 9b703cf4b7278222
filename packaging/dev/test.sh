# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev test: builds everything, runs every test and check, ends in one line "N passed, N failed".

command_test() {
    local preset=dev filter="" ctest_arguments
    while [[ $# -gt 0 ]]; do
        case $1 in
        --preset)
            preset=${2:?"--preset needs a name"}
            shift
            ;;
        -*) die "test knows no option $1" ;;
        *) filter=$1 ;;
        esac
        shift
    done
    set_up build test run
    local results="$root/build/test-results-$preset.xml"
    rm -f "$results"
    if ! build "$preset"; then
        say "The build failed, so no test ran."
        printf '0 passed, 1 failed\n'
        return 1
    fi
    ctest_arguments=(--test-dir "$root/build/$preset" -j "$jobs" --output-on-failure
        --output-junit "$results" --no-tests=error)
    [[ -z "$filter" ]] || ctest_arguments+=(-R "$filter")
    # The verdict is read from the results, so that it stands alone on the last line.
    ctest "${ctest_arguments[@]}" || true
    python3 "$root/packaging/dev/summary.py" "$results"
}
