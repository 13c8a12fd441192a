# SPDX-License-Identifier: Apache-2.0
# The card is lifted in the middle of a reading and put back: it goes on where it stopped and ends genuine. A card that
# does not come back in time is one sentence and exit status 2.
# Arguments: the folder of the peers, cancuoc, the folder of issued cards [, the number of answers before the lift].
. "$(dirname "$0")/../../interop/common.sh"
peers=$1
cancuoc=$2
issued=$3/explicit
answers=${4-}

if [ -z "$answers" ]; then
    for answers in 4 18; do
        step "lifted after $answers answers"
        must sh "$(dirname "$0")/../../../tools/with_virtual_reader.sh" sh "$0" "$1" "$2" "$3" "$answers"
    done
    exit
fi

# No reading is slow enough to be caught by hand, so the first chip is behind a cable that is pulled.
number=$(issued_card "$issued")
insert_chip_on_cable "$peers" "$cancuoc" "$issued/chips/$number.chip" 36100 "$answers"

"$cancuoc" read --number "$number" --trust "$issued/trust" --resume-within 60 --json \
    >"$scratch/read.json" 2>"$scratch/said" &
reading=$!
wait_until 200 "the lift was not noticed" grep -q "Put it back" "$scratch/said"
end_with_card_put_back "$reading" "$cancuoc"
cat "$scratch/said"
[ "$status" -eq 0 ] || fail "exit status $status"
grep -q '"verdict": "genuine"' "$scratch/read.json" || fail "the card is not genuine"

if [ "$answers" = 4 ]; then
    step "and does not come back"
    insert_chip_on_cable "$peers" "$cancuoc" "$issued/chips/$number.chip" 36101 "$answers"
    must_fail 2 "$cancuoc" read --number "$number" --trust "$issued/trust" --resume-within 1
    must_say "Put it back"
    must_say "start again"
fi
