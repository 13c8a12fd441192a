#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The library exports the functions that its version promises, all of them and nothing else. A function that comes in
# a minor version goes into the list of that version; none is ever taken from a list.
#
#   sdk_abi.sh LIBRARY LIST
set -eu
exported=$(mktemp)
trap 'rm -f "$exported"' EXIT
nm --dynamic --defined-only "$1" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | LC_ALL=C sort >"$exported"
diff -u "$2" "$exported" || {
    echo "The functions of $1 are not those of $2." >&2
    exit 1
}
echo "$(wc -l <"$2") functions, and nothing else."
