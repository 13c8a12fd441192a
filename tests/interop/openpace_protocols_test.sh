# SPDX-License-Identifier: Apache-2.0
# OpenPACE's terminal goes through every protocol of the project's chip: PACE with the generic mapping, on every curve
# and in every group of DH, each with every cipher and with both passwords; Chip Authentication with keys in all of them;
# and Terminal Authentication with certificates of cvc-create in its schemes. libeac's integrated mapping is older than
# ICAO's, and it has no chip authentication mapping; of cvc-create's schemes those with SHA-1 are too old for the chip,
# and those with PSS have another salt than they should. Arguments: the folder of the peers, cancuoc.
. "$(dirname "$0")/common.sh"
. "$(dirname "$0")/cv_certificates.sh"
peers=$1
cancuoc=$2

can=000001
mrz='IDVNM2990000011001299000001<<29901018M2401014VNM<<<<<<<<<<<2NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<'

# protocols SESSIONS CARD [CERTIFICATES [LIMIT]]: the terminal's sessions with the card
protocols() {
    insert_chip "$cancuoc" "$2"
    must "$peers/openpace_protocols" $can "$mrz" ${3:+"$3"} ${4:+"$4"} >"$scratch/said"
    cat "$scratch/said"
    grep -qx "$1 sessions" "$scratch/said" || fail "not $1 sessions"
}

# sessions_of DOCUMENT: two passwords with eight curves, or with two ciphers in three groups
sessions_of() {
    if [ "$1" -lt 4 ]; then echo 16; else echo 12; fi
}

for document in 0 1 2 3 4 5; do
    step "PACE and Chip Authentication with document $document"
    must "$peers/openpace_protocol_card" $document "$scratch/$document.chip"
    protocols "$(sessions_of $document)" "$scratch/$document.chip"
done

# terminal_authentication NAME DOCUMENT SESSIONS: with the certificates of that name
terminal_authentication() {
    must "$peers/openpace_protocol_card" "$2" "$scratch/$1.chip" "$scratch/$1/cvca.cvcert"
    protocols "$3" "$scratch/$1.chip" "$scratch/$1" "$3"
}

step "Terminal Authentication with ECDSA, after PACE and Chip Authentication on every curve"
cv_certificates "$scratch/ecdsa" ECDSA_SHA_256 EC ec_paramgen_curve:brainpoolP256r1
terminal_authentication ecdsa 1 16

step "Terminal Authentication with RSA, after PACE and Chip Authentication with DH"
cv_certificates "$scratch/rsa" RSA_v1_5_SHA_256 RSA rsa_keygen_bits:2048
terminal_authentication rsa 4 12

# Not on P-521: where neither r nor s fills its first byte, cvc-create leaves it out (BSI TR-03111, 5.2.1 has it).
for keys in 'ECDSA_SHA_224 EC ec_paramgen_curve:P-224' 'ECDSA_SHA_384 EC ec_paramgen_curve:brainpoolP384r1' \
    'ECDSA_SHA_512 EC ec_paramgen_curve:brainpoolP512r1' 'RSA_v1_5_SHA_512 RSA rsa_keygen_bits:2048'; do
    step "Terminal Authentication with $keys"
    # shellcheck disable=SC2086
    cv_certificates "$scratch/${keys%% *}" $keys
    terminal_authentication "${keys%% *}" 1 1
done

step "PSS with another salt than one of the hash's length (BSI TR-03110-3, A.7.3.1) is refused"
cv_certificates "$scratch/pss" RSA_PSS_SHA_256 RSA rsa_keygen_bits:2048
must "$peers/openpace_protocol_card" 1 "$scratch/pss.chip" "$scratch/pss/cvca.cvcert"
insert_chip "$cancuoc" "$scratch/pss.chip"
must_fail 1 "$peers/openpace_protocols" $can "$mrz" "$scratch/pss"
must_say "Terminal Authentication, PSO:Verify Certificate: the chip answered 6300"

step "a terminal of another CVCA is refused"
cv_certificates "$scratch/stranger" ECDSA_SHA_256 EC ec_paramgen_curve:brainpoolP256r1
mv "$scratch/stranger/dv.cvcert" "$scratch/stranger/is.cvcert" "$scratch/stranger/is.pkcs8" "$scratch/ecdsa/"
insert_chip "$cancuoc" "$scratch/ecdsa.chip"
must_fail 1 "$peers/openpace_protocols" $can "$mrz" "$scratch/ecdsa"
must_say "Terminal Authentication, PSO:Verify Certificate: the chip answered 6"
