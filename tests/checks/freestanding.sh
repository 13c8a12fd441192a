#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# freestanding.sh NM FOLDER OBJECT...: the objects are all there, one for each source below the folder outside of ports,
# and need no symbol that a bare microcontroller has not: mbedTLS, the compiler's own run-time support, and the memory
# functions that a freestanding compiler may call.
set -eu
nm=$1
folder=$2
shift 2
sources=$(find "$folder" -name '*.cpp' ! -path '*/ports/*' | wc -l)
if [ "$sources" -ne $# ]; then
    echo "$folder has $sources sources outside of ports, and $# were compiled."
    exit 1
fi
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
