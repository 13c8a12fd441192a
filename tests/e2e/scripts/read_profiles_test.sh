# SPDX-License-Identifier: Apache-2.0
# `cancuoc read` with every kind of document that the chip can be: genuine as it was signed, not genuine with one bit
# of the face changed. Arguments: cancuoc, the program that makes the chips.
. "$(dirname "$0")/../../interop/common.sh"
cancuoc=$1
profile_cards=$2
mrz='IDVNM2990000011001299000001<<29901018M2401014VNM<<<<<<<<<<<2NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<'

must "$profile_cards" "$scratch"
must "$cancuoc" trust import --store "$scratch/trust" "$scratch/csca.cer"

read_chip() {
    insert_chip "$cancuoc" "$1"
    wait_for_card
    status=0
    "$cancuoc" read --mrz "$mrz" --trust "$scratch/trust" --json >"$scratch/read.json" || status=$?
}

says() {
    grep -q "$1" "$scratch/read.json" || {
        cat "$scratch/read.json"
        fail "'$1' was not said"
    }
}

for forged in "$scratch"/*-forged.chip; do
    genuine=${forged%-forged.chip}.chip
    step "$(basename "$genuine" .chip)"
    read_chip "$genuine"
    [ "$status" -eq 0 ] || fail "exit status $status"
    says '"verdict": "genuine"'
    case $genuine in
    */plain.chip) access=none ;;
    */BAC-only.chip) access=BAC ;;
    *) access=PACE ;;
    esac
    says "\"protocol\": \"$access\""
    read_chip "$forged"
    [ "$status" -eq 3 ] || fail "exit status $status with a changed face"
    says '"verdict": "not-genuine"'
done
