# SPDX-License-Identifier: Apache-2.0
# What other programs write, ours reads; what ours writes for the printer, ZBar reads. Argument: cancuoc.
. "$(dirname "$0")/common.sh"
require zbarimg zbar-tools
require qrencode qrencode
require zint zint
require rsvg-convert librsvg2-bin
require pdftoppm poppler-utils
require ZXingReader zxing-cpp-tools
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

zbar_must_read() {
    zbarimg --quiet --raw -Sbinary "$2" >"$scratch/decoded" 2>/dev/null || fail "ZBar found no QR code: $3"
    must cmp "$1" "$scratch/decoded"
}

step "ZBar and ZXing's own program read every level of error correction and the card of 2024"
cat >"$scratch/citizen.json" <<'END'
{"number": "001299000001", "fullName": "Nguyễn Văn Mẫu", "birthDate": "2099-01-01", "sex": "M",
 "residence": "Số 1 Phố Mẫu, Phường Mẫu, Hà Nội", "issueDate": "2113-01-02"}
END
printf '%s||||' "$card" >"$scratch/expected-2024"
for level in L M Q H; do
    for profile in "" -2024; do
        name=cccd-2021
        [ -z "$profile" ] || name=cancuoc-2024
        must "$cancuoc" qr encode --record "$scratch/citizen.json" --profile $name --error-correction $level \
            --module-size 4 --out "$scratch/code.png"
        zbar_must_read "$scratch/expected$profile" "$scratch/code.png" "$name at $level"
        said=$(ZXingReader -format QRCode "$scratch/code.png") || fail "ZXing found no QR code: $name at $level"
        must_say "EC Level:   $level"
        must ZXingReader -format QRCode -bytes "$scratch/code.png" >"$scratch/decoded"
        must cmp "$scratch/expected$profile" "$scratch/decoded"
    done
done

step "ZBar reads the SVG and the PDF as others draw them"
for place in 12 18; do
    must "$cancuoc" qr encode --text "$card" --size $place --dpi 600 --out "$scratch/code.svg"
    must rsvg-convert --dpi-x 600 --dpi-y 600 --output "$scratch/code.png" "$scratch/code.svg"
    zbar_must_read "$scratch/expected" "$scratch/code.png" "SVG at $place mm"
    must "$cancuoc" qr encode --text "$card" --size $place --dpi 600 --out "$scratch/code.pdf"
    must pdftoppm -r 600 -png -singlefile "$scratch/code.pdf" "$scratch/code"
    zbar_must_read "$scratch/expected" "$scratch/code.png" "PDF at $place mm"
done

step "ZBar reads the printer's pixels for every place on the cards, with and without a character set"
for place in 11 12 18; do
    for resolution in 300 600; do
        for option in "" --eci "--error-correction Q"; do
            # shellcheck disable=SC2086
            must "$cancuoc" qr encode --text "$card" --size $place --dpi $resolution $option --out "$scratch/code.png"
            zbar_must_read "$scratch/expected" "$scratch/code.png" "$place mm, $resolution dpi $option"
        done
    done
done

step "what does not fit the printer is refused"
says_one_sentence "needs at least" "$cancuoc" qr encode --text "$card" --size 5 --dpi 300 --out "$scratch/code.png"
