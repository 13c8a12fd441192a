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

step "a PIN for a card that has none"
says_one_sentence "seems to have no PIN" read_card --pin 123456

step "no key for a card that wants one"
says_one_sentence "no access key was given" read_card --without-key

step "a person at a terminal sees whose card it is, and the verdict so far, before the end"
shown=$(script -qec "$cancuoc read --trust $issued/trust --number $number" /dev/null | tr -d '\r')
case $shown in
*"$number"*"So far: genuine"*"The face: 100 %"*GENUINE:*) ;;
*) fail "nothing was shown before the end" ;;
esac
read_card --number "$number" 2>"$scratch/said" >/dev/null
[ ! -s "$scratch/said" ] || fail "progress went into a file"

step "another reading into the same folder leaves nothing of the one before, and nobody else can read it"
out=$scratch/card
must read_card --number "$number" --out "$out" >/dev/null
[ -f "$out/DG2.bin" ] && ls "$out"/face.* >/dev/null || fail "the first reading left no face"
echo mine >"$out/notes.txt"
read_card --number "$number" --dgs 1,13 --out "$out" >/dev/null || true
for gone in DG2.bin DG14.bin DG15.bin face.jpg face.jp2 face.png; do
    [ ! -e "$out/$gone" ] || fail "$gone of the reading before is still there"
done
[ -f "$out/DG1.bin" ] && [ -f "$out/read.json" ] && [ -f "$out/notes.txt" ] || fail "a file is missing"
[ -z "$(find "$out" -type f ! -name notes.txt -perm /077)" ] || fail "others may read the files"
