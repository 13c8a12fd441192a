# SPDX-License-Identifier: Apache-2.0
# What this project draws, others read: tesseract the numbers and check digits of the MRZ, ZBar the QR, also from the
# PDF that poppler shows and the SVG that librsvg shows, jsonschema the layouts. Arguments: cancuoc, the root of the
# sources, how many rounds, how many people a round.
. "$(dirname "$0")/common.sh"
require tesseract tesseract-ocr
require zbarimg zbar-tools
require pdftoppm poppler-utils
require rsvg-convert librsvg2-bin
cancuoc=$1
source=$2
rounds=$3
people=$4

# The bytes ZBar finds in a picture. It looks for a message bus nobody needs, and says so.
decode() {
    zbarimg --quiet --raw -Sbinary "$1" 2>/dev/null
}

step "layouts are as their schema says"
must "$cancuoc" face layout --schema >"$scratch/schema.json"
for layout in cccd-2021 cancuoc-2024; do
    must "$cancuoc" face layout "$layout" >"$scratch/$layout.json"
    must /usr/bin/python3 -c 'import json, jsonschema, sys
jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' \
        "$scratch/$layout.json" "$scratch/schema.json"
done

step "a layout file with a mistake is refused with its place"
sed 's/"lines": 2/"lines": 1/' "$scratch/cccd-2021.json" >"$scratch/wrong.json"
must_fail 2 "$cancuoc" face layout "$scratch/wrong.json"
must_say "front.name.lines must be a whole number from 2 to 8"

for round in $(seq "$rounds"); do
    step "round $round: $people invented people, both generations, every card drawn and checked"
    rm -rf "$scratch/people" "$scratch/cccd-2021" "$scratch/cancuoc-2024"
    must "$cancuoc" sample --count "$people" --seed "$round" --out "$scratch/people"
    for layout in cccd-2021 cancuoc-2024; do
        must "$cancuoc" face render "$scratch/people" --layout "$layout" --out "$scratch/$layout"
    done
    step "tesseract reads the numbers, the dates and every check digit"
    must /usr/bin/python3 "$source/tests/interop/read_mrz.py" "$scratch/people/records.csv" \
        "$scratch/cccd-2021.json" "$scratch/cccd-2021" "$scratch/cancuoc-2024.json" "$scratch/cancuoc-2024"
done

step "raster, PDF and SVG show one card, on every run the same"
number=$(sed -n 2p "$scratch/people/records.csv" | cut -d, -f2)
for run in first second; do
    must "$cancuoc" face render "$scratch/people" --number "$number" --out "$scratch/$run" --pdf --svg
done
must diff -r "$scratch/first" "$scratch/second"
for channel in colour resin overlay laser uv; do
    must test -s "$scratch/first/$number-front-$channel.png"
    must test -s "$scratch/first/$number-back-$channel.png"
done
must pdftoppm -r 600 -f 1 -l 1 -png "$scratch/first/$number.pdf" "$scratch/page"
must rsvg-convert -w 2022 "$scratch/first/$number-front.svg" -o "$scratch/vector.png"
decode "$scratch/first/$number-front.png" >"$scratch/expected"
must grep -q "^$number|" "$scratch/expected"
for picture in "$scratch/page-1.png" "$scratch/vector.png"; do
    decode "$picture" >"$scratch/decoded" || fail "ZBar found no QR in $picture"
    must cmp "$scratch/expected" "$scratch/decoded"
done

step "a text without a place is refused, and stops only its own card"
sed "s/^\([^,]*,$number,\)[^,]*,/\1Nguyễn Phước Huyền Tôn Nữ Thị Phương Quỳnh Nguyên Hoàng Thương Mỹ Nguyễn Phước Huyền Tôn Nữ Thị,/" \
    "$scratch/people/records.csv" >"$scratch/people/longer.csv"
must_fail 3 "$cancuoc" face render "$scratch/people/longer.csv" --out "$scratch/longer"
must_say "name does not fit its box"
must test ! -e "$scratch/longer/$number-front.png"
must test "$(find "$scratch/longer" -name '*-back.png' | wc -l)" -eq $((people - 1))
