# SPDX-License-Identifier: Apache-2.0
# `cancuoc read` on OpenPACE's chip: a card as the project issues it is genuine, terminals with the right certificates
# read its fingers, and each way of falsifying it is found and named. Arguments: the folder of the peers, cancuoc, the folder of issued cards.
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/cv_certificates.sh"
peers=$1
cancuoc=$2
issued=$3

must "$peers/openpace_issued_card" "$issued/sample/records.csv" "$issued/explicit/pki" "$scratch/card"
can=$(cat "$scratch/card/can")
mrz=$(cat "$scratch/card/mrz")

# insert FOLDER [OPTION]...: OpenPACE's chip with this content goes into the reader
insert() {
    folder=$1
    shift
    end_background
    wait_for_no_card
    background "$peers/openpace_chip" --card "$folder" --can "$can" --mrz "$mrz" "$@"
    wait_for_card
}

read_card() {
    "$cancuoc" read --trust "$issued/explicit/trust" --json --out "$scratch/read" "$@"
}

# result_of CHECK: what the last reading says of it
result_of() {
    printf %s "$said" | tr -d '\n ' | sed "s/.*{\"name\":\"$1\",\"result\":\"\([a-z-]*\)\".*/\1/"
}

# refused CHECK FOLDER [OPTION]...: the chip with this content is not genuine, and the check that fails has this name
refused() {
    check=$1
    shift
    insert "$@"
    must_fail 3 read_card --can "$can"
    must_say '"not-genuine"'
    [ "$(result_of "$check")" = failed ] || fail "$check did not fail"
}

step "genuine with the CAN and with the MRZ"
insert "$scratch/card"
must_fail 0 read_card --can "$can"
must_say '"genuine"'
for check in access-control passive-authentication.hashes passive-authentication.signature \
    passive-authentication.chain chip-authentication active-authentication; do
    [ "$(result_of $check)" = passed ] || fail "$check did not pass"
done
must_fail 0 read_card --mrz "$(printf %s "$mrz" | fold -w 30 | tr '\n' ' ')"
must_say '"genuine"'

step "Terminal Authentication with certificates of cvc-create opens the fingers"
for keys in 'ECDSA_SHA_256 EC ec_paramgen_curve:brainpoolP256r1' 'RSA_v1_5_SHA_256 RSA rsa_keygen_bits:2048'; do
    # shellcheck disable=SC2086
    cv_certificates "$scratch/terminal" $keys
    insert "$scratch/card" --trust-point "$scratch/terminal/cvca.cvcert"
    must_fail 0 read_card --can "$can" --terminal-keys "$scratch/terminal"
    must_say '"genuine"'
    [ "$(result_of terminal-authentication)" = passed ] || fail "terminal-authentication did not pass"
    must cmp "$scratch/card/DG3.bin" "$scratch/read/DG3.bin"
    rm -r "$scratch/read"
done

step "certificates of another CVCA open nothing"
cv_certificates "$scratch/other-terminal" ECDSA_SHA_256 EC ec_paramgen_curve:brainpoolP256r1
must_fail 0 read_card --can "$can" --terminal-keys "$scratch/other-terminal"
[ "$(result_of terminal-authentication)" = passed ] && fail "terminal-authentication passed"
[ -e "$scratch/read/DG3.bin" ] && fail "DG3 was read"

step "a wrong CAN"
must_fail 2 read_card --can "$(printf %s "$can" | tr 0123456789 1234567890)"

step "one bit changed in any data group"
for group in DG1 DG2 DG13 DG14 DG15; do
    cp -r "$scratch/card" "$scratch/$group"
    flip_bit "$scratch/$group/$group.bin" "$(($(wc -c <"$scratch/$group/$group.bin") - 3))"
    refused passive-authentication.hashes "$scratch/$group"
done

step "signed by a stranger"
must "$cancuoc" pki init "$scratch/stranger"
must "$peers/openpace_issued_card" "$issued/sample/records.csv" "$scratch/stranger" "$scratch/forged"
refused passive-authentication.chain "$scratch/forged"

step "a foreign Chip Authentication key"
refused chip-authentication "$scratch/card" --foreign-key

step "a foreign Active Authentication key"
cp -r "$scratch/card" "$scratch/foreign-signature"
cp "$scratch/forged/active-authentication.pem" "$scratch/foreign-signature/"
refused active-authentication "$scratch/foreign-signature"
