# SPDX-License-Identifier: Apache-2.0
# OpenPACE's terminal against OpenPACE's chip: shows that the peers and the virtual reader work, and that they
# notice what they must. Arguments: the folder of the peers.
. "$(dirname "$0")/common.sh"
peers=$1

mrz='IDVNM2990000011001299000001<<29901018M2401014VNM<<<<<<<<<<<2NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<'
other_mrz='IDVNM2990000011001299000001<<29901018M2501013VNM<<<<<<<<<<<2NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<'
must "$peers/openpace_card" "$scratch/card"

chip() {
    end_background
    wait_for_no_card
    background "$peers/openpace_chip" --card "$scratch/card" --can 000001 --mrz "$mrz" "$@"
}

step "PACE with CAN and with MRZ, Chip Authentication"
chip
must "$peers/openpace_terminal" --can 000001 --out "$scratch/read"
must "$peers/openpace_terminal" --mrz "$mrz" --chat --extended
must cmp "$scratch/card/DG1.bin" "$scratch/read/DG1.bin"
must cmp "$scratch/card/DG14.bin" "$scratch/read/DG14.bin"

step "a wrong CAN and a wrong MRZ are refused"
must_fail 1 "$peers/openpace_terminal" --can 000002
must_say "PACE, mutual authentication: the chip answered 6300"
must_fail 1 "$peers/openpace_terminal" --mrz "$other_mrz"
must_say "PACE, mutual authentication: the chip answered 6300"

step "a chip without DG14's private key is found out"
chip --foreign-key
must_fail 1 "$peers/openpace_terminal" --can 000001
must_say "the chip answered without secure messaging: 6988"
