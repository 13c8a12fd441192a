# SPDX-License-Identifier: Apache-2.0
# What `cancuoc read` says when the reader, the card or the access key is not there: one sentence, exit status 2.
# Arguments: cancuoc, the folder of issued cards.
. "$(dirname "$0")/../../interop/common.sh"
cancuoc=$1
issued=$2/explicit
number=$(issued_card "$issued")
chip=$issued/chips/$number.chip

read_card() {
    "$cancuoc" read --trust "$issued/trust" "$@"
}

step "no card in the reader"
says_one_sentence "There is no card" read_card --reader "Virtual PCD 00 00" --number "$number"

step "a reader that is not there"
says_one_sentence "reader" read_card --reader "Nobody's reader" --number "$number"

step "a wrong CAN"
insert_chip "$cancuoc" "$chip"
wait_for_card
says_one_sentence "rong access key" read_card --can "$(can_of "$number" | tr 0123456789 1234567890)"

step "the right one, and the same card is genuine"
must read_card --number "$number" >/dev/null
