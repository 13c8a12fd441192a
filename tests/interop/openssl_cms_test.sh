# SPDX-License-Identifier: Apache-2.0
# OpenSSL verifies what the project signs. Arguments: the folder of the peers, cancuoc, the folder of issued cards.
. "$(dirname "$0")/common.sh"
require openssl openssl
peers=$1
cancuoc=$2
issued=$3

# read_card explicit|named: the files of a card, read by a program of nobody here
read_card() {
    folder=$issued/$1
    number=$(issued_card "$folder")
    insert_chip "$cancuoc" "$folder/chips/$number.chip"
    must "$peers/openpace_terminal" --can "$(can_of "$number")" --out "$scratch/$1"
    # EF.SOD is a CMS message within tag 77; the length has two bytes.
    must openssl asn1parse -inform DER -in "$scratch/$1/EF.SOD.bin" -strparse 4 -noout -out "$scratch/$1/sod.cms"
}

verify() {
    openssl cms -verify -inform DER -in "$1/sod.cms" -binary -out "$1/security-object.der" "$2" "$3"
}

# Every data group's SHA-256 stands in the content OpenSSL verified.
check_hashes() {
    openssl asn1parse -inform DER -in "$1/security-object.der" >"$1/security-object.txt"
    for group in DG1 DG2 DG13 DG14 DG15; do
        digest=$(openssl dgst -sha256 -r "$1/$group.bin" | cut -d' ' -f1 | tr abcdef ABCDEF)
        grep -q "$digest" "$1/security-object.txt" || fail "EF.SOD does not hold the hash of $group"
    done
}

step "named curves: the signature and the whole chain"
read_card named
must verify "$scratch/named" -CAfile "$issued/named/pki/csca.pem"
check_hashes "$scratch/named"

step "named curves, another CSCA: refused"
must_fail 4 verify "$scratch/named" -CAfile "$issued/explicit/pki/csca.pem"
must_say "certificate verify error"

step "explicit parameters, which OpenSSL 3 refuses in chains: the signature"
read_card explicit
must verify "$scratch/explicit" -noverify -no_check_time
check_hashes "$scratch/explicit"

step "one bit changed in a hash, and in the signature: refused"
digest=$(openssl dgst -sha256 -r "$scratch/explicit/DG1.bin" | cut -d' ' -f1)
mkdir "$scratch/tampered"
for offset in "$(offset_of "$scratch/explicit/sod.cms" "$digest")" "$(($(wc -c <"$scratch/explicit/sod.cms") - 5))"; do
    cp "$scratch/explicit/sod.cms" "$scratch/tampered/sod.cms"
    flip_bit "$scratch/tampered/sod.cms" "$offset"
    must_fail 4 verify "$scratch/tampered" -noverify -no_check_time
done
