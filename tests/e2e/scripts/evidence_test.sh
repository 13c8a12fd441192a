# SPDX-License-Identifier: Apache-2.0
# The evidence of a reading is judged again when the card is gone: genuine as it is, not genuine once it was changed.
# Arguments: cancuoc, the folder of issued cards.
. "$(dirname "$0")/../../interop/common.sh"
cancuoc=$1
issued=$2/explicit
number=$(issued_card "$issued")
evidence=$scratch/card.evidence

verify() {
    "$cancuoc" evidence verify --trust "$issued/trust" "$@"
}

step "a reading keeps its evidence, for its owner alone"
insert_chip "$cancuoc" "$issued/chips/$number.chip"
wait_for_card
must "$cancuoc" read --number "$number" --trust "$issued/trust" --evidence "$evidence" >/dev/null
[ "$(stat -c %a "$evidence")" = 600 ] || fail "others may read the evidence"
end_background

step "the card is gone, and its evidence is genuine"
must verify "$evidence" --json >"$scratch/verdict.json"
grep -q '"verdict": "genuine"' "$scratch/verdict.json" || fail "not genuine"
grep -q 'only the card can prove it again' "$scratch/verdict.json" || fail "it is not said what is not proven"

step "one changed character of DG2 is found"
sed 's/\("DG2": ".*\)A\(.*"\)/\1B\2/' "$evidence" >"$scratch/forged"
must_fail 3 verify "$scratch/forged"
must_say "passive-authentication.hashes failed: DG2"

step "another signature of the chip is found"
sed 's/\("signature": "\)...../\1AAAAA/' "$evidence" >"$scratch/forged"
must_fail 3 verify "$scratch/forged"
must_say "active-authentication failed"

step "half of it is no evidence"
head -c 3000 "$evidence" >"$scratch/half"
says_one_sentence "no evidence" verify "$scratch/half"
