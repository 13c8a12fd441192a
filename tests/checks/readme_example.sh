# SPDX-License-Identifier: Apache-2.0
# The README's program is the one that the build compiles. Argument: the root of the sources.
set -eu
cd "$1"
shown=$(sed -n '/^```cpp$/,/^```$/p' README.md | sed '1d;$d')
built=$(sed 1d tests/e2e/embedding/verify_card.cpp)
[ "$shown" = "$built" ] || {
    echo "The program in README.md differs from tests/e2e/embedding/verify_card.cpp" >&2
    exit 1
}
