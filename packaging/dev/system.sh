# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Clean Debian 12 systems in folders, for ./dev fresh and ./dev package --check.
#
# A command runs in one under chroot, in mount and process namespaces of its own: when it ends, whatever it
# mounted or started is gone, and the folder can be deleted without care.

systems="$root/build/systems"

# The new system's apt goes where apt here goes, through the same proxy.
proxy_settings() {
    apt-config dump --format '%F "%v";%n' | grep -iE '^Acquire::https?::Proxy ' || true
}

# A debootstrap with main alone and git in it, kept for a week since making it takes minutes.
base_system() {
    local archive=$systems/bookworm.tar mirror proxy
    [[ -n "$(find "$archive" -mtime -7 2>/dev/null)" ]] && return
    mirror=$(debian_mirror)
    mirror=${mirror%%$'\t'*}
    [[ -n "$mirror" ]] || die "apt has no source for Debian 12 to make a new system from"
    proxy=$(proxy_settings | sed -nE 's/^Acquire::http::Proxy "(.*)";$/\1/Ip' | head -1)
    say "Making a new Debian 12 system (kept in build/systems for a week) …"
    as_root rm -rf --one-file-system "$systems/making"
    mkdir -p "$systems"
    as_root env ${proxy:+http_proxy="$proxy"} debootstrap --variant=minbase \
        --include=git,ca-certificates bookworm "$systems/making" "$mirror" >"$systems/debootstrap.log" 2>&1 || {
        tail -20 "$systems/debootstrap.log" >&2
        die "debootstrap failed"
    }
    as_root rm -rf "$systems/making/var/cache/apt/archives"/*.deb
    as_root tar -C "$systems/making" -cf "$archive" .
    as_root rm -rf --one-file-system "$systems/making"
}

# new_system NAME: a system nobody has used, in $systems/NAME.
new_system() {
    local folder=$systems/$1
    base_system
    delete_system "$1"
    mkdir -p "$folder"
    as_root tar -C "$folder" -xf "$systems/bookworm.tar"
    as_root cp -L /etc/resolv.conf "$folder/etc/resolv.conf"
    proxy_settings | as_root tee "$folder/etc/apt/apt.conf.d/80proxy" >/dev/null
}

delete_system() {
    as_root rm -rf --one-file-system "${systems:?}/$1"
}

# in_system NAME COMMAND…: runs it there as root, with an environment as after a login. An X display of this
# machine can be reached where DISPLAY says so.
in_system() {
    local folder=$systems/$1
    shift
    # shellcheck disable=SC2016 # expanded by the inner shell
    as_root unshare --mount --pid --fork --kill-child bash -c '
        set -e
        folder=$1
        shift
        mount -t proc proc "$folder/proc"
        mount --rbind /sys "$folder/sys"
        mount --rbind /dev "$folder/dev"
        mount -t tmpfs tmpfs "$folder/run"
        if [ -d /tmp/.X11-unix ]; then
            mkdir -p "$folder/tmp/.X11-unix"
            mount --bind /tmp/.X11-unix "$folder/tmp/.X11-unix"
        fi
        exec chroot "$folder" "$@"' in_system "$folder" \
        env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
        ${WAYMARK_JOBS:+WAYMARK_JOBS="$WAYMARK_JOBS"} ${SYSTEM_DISPLAY:+DISPLAY="$SYSTEM_DISPLAY"} "$@"
}
