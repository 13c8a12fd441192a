# SPDX-License-Identifier: Apache-2.0
# Puts a virtual chip into the reader and reads it. Runs within tools/with_virtual_reader.sh.
#
#   read_card.sh CANCUOC CHIP DIR ARGUMENT…   `cancuoc read ARGUMENT… --out DIR`
#
# A card that is not genuine is a result too: only failures end with another status than 0.
set -eu
cancuoc=$1
chip=$2
folder=$3
shift 3

"$cancuoc" chip run --state "$chip" >"$folder/chip.log" 2>&1 &
chip_process=$!
trap 'kill "$chip_process" 2>/dev/null || true' EXIT

tries=0
until "$cancuoc" readers --json | grep -q '"cardPresent": *true'; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ] || ! kill -0 "$chip_process" 2>/dev/null; then
        cat "$folder/chip.log" >&2
        echo "the chip $chip did not come into the reader" >&2
        exit 2
    fi
    sleep 0.1
done

status=0
"$cancuoc" read "$@" --out "$folder" --json >/dev/null || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 3 ] || exit "$status"
