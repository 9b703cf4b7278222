# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev package: Debian packages in build/packages. With --check: each is installed in a clean Debian 12 that
# has its own archive alone, does its first work there, and is purged again.

packages="$root/build/packages"

command_package() {
    local check=false programs
    case ${1:-} in
    --check) check=true ;;
    "") ;;
    *) die "package knows no option $1" ;;
    esac
    set_up build test run package
    configure release
    programs=$(executables_of release | grep -Fx -e waymark -e waymark-cli -e waymark-relay || true)
    [[ -n "$programs" ]] || die "this tree has no program to pack"
    # shellcheck disable=SC2086 # one word each
    build release $programs
    rm -rf "$packages"
    (cd "$root/build/release" && cpack -G DEB >"$root/build/cpack.log" 2>&1) ||
        { cat "$root/build/cpack.log" >&2; die "packing failed"; }
    rm -rf "$packages/_CPack_Packages"
    ls -l "$packages"/*.deb >&2
    [[ $check == false ]] || check_packages
}

check_packages() {
    local deb name failed=0 passed=0
    for deb in "$packages"/*.deb; do
        name=$(dpkg-deb -f "$deb" Package)
        say "Checking $name in a clean system …"
        # In a process of its own, so that set -e ends the check of this package alone.
        if (check_package "$name" "$deb") >&2; then
            passed=$((passed + 1))
            delete_system "package-$name"
        else
            failed=$((failed + 1))
            say "$name: FAILED (its system is kept in build/systems/package-$name)"
        fi
    done
    printf '%s passed, %s failed\n' "$passed" "$failed"
    [[ $failed -eq 0 ]]
}

traces_in() {
    in_system "$1" find / -xdev -iname '*waymark*' -not -path '/proc/*' -not -path '/root/vaults/*' | sort
}

check_package() {
    set -e
    local name=$1 system=package-$1 left
    new_system "$system"
    in_system "$system" apt-get -qq update
    as_root cp "$2" "$systems/$system/root/package.deb"
    in_system "$system" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install -y --no-install-recommends /root/package.deb >"$root/build/install-$name.log" 2>&1 ||
        { tail -20 "$root/build/install-$name.log"; return 1; }
    say "  installs from Debian's main archive alone"
    if in_system "$system" ldd "/usr/bin/$name" | grep -iE 'sqlcipher|not found'; then
        say "  its libraries are not those of Debian 12"
        return 1
    fi
    say "  needs no SQLCipher of the system"
    "check_${name//-/_}" "$system" || return 1
    in_system "$system" env DEBIAN_FRONTEND=noninteractive apt-get -qq purge -y "$name" >/dev/null 2>&1
    left=$(traces_in "$system")
    [[ -z "$left" ]] || { say "  purge leaves: $left"; return 1; }
    say "  purge leaves nothing but the user's vaults"
}

check_waymark_cli() {
    in_system "$1" env WAYMARK_PASSPHRASE="first words in a clean system" sh -ec '
        waymark-cli --vault /root/vaults/first --json vault create --name First --kdf-cost floor >/dev/null
        waymark-cli --vault /root/vaults/first entry add goal --set "title=Begin" >/dev/null
        waymark-cli --vault /root/vaults/first --json vault verify' || return 1
    say "  makes and verifies a vault"
}

check_waymark_relay() {
    # shellcheck disable=SC2016 # expanded in the system
    in_system "$1" timeout 60 bash -ec '
        waymark-relay --listen 127.0.0.1:0 --store /root/vaults/relay >/tmp/relay.out 2>&1 &
        sleep 0.1
        for _ in $(seq 100); do
            port=$(grep -oE "127\.0\.0\.1:[0-9]+" /tmp/relay.out | head -1 | cut -d: -f2)
            [ -n "$port" ] && break
            sleep 0.1
        done
        [ -n "$port" ] || { cat /tmp/relay.out; exit 1; }
        exec 3<>"/dev/tcp/127.0.0.1/$port"
        printf "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" >&3
        head -1 <&3 | grep -q " 200 "' || return 1
    say "  answers /healthz"
}

# The display is this machine's, so that nothing but the package is installed in the system.
check_waymark() {
    local system=$1 xvfb display application process status=0 shot=$packages/first-window.png
    exec 4< <(exec Xvfb -displayfd 1 -screen 0 1280x800x24 -nolisten tcp 2>/dev/null)
    xvfb=$!
    read -r -t 20 display <&4 || return 1
    SYSTEM_DISPLAY=:$display in_system "$system" waymark >"$root/build/first-window.log" 2>&1 &
    application=$!
    DISPLAY=:$display timeout 60 xdotool search --sync --onlyvisible --name Waymark >/dev/null || status=1
    sleep 3 # the window is there; its first frames are still to come
    DISPLAY=:$display import -window root "$shot" || status=1
    if ! kill -0 "$application" 2>/dev/null || [[ "$(identify -format %k "$shot")" -lt 16 ]]; then
        cat "$root/build/first-window.log"
        status=1
    fi
    # The program first, while its display is there: it closes as at the end of a session.
    for process in $(pgrep -x waymark); do
        [[ "$(as_root readlink "/proc/$process/root")" != "$systems/$system" ]] || as_root kill "$process"
    done
    wait "$application" 2>/dev/null || true
    kill "$xvfb" 2>/dev/null || true
    [[ $status -eq 0 ]] || return 1
    say "  draws its first window (${shot#"$root/"})"
}
