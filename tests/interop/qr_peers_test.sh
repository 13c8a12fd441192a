# SPDX-License-Identifier: Apache-2.0
# What other programs write, ours reads; what ours writes for the printer, ZBar reads. Argument: cancuoc.
. "$(dirname "$0")/common.sh"
require zbarimg zbar-tools
require qrencode qrencode
require zint zint
cancuoc=$1
card='001299000001||Nguyễn Văn Mẫu|01012099|Nam|Số 1 Phố Mẫu, Phường Mẫu, Hà Nội|02012113'
health='DN4019900000001|4de1baab75|01/01/2099|1|48c3a0204ee1bb9969|01 - 001|02/01/2113|-|$'

printf %s "$card" >"$scratch/expected"

must_read_card() {
    said=$("$cancuoc" qr decode "$scratch/peer.png" --json) || fail "$1 is not read"
    must_say '"fullName": "Nguyễn Văn Mẫu"'
    must_say '"oddities": []'
}

step "ours reads what qrencode and zint write, at each level of error correction"
for level in L M Q H; do
    must qrencode --8bit --level $level --size 3 --output "$scratch/peer.png" "$card"
    must_read_card "qrencode at $level"
done
for level in 1 2 3 4; do
    must zint --barcode=QRCODE --binary --secure=$level --scale=1.5 --quietzones --input="$scratch/expected" \
        --output="$scratch/peer.png"
    must_read_card "zint at $level"
done
must qrencode --8bit --output "$scratch/peer.png" "$health"
said=$("$cancuoc" qr decode "$scratch/peer.png")
must_say "health-insurance-card"
must_say "Hà Nội"

step "a mistaken character set is turned back and named"
must qrencode --8bit --output "$scratch/peer.png" "$(printf %s "$card" | iconv -f latin1 -t utf8)"
said=$("$cancuoc" qr decode "$scratch/peer.png")
must_say "Nguyễn Văn Mẫu"
must_say "had been taken for Windows-1252 or Latin-1"

step "ZBar reads the printer's pixels for every place on the cards, with and without a character set"
for place in 11 12 18; do
    for resolution in 300 600; do
        for option in "" --eci "--error-correction Q"; do
            # shellcheck disable=SC2086
            must "$cancuoc" qr encode --text "$card" --size $place --dpi $resolution $option --out "$scratch/code.png"
            zbarimg --quiet --raw -Sbinary "$scratch/code.png" >"$scratch/decoded" 2>/dev/null ||
                fail "ZBar found no QR code at $place mm, $resolution dpi $option"
            must cmp "$scratch/expected" "$scratch/decoded"
        done
    done
done

step "what does not fit the printer is refused"
says_one_sentence "needs at least" "$cancuoc" qr encode --text "$card" --size 5 --dpi 300 --out "$scratch/code.png"
