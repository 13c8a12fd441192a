# SPDX-License-Identifier: Apache-2.0
# demo.sh with the programs of a build folder: five cards, all genuine, and a page that shows them.
# Arguments: the root of the sources, the build folder, the folder to write to.
. "$(dirname "$0")/../../interop/common.sh"
source=$1
build=$2
out=$3

demo() {
    sh "$source/tools/demo.sh" --prebuilt "$build" --out "$out"
}

step "the demonstration"
must demo

step "five genuine cards"
[ "$(cat "$out"/cards/*/read.json | grep -c '"verdict": "genuine"')" -eq 5 ] || fail "not five genuine cards"
[ "$(cat "$out"/cards/*/qr-verify.status | tr -d '\n')" = 00000 ] || fail "a QR code differs from its chip"
grep -q '"good": 5' "$out/report.json" || fail "the report does not count five good cards"

step "the page shows each card's name, portrait, QR code and checks"
for record in "$out"/cards/*/record.json; do
    name=$(sed -n 's/.*"fullName": "\(.*\)".*/\1/p' "$record")
    grep -qF "<h2>$name</h2>" "$out/index.html" || fail "$name is not on the page"
done
[ "$(grep -o 'data:image/jpeg;base64,/9j/' "$out/index.html" | wc -l)" -eq 5 ] || fail "not five portraits"
[ "$(grep -o 'data:image/svg+xml;base64,' "$out/index.html" | wc -l)" -eq 5 ] || fail "not five QR codes"
[ "$(grep -o '<code>chip-authentication</code>' "$out/index.html" | wc -l)" -eq 5 ] || fail "not every check is shown"

step "a card that is not genuine, and a QR code that differs, are not glossed over"
first=$(find "$out/cards" -name read.json | sort | head -n 1)
cp "$first" "$scratch/read.json"
sed 's/"verdict": "genuine"/"verdict": "not-genuine"/' "$scratch/read.json" >"$first"
must_fail 3 "$build/tools/demo/cancuoc_demo_page" "$out"
must_say "4 of 5 cards genuine"
cp "$scratch/read.json" "$first"
echo 3 >"${first%/*}/qr-verify.status"
must_fail 3 "$build/tools/demo/cancuoc_demo_page" "$out"
must_say "4 of 5 QR codes match"

step "the demonstration again, over what it left"
must demo
