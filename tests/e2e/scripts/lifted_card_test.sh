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
cp "$issued/chips/$number.chip" "$scratch/inserted.chip"
background "$peers/test_cable" 36100 "$answers"
background "$cancuoc" chip run --state "$scratch/inserted.chip" --vpcd 127.0.0.1:36100
wait_for_card

"$cancuoc" read --number "$number" --trust "$issued/trust" --resume-within 60 --json \
    >"$scratch/read.json" 2>"$scratch/said" &
reading=$!
tries=0
until grep -q "Put it back" "$scratch/said"; do
    tries=$((tries + 1))
    [ "$tries" -le 200 ] || fail "the lift was not noticed"
    sleep 0.1
done
end_background
# vpcd can overlook a card that comes after one pulled in the middle of a command: then it is lifted once more.
while kill -0 "$reading" 2>/dev/null; do
    background "$cancuoc" chip run --state "$scratch/inserted.chip"
    tries=0
    while kill -0 "$reading" 2>/dev/null && [ "$tries" -lt 30 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    end_background
done
status=0
wait "$reading" || status=$?
cat "$scratch/said"
[ "$status" -eq 0 ] || fail "exit status $status"
grep -q '"verdict": "genuine"' "$scratch/read.json" || fail "the card is not genuine"

if [ "$answers" = 4 ]; then
    step "and does not come back"
    wait_for_no_card
    background "$peers/test_cable" 36101 "$answers"
    background "$cancuoc" chip run --state "$scratch/inserted.chip" --vpcd 127.0.0.1:36101
    wait_for_card
    must_fail 2 "$cancuoc" read --number "$number" --trust "$issued/trust" --resume-within 1
    must_say "Put it back"
    must_say "start again"
fi
