#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command on a display of its own, with a window manager and an accessibility bus.
set -euo pipefail

if [[ ${1:-} != --inside ]]; then
    exec dbus-run-session -- "${BASH_SOURCE[0]}" --inside "$@"
fi
shift

number=$(mktemp)
Xvfb -displayfd 5 -screen 0 1400x900x24 -nolisten tcp 5>"$number" 2>/dev/null &
display=$!
trap 'kill "$display" 2>/dev/null || true; rm -f "$number"' EXIT
for _ in $(seq 100); do
    [[ -s $number ]] && break
    kill -0 "$display"
    sleep 0.1
done
DISPLAY=":$(cat "$number")"
export DISPLAY
openbox >/dev/null 2>&1 &
/usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 &
"$@"
