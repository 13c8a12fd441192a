# SPDX-License-Identifier: Apache-2.0
# OpenSC talks to the project's chip. Arguments: cancuoc, an issuing folder.
. "$(dirname "$0")/common.sh"
require opensc-tool opensc
cancuoc=$1
issued=$2

insert_chip "$cancuoc" "$issued/chips/$(issued_card "$issued").chip"
wait_for_card

# exchange STATUS APDU...: the last APDU's status word must be STATUS, as opensc-tool writes it.
exchange() {
    status="(SW1=0x$(echo "$1" | cut -c1-2), SW2=0x$(echo "$1" | cut -c3-4))"
    shift
    apdus=
    for apdu in "$@"; do
        apdus="$apdus --send-apdu $apdu"
    done
    # shellcheck disable=SC2086
    said=$(opensc-tool --reader 0 --card-driver default $apdus 2>&1) || fail "opensc-tool: $said"
    echo "$said"
    said=$(echo "$said" | grep '^Received' | tail -n 1)
    must_say "$status"
}

step "the ATR"
said=$(opensc-tool --reader 0 --atr)
echo "$said"
must_say "3b:"

step "SELECT by application identifier and by file identifier"
exchange 9000 00A4040C07A0000002471001
exchange 9000 00A4000C023F00
exchange 6A82 00A4040C07A0000002479999
exchange 9000 00A4020C02011C 00B0000036

step "EF.CardAccess is the Vietnamese card's, byte for byte"
said=$(opensc-tool --reader 0 --card-driver default --send-apdu 00A4020C02011C --send-apdu 00B0000036 2>&1 |
    sed -n 's/^\(\([0-9A-F]\{2\} \)\{1,16\}\).*/\1/p' | tr -d ' \n')
[ "$said" = 3134300D060804007F0007020202020101300F060A04007F000702020302020201013012060A04007F0007020204020202010202010D ] ||
    fail "EF.CardAccess reads $said"

step "before PACE the data groups are closed"
exchange 6982 00A4040C07A0000002471001 00A4020C020101 00B0000004
