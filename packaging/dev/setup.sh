# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Installs what packaging/debian-12-packages.txt names and this machine lacks.

package_list="$root/packaging/debian-12-packages.txt"

# Debian's own archive as apt here already reaches it: address, tab, "file:entry" of its source.
debian_mirror() {
    # shellcheck disable=SC2016 # apt's own variables
    apt-get indextargets --format '$(CODENAME)|$(RELEASE)|$(COMPONENT)|$(REPO_URI)|$(SOURCESENTRY)' \
        'Created-By: Packages' |
        awk -F'|' '$1 == "bookworm" && $2 == "bookworm" && $3 == "main" { print $4 "\t" $5; exit }'
}

has_backports() {
    # shellcheck disable=SC2016 # apt's own variables
    apt-get indextargets --format '$(CODENAME)|$(COMPONENT)' 'Created-By: Packages' |
        grep -qx 'bookworm-backports|main'
}

# The trust options of the source that names the mirror, as lines of a .sources file.
mirror_options() {
    local file=${1%:*}
    case $file in
    *.sources) grep -iE '^(Signed-By|Trusted):' "$file" | sort -u | head -2 || true ;;
    *) sed -nE 's/^deb +\[([^]]*)\].*/\1/p' "$file" | head -1 | tr ' ' '\n' |
        sed -nE 's/^signed-by=/Signed-By: /p; s/^trusted=/Trusted: /p' ;;
    esac
}

add_backports() {
    has_backports && return
    local mirror options=""
    mirror=$(debian_mirror)
    [[ -n "$mirror" ]] || die "apt has no source for Debian 12 (bookworm, main) to derive backports from"
    options=$(mirror_options "${mirror#*$'\t'}")
    say "Adding bookworm-backports from the mirror that apt already uses (in" \
        "/etc/apt/sources.list.d/waymark-backports.sources), for SQLCipher 4."
    {
        printf 'Types: deb\nURIs: %s\nSuites: bookworm-backports\nComponents: main\n' "${mirror%%$'\t'*}"
        [[ -z "$options" ]] || printf '%s\n' "$options"
    } | as_root tee /etc/apt/sources.list.d/waymark-backports.sources >/dev/null
    apt_get update
}

# apt-get with no question asked, waiting for another apt that may be running. Silent unless it fails.
apt_get() {
    local log
    log=$(mktemp)
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 \
        -o Dpkg::Options::=--force-confold "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        die "apt-get $1 failed"
    fi
    rm -f "$log"
}

# Whether a line's package is here, in a version that will do.
line_is_met() {
    local package=$1 from=$2 version
    is_installed "$package" || return 1
    [[ "$from" == backports:* ]] || return 0
    version=$(dpkg-query -W -f '${Version}' "$package")
    dpkg --compare-versions "$version" ge "${from#backports:}"
}

# The packages for these purposes that are not here, as "package from why" lines.
missing_packages() {
    local wanted=" $* " package for from why
    while read -r package for from why; do
        [[ -n "$package" && "$package" != \#* && "$wanted" == *" $for "* ]] || continue
        line_is_met "$package" "$from" || printf '%s %s %s\n' "$package" "$from" "$why"
    done <"$package_list"
}

# set_up build test …: what is for one of these is here afterwards.
set_up() {
    local package from why lines main=() backports=()
    if ! command -v dpkg-query >/dev/null || ! grep -q '^VERSION_CODENAME=bookworm' /etc/os-release; then
        say "This is not Debian 12: nothing is installed here; packaging/debian-12-packages.txt says what is needed."
        return
    fi
    lines=$(missing_packages "$@")
    [[ -n "$lines" ]] || return 0
    say "Installing Debian packages that are missing:"
    while read -r package from why; do
        say "$(printf '  %-32s %s' "$package" "$why")"
        if [[ "$from" == main ]]; then main+=("$package"); else backports+=("$package"); fi
    done <<<"$lines"
    apt_get update
    if [[ ${#main[@]} -gt 0 ]]; then
        apt_get install -y --no-install-recommends "${main[@]}"
    fi
    if [[ ${#backports[@]} -gt 0 ]]; then
        add_backports
        apt_get install -y --no-install-recommends -t bookworm-backports "${backports[@]}"
    fi
    lines=$(missing_packages "$@")
    [[ -z "$lines" ]] || die "still missing: $lines"
}
