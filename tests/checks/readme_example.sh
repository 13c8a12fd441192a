# SPDX-License-Identifier: Apache-2.0
# The README's programs are those that the build compiles and the tests run. Argument: the root of the sources.
set -eu
cd "$1"

# The one block in that language is the program without its first lines, which say what it is.
require_shown() {
    shown=$(sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" README.md | sed '1d;$d')
    built=$(sed "1,$3d" "$2")
    [ "$shown" = "$built" ] || {
        echo "The program in README.md differs from $2" >&2
        exit 1
    }
}

require_shown cpp tests/e2e/embedding/verify_card.cpp 1
require_shown python host/sdk/examples/read_card.py 2

for program in host/sdk/examples/read_card.*; do
    [ "$(wc -l <"$program")" -le 32 ] || {
        echo "$program is longer than the 32 lines that a first program may have" >&2
        exit 1
    }
done
