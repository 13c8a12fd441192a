# SPDX-License-Identifier: Apache-2.0
# A personalization station at a PC/SC reader, fed by hand: one blank after another over the real pcscd, then the cards
# are read. Arguments: cancuoc, a folder with order/records.csv and a PKI, as issue_cards.sh leaves them.
. "$(dirname "$0")/common.sh"
cancuoc=$1
issued=$2

# put CHIP: a chip with this memory goes into the reader
put() {
    "$cancuoc" chip run --state "$1" &
    chip=$!
    started="$started $chip"
}

step "two blanks, put on one after the other"
must "$cancuoc" perso import "$issued/sample/records.csv" --store "$scratch/jobs.sqlite"
put "$scratch/first.chip"
wait_for_card
"$cancuoc" perso run --store "$scratch/jobs.sqlite" --pki "$issued/explicit/pki" --reader "Virtual PCD 00 00" \
    --wait 60 --json >"$scratch/report" 2>"$scratch/asked" &
run=$!
tries=0
until grep -q "Put the next blank" "$scratch/asked"; do
    tries=$((tries + 1))
    [ "$tries" -le 300 ] || fail "no second blank was asked for: $(cat "$scratch/asked")"
    sleep 0.1
done
kill "$chip"
wait_for_no_card
put "$scratch/second.chip"
status=0
wait "$run" || status=$?
[ "$status" -eq 0 ] || fail "exit status $status: $(cat "$scratch/asked" "$scratch/report")"
grep -q '"good": 2' "$scratch/report" || fail "not two good cards: $(cat "$scratch/report")"

step "the second card is its citizen's"
number=$(sed -n '3s/^[^,]*,\([0-9]\{12\}\),.*/\1/p' "$issued/sample/records.csv")
must "$cancuoc" read --reader "Virtual PCD 00 00" --number "$number" --trust "$issued/explicit/trust" >/dev/null
