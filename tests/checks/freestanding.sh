#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# freestanding.sh NM OBJECT...: the objects are all there, and need no symbol that a bare microcontroller has not:
# mbedTLS, the compiler's own run-time support, and the memory functions that a freestanding compiler may call.
set -eu
nm=$1
shift
for object in "$@"; do
    if [ ! -s "$object" ]; then
        echo "$object was not built; build the default target first."
        exit 1
    fi
done
unknown=$("$nm" -u --format=posix "$@" | awk '$2 == "U" { print $1 }' | sort -u |
    grep -Ev '^(_ZN7cancuoc4card|_ZNK7cancuoc4card|_ZTVN7cancuoc4card|mbedtls_|__aeabi_|mem(cpy|move|set|cmp)$)' || true)
if [ -n "$unknown" ]; then
    echo "The chip needs what a microcontroller does not have:"
    echo "$unknown"
    exit 1
fi
echo "$# objects for a microcontroller, nothing undefined but mbedTLS and the compiler's support."
