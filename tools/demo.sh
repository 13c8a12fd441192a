#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From a record to a verified card, with five invented citizens: installs what is missing, builds, issues five
# virtual chip cards, reads each one through PC/SC, checks it and its QR code, and writes build/demo/index.html.
#
#   sh tools/demo.sh
#   sh tools/demo.sh --prebuilt BUILD --out DIR   with the programs of a build folder, into another folder
cd "$(dirname "$0")/.."
. tools/steps.sh

prebuilt=
out=build/demo
while [ $# -gt 0 ]; do
    case $1 in
    --prebuilt) prebuilt=$2 ;;
    --out) out=$2 ;;
    *)
        echo "usage: sh tools/demo.sh [--prebuilt BUILD] [--out DIR]" >&2
        exit 1
        ;;
    esac
    shift 2
done
programs=${prebuilt:-build/release}/tools
cancuoc=$programs/cancuoc

# Shows a command as a user would type it, and runs it.
run() {
    echo "    \$ cancuoc $*"
    "$cancuoc" "$@"
}

rm -rf "$out"
mkdir -p "$out"
stages=$out/stages.tsv

if [ -z "$prebuilt" ]; then
    step "Installing the Debian packages that are missing"
    sh tools/install_packages.sh build run
    step "Building the command line and the reader SDK (the first time takes a few minutes)"
    options="-DCANCUOC_COMPILE_TOGETHER=ON -DCANCUOC_UNIT_TESTS=OFF"
    build release cancuoc cancuoc_sdk cancuoc_demo_page cancuoc_demo_records
fi

step "Making a test PKI and trusting its CSCA"
run pki init "$out/pki"
run trust import "$out/pki/csca.pem" "$out/pki/csca.crl" --store "$out/trust" --anchor "$out/pki/csca.pem"

step "Inventing five citizens"
run sample --count 5 --seed 2099 --out "$out/sample"

step "Issuing their cards"
run perso import "$out/sample/records.csv" --store "$out/jobs.sqlite"
run perso run --store "$out/jobs.sqlite" --pki "$out/pki" --virtual 1 --chips "$out/chips"
"$cancuoc" perso report --store "$out/jobs.sqlite" --json >"$out/report.json"

step "Reading and checking each card through PC/SC"
"$programs/demo/cancuoc_demo_records" "$out/sample/records.csv" "$out/cards"
for folder in "$out"/cards/*; do
    number=${folder##*/}
    echo "    \$ cancuoc read --number $number --trust $out/trust --out $folder"
    sh tools/with_virtual_reader.sh sh tools/demo/read_card.sh "$cancuoc" "$out/chips/$number.chip" "$folder" \
        --number "$number" --trust "$out/trust"
done

step "Drawing each QR code from the record and comparing it with the chip"
for folder in "$out"/cards/*; do
    "$cancuoc" qr encode --record "$folder/record.json" --out "$folder/qr.svg"
    "$cancuoc" qr encode --record "$folder/record.json" --out "$folder/qr.png"
    status=0
    run qr verify "$folder/qr.png" --read "$folder/read.json" >"$folder/qr-verify.txt" || status=$?
    head -n 2 "$folder/qr-verify.txt"
    [ "$status" -eq 0 ] || [ "$status" -eq 3 ] || exit "$status"
    echo "$status" >"$folder/qr-verify.status"
done

end_step
echo
"$programs/demo/cancuoc_demo_page" "$out"
echo
echo "The whole story: $out/index.html"
