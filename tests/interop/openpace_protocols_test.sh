# SPDX-License-Identifier: Apache-2.0
# OpenPACE's terminal goes through every protocol of the project's chip: PACE with the generic mapping on every curve
# and in every group of DH, with every cipher and both passwords, Chip Authentication with keys in all of them, and
# Terminal Authentication with certificates of cvc-create. libeac's integrated mapping is older than ICAO's, and it has
# no chip authentication mapping. Arguments: the folder of the peers, cancuoc.
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/cv_certificates.sh"
peers=$1
cancuoc=$2

can=000001
mrz='IDVNM2990000011001299000001<<29901018M2401014VNM<<<<<<<<<<<2NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<'

# protocols SESSIONS CARD [CERTIFICATES]: the terminal's sessions with the card
protocols() {
    insert_chip "$cancuoc" "$2"
    must "$peers/openpace_protocols" $can "$mrz" ${3:+"$3"} >"$scratch/said"
    cat "$scratch/said"
    grep -qx "$1 sessions" "$scratch/said" || fail "not $1 sessions"
}

for document in 0 1 2 3 4 5; do
    step "PACE and Chip Authentication with document $document"
    must "$peers/openpace_protocol_card" $document "$scratch/$document.chip"
    [ $document -lt 4 ] && sessions=8 || sessions=6
    protocols $sessions "$scratch/$document.chip"
done

# terminal_authentication NAME DOCUMENT
terminal_authentication() {
    must "$peers/openpace_protocol_card" "$2" "$scratch/$1.chip" "$scratch/$1/cvca.cvcert"
    [ "$2" -lt 4 ] && sessions=8 || sessions=6
    protocols $sessions "$scratch/$1.chip" "$scratch/$1"
}

step "Terminal Authentication with ECDSA"
cv_certificates "$scratch/ecdsa" ECDSA_SHA_256 EC ec_paramgen_curve:brainpoolP256r1
terminal_authentication ecdsa 1

step "Terminal Authentication with RSA, after PACE and Chip Authentication with DH"
cv_certificates "$scratch/rsa" RSA_v1_5_SHA_256 RSA rsa_keygen_bits:2048
terminal_authentication rsa 4

step "a terminal of another CVCA is refused"
cv_certificates "$scratch/stranger" ECDSA_SHA_256 EC ec_paramgen_curve:brainpoolP256r1
mv "$scratch/stranger/dv.cvcert" "$scratch/stranger/is.cvcert" "$scratch/stranger/is.pkcs8" "$scratch/ecdsa/"
insert_chip "$cancuoc" "$scratch/ecdsa.chip"
must_fail 1 "$peers/openpace_protocols" $can "$mrz" "$scratch/ecdsa"
must_say "Terminal Authentication, PSO:Verify Certificate: the chip answered 6"
