# SPDX-License-Identifier: Apache-2.0
# What `cancuoc read` says when the reader, the card or the access key is not there: one sentence, exit status 2.
# Arguments: the folder of the peers, cancuoc, the folder of issued cards.
. "$(dirname "$0")/../interop/common.sh"
cable=$1/test_cable
cancuoc=$2
issued=$3/explicit
number=$(issued_card "$issued")
chip=$issued/chips/$number.chip
cable_port=36100

# says_one_sentence TEXT COMMAND...: exit status 2 and one line that holds TEXT, without bytes or personal data
says_one_sentence() {
    text=$1
    shift
    must_fail 2 "$@"
    must_say "$text"
    [ "$(printf '%s\n' "$said" | wc -l)" -eq 1 ] || fail "more than one line"
    if printf %s "$said" | grep -qE '[0-9A-Fa-f]{6}|[0-9]{6}'; then
        fail "bytes or numbers stand in the message"
    fi
}

read_card() {
    "$cancuoc" read --trust "$issued/trust" "$@"
}

step "no card in the reader"
says_one_sentence "card" read_card --number "$number"

step "a reader that is not there"
says_one_sentence "reader" read_card --reader "Nobody's reader" --number "$number"

step "a wrong CAN"
insert_chip "$cancuoc" "$chip"
wait_for_card
says_one_sentence "rong access key" read_card --can "$(can_of "$number" | tr 0123456789 1234567890)"

step "the card pulled after any number of answers"
for answers in 0 1 3 6 9 12 15 18; do
    end_background
    wait_for_no_card
    background "$cable" "$cable_port" "$answers"
    cp "$chip" "$scratch/inserted.chip"
    background "$cancuoc" chip run --state "$scratch/inserted.chip" --vpcd "127.0.0.1:$cable_port"
    wait_for_card
    says_one_sentence "card" read_card --number "$number"
done

step "the same card put back is genuine"
insert_chip "$cancuoc" "$chip"
wait_for_card
must read_card --number "$number" >/dev/null
