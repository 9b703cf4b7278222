# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev bench: the vault's and the relay's programs, one table. No program links both.

# command_bench [GROUP…] [--json FILE]; the groups are vault (open, commit, verify, sync, search), text, start and
# relay, all of them when none is named. --entries and --rounds are handed on for a quick look.
command_bench() {
    local groups=() options=() roundOptions=() relay=false start=false ours=true rows
    while [[ $# -gt 0 ]]; do
        case $1 in
        --json | --entries | --rounds)
            [[ $# -gt 1 ]] || die "$1 needs a value"
            # Files are named from where the person stands.
            if [[ $1 == --json && $2 != /* ]]; then
                options+=("$1" "$caller/$2")
            else
                options+=("$1" "$2")
            fi
            [[ $1 == --rounds ]] && roundOptions+=("$1" "$2")
            shift
            ;;
        -*) die "bench knows no option $1" ;;
        relay) relay=true ;;
        start) start=true ;;
        *) groups+=("$1") ;;
        esac
        shift
    done
    if [[ ${#groups[@]} -eq 0 ]]; then
        if $relay || $start; then ours=false; else relay=true start=true; fi
    fi
    set_up build run bench
    build release waymark-bench bench_relay waymark-relay bench_window waymark || die "the build failed"
    mkdir -p "$root/build/bench"
    if $relay; then
        say "relay …"
        rows="$root/build/bench/relay.json"
        "$root/build/release/bin/bench_relay" --dir "$root/build/bench" "${roundOptions[@]}" >"$rows"
        options+=(--merge "$rows")
    fi
    if $start; then
        say "start …"
        rows="$root/build/bench/start.json"
        python3 "$root/tests/bench/start/start.py" "$root/build/release/bin/waymark" \
            "$root/build/release/bin/bench_window" "${roundOptions[@]}" >"$rows"
        options+=(--merge "$rows")
    fi
    $ours || groups=(none)
    exec "$root/build/release/bin/waymark-bench" "${groups[@]}" --dir "$root/build/bench" "${options[@]}"
}
