#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Waymark authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings in the icons named in used.txt from Lucide, with its licence and version.
set -eu
cd "$(dirname "$0")"
version=1.62.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "lucide-static@$version" >/dev/null && tar xzf ./*.tgz)
rm -rf lucide
mkdir lucide
cp "$work/package/LICENSE" lucide/LICENSE
printf '%s\n' "$version" >lucide/VERSION
while read -r name; do
    [ -n "$name" ] && sed 's/stroke-width="2"/stroke-width="1.6"/' "$work/package/icons/$name.svg" >"lucide/$name.svg"
done <used.txt
