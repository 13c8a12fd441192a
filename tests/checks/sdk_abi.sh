#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The library exports the functions that its version promises, all of them under that version and nothing else. A
# function that comes in a minor version goes into the list of that version; none is ever taken from a list. The
# bindings of C++ and Python have every one of them, and the test of the header holds each one's type.
#
#   sdk_abi.sh LIBRARY LIST CPP_HEADER PYTHON_MODULE HEADER_TEST
set -eu
exported=$(mktemp)
trap 'rm -f "$exported"' EXIT
nm --dynamic --defined-only --with-symbol-versions "$1" | awk '$2 != "A" { print $3 }' | LC_ALL=C sort >"$exported"
diff -u "$2" "$exported" || {
    echo "The functions of $1 are not those of $2." >&2
    exit 1
}

# Python closes what it holds by the name of its kind.
missing=
while IFS=@ read -r function _; do
    grep -q "\b$function\b" "$3" || missing="$missing $function(C++)"
    kind=${function#cancuoc_}
    kind=${kind%_close}
    grep -qE "\"$function\"|_library\.$function\b|_kind = \"$kind\"" "$4" || missing="$missing $function(Python)"
    grep -q "REQUIRE_FUNCTION(.*[ *]$function," "$5" || missing="$missing $function(type)"
done <"$2"
if [ -n "$missing" ]; then
    echo "Not in the bindings, or without a test of its type:$missing" >&2
    exit 1
fi
echo "$(wc -l <"$2") functions, and nothing else."
