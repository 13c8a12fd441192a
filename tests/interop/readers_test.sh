# SPDX-License-Identifier: Apache-2.0
# Two readers at once over the real pcscd: what is listed and told of them, cards that are waited for, one process that
# reads both, and a card that hangs. Arguments: the folder of the peers, cancuoc, the folder of issued cards.
. "$(dirname "$0")/common.sh"
peers=$1
cancuoc=$2
issued=$3/explicit
first=$(issued_card "$issued")
second=$(basename "$(find "$issued/chips" -name '*.chip' | sort | tail -n 1)" .chip)

# insert SLOT NUMBER: the process is in $chip0 or $chip1
insert() {
    cp "$issued/chips/$2.chip" "$scratch/slot$1.chip"
    "$cancuoc" chip run --state "$scratch/slot$1.chip" --vpcd "127.0.0.1:$((35963 + $1))" &
    started="$started $!"
    eval "chip$1=$!"
}

# until_said FILE TEXT: waits until the file holds it
until_said() {
    tries=0
    until grep -qF "$2" "$1"; do
        tries=$((tries + 1))
        [ "$tries" -le 200 ] || fail "'$2' was not said: $(cat "$1")"
        sleep 0.1
    done
}

step "two empty readers"
must_fail 0 "$cancuoc" readers
[ "$(printf '%s\n' "$said" | grep -c '^empty  Virtual PCD 00 0[01]$')" -eq 2 ] || fail "not two empty readers"

step "cards that come and go"
"$cancuoc" readers --watch >"$scratch/watched" &
watching=$!
started="$started $watching"
until_said "$scratch/watched" "reader-arrived   Virtual PCD 00 01"
insert 1 "$second"
until_said "$scratch/watched" "card-inserted    Virtual PCD 00 01"
insert 0 "$first"
until_said "$scratch/watched" "card-inserted    Virtual PCD 00 00"
must_fail 0 "$cancuoc" readers --json
[ "$(printf '%s\n' "$said" | grep -c '"state": "card"')" -eq 2 ] || fail "not two cards"
kill "$chip0"
until_said "$scratch/watched" "card-removed     Virtual PCD 00 00"
if grep -q "removed     Virtual PCD 00 01" "$scratch/watched"; then
    fail "the other card was removed too"
fi
kill "$watching"
status=0
wait "$watching" || status=$?
[ "$status" -eq 0 ] || fail "exit status $status of the watch"

step "a card that is waited for"
"$cancuoc" read --reader "Virtual PCD 00 00" --number "$first" --trust "$issued/trust" --wait 60 \
    >"$scratch/read" 2>"$scratch/asked" &
reading=$!
until_said "$scratch/asked" "Put the card on the reader."
insert 0 "$first"
status=0
wait "$reading" || status=$?
[ "$status" -eq 0 ] || fail "exit status $status: $(cat "$scratch/asked")"

step "both at once in one process"
must_fail 0 "$peers/test_all_readers" "$issued/trust" 60 "$first" "$second"
[ "$(printf '%s\n' "$said" | grep -c ': genuine$')" -eq 2 ] || fail "not two genuine cards"

step "a card that hangs stalls neither the other reader nor the program"
kill -STOP "$chip0"
must_fail 0 "$peers/test_all_readers" "$issued/trust" 8 "$first" "$second"
must_say "Virtual PCD 00 01: genuine"
says_one_sentence "time" "$cancuoc" read --reader "Virtual PCD 00 00" --number "$first" --trust "$issued/trust" \
    --within 1
kill -CONT "$chip0"
