# SPDX-License-Identifier: Apache-2.0
# What this project draws, others read: tesseract the numbers and check digits of the MRZ, poppler the PDF, librsvg
# the SVG, jsonschema the layouts. Arguments: cancuoc, the root of the sources, how many people.
. "$(dirname "$0")/common.sh"
require tesseract tesseract-ocr
require pdftoppm poppler-utils
require rsvg-convert librsvg2-bin
cancuoc=$1
source=$2
people=$3

step "layouts are as their schema says"
must "$cancuoc" face layout --schema >"$scratch/schema.json"
for layout in cccd-2021 cancuoc-2024; do
    must "$cancuoc" face layout "$layout" >"$scratch/$layout.json"
    must /usr/bin/python3 -c 'import json, jsonschema, sys
jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))' "$scratch/$layout.json" "$scratch/schema.json"
done

step "a layout file with a mistake is refused with its place"
sed 's/"lines": 2/"lines": 1/' "$scratch/cccd-2021.json" >"$scratch/wrong.json"
must_fail 2 "$cancuoc" face layout "$scratch/wrong.json" 2>"$scratch/refusal"
must grep -q 'front.name.lines must be a whole number from 2 to 8' "$scratch/refusal"

step "$people invented people, both generations: every card is drawn and checked"
must "$cancuoc" sample --count "$people" --seed 8 --out "$scratch/people" >/dev/null
for layout in cccd-2021 cancuoc-2024; do
    must "$cancuoc" face render "$scratch/people" --layout "$layout" --out "$scratch/$layout" --no-channels --mrz \
        >/dev/null
done

step "tesseract reads the document number, the dates and their check digits"
/usr/bin/python3 "$source/tests/interop/read_mrz.py" "$scratch/people/records.csv" "$scratch/cccd-2021" \
    "$scratch/cancuoc-2024" || fail "tesseract reads something else"

step "a PDF and an SVG show the card that the raster shows"
number=$(sed -n 2p "$scratch/people/records.csv" | cut -d, -f2)
must "$cancuoc" face render "$scratch/people" --number "$number" --out "$scratch/files" --dpi 300 --pdf --svg >/dev/null
for channel in colour resin overlay laser uv; do
    must test -s "$scratch/files/$number-front-$channel.png"
    must test -s "$scratch/files/$number-back-$channel.png"
done
must pdftoppm -r 300 -png "$scratch/files/$number.pdf" "$scratch/page"
must rsvg-convert -w 1011 "$scratch/files/$number-front.svg" -o "$scratch/vector.png"
for picture in "$scratch/page-1.png" "$scratch/vector.png"; do
    must "$cancuoc" qr decode "$picture" --json >"$scratch/decoded"
    must grep -q "\"number\": \"$number\"" "$scratch/decoded"
done
