#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages of the kinds named (see packages.txt) that are missing.
#
#   install_packages.sh KIND...
set -eu

missing=
for kind in "$@"; do
    for package in $(sed -n "s/^$kind  *//p" "$(dirname "$0")/packages.txt"); do
        case $(dpkg-query --show --showformat '${Status}' "$package" 2>/dev/null) in
        "install ok installed") ;;
        *) missing="$missing $package" ;;
        esac
    done
done
if [ -z "$missing" ]; then
    echo "Every package that is needed is installed."
    exit 0
fi

echo "Installing:$missing"
as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "These packages are missing, and installing them needs root or sudo:$missing" >&2
        exit 1
    }
    as_root=sudo
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
