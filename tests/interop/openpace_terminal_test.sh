# SPDX-License-Identifier: Apache-2.0
# OpenPACE's terminal reads the project's chip. Arguments: the folder of the peers, cancuoc, an issuing folder.
. "$(dirname "$0")/common.sh"
peers=$1
cancuoc=$2
issued=$3
number=$(issued_card "$issued")
can=$(can_of "$number")

insert_chip "$cancuoc" "$issued/chips/$number.chip"

step "PACE with CAN, Chip Authentication, every file"
must "$peers/openpace_terminal" --can "$can" --out "$scratch/can"
mrz=$(tail -c 90 "$scratch/can/DG1.bin")
case $mrz in
IDVNM*"$number"*) ;;
*) fail "DG1 does not hold the MRZ of card $number" ;;
esac

step "PACE with MRZ, a terminal type in MSE:Set AT, extended length"
must "$peers/openpace_terminal" --mrz "$mrz" --chat --extended --out "$scratch/mrz"
for file in "$scratch"/can/*; do
    must cmp "$file" "$scratch/mrz/${file##*/}"
done
for name in EF.CardAccess EF.COM EF.SOD DG1 DG2 DG13 DG14 DG15; do
    [ -s "$scratch/can/$name.bin" ] || fail "$name was not read"
done

step "a wrong CAN and a wrong MRZ are refused, and the right one still works"
must_fail 1 "$peers/openpace_terminal" --can "$(printf %s "$can" | tr 0123456789 1234567890)"
must_say "PACE, mutual authentication: the chip answered 63"
must_fail 1 "$peers/openpace_terminal" --mrz "$(printf %s "$mrz" | tr 0123456789 1234567890)"
must_say "PACE, mutual authentication: the chip answered 63"
must "$peers/openpace_terminal" --can "$can"
