# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev fresh: what README promises, in a system that holds only git and a checkout; then again at once.

command_fresh() {
    local command log started status=0 report=()
    set_up package
    new_system fresh
    [[ -z "$(git status --porcelain)" ]] || say "Uncommitted changes are not part of the checkout."
    as_root git -c safe.directory="$root" clone --quiet --no-hardlinks "file://$root" "$systems/fresh/root/waymark"
    for round in first again; do
        for command in demo test; do
            log=$root/build/fresh-$round-$command.log
            say "./dev $command, $round (log in ${log#"$root/"}) …"
            started=$SECONDS
            if ! in_system fresh sh -c "cd /root/waymark && ./dev $command" >"$log" 2>&1; then
                status=1
                tail -30 "$log" >&2
            fi
            report+=("$(printf '%-12s %-6s %6d s   %s' "./dev $command" "$round" $((SECONDS - started)) "$(tail -1 "$log")")")
        done
    done
    printf '%s\n' "${report[@]}"
    [[ $status -ne 0 ]] || delete_system fresh
    return $status
}
