# SPDX-License-Identifier: Apache-2.0
# The card is pulled out of the reader after any number of answers: one sentence, exit status 2. Each time has a reader
# of its own, for vpcd can overlook the card that comes after one pulled in the middle of a command.
# Arguments: the folder of the peers, cancuoc, the folder of issued cards [, the number of answers].
. "$(dirname "$0")/../../interop/common.sh"
peers=$1
cancuoc=$2
issued=$3/explicit
answers=${4-}

if [ -z "$answers" ]; then
    for answers in 0 1 3 5 7 9 12 15; do
        step "pulled after $answers answers"
        must sh "$(dirname "$0")/../../../tools/with_virtual_reader.sh" sh "$0" "$1" "$2" "$3" "$answers"
    done
    exit
fi

number=$(issued_card "$issued")
insert_chip_on_cable "$peers" "$cancuoc" "$issued/chips/$number.chip" 36100 "$answers"
says_one_sentence "The card" "$cancuoc" read --number "$number" --trust "$issued/trust"
must_say "start again"
