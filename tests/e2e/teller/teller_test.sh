# SPDX-License-Identifier: Apache-2.0
# The teller's window on a real screen, over the real smart card service and its virtual reader: a wrong number, a
# genuine card with its QR code, what is saved of it, cards of a stranger's signer, with a changed face and after their
# last day, and a card that is lifted in the middle of a reading.
# Arguments: the folder of the peers, cancuoc, the window's test, the folder of issued cards, a folder for pictures.
. "$(dirname "$0")/../../interop/common.sh"
peers=$1
cancuoc=$2
window=$3
issued=$4/explicit
OUT=$5

require Xvfb xvfb
NUMBER=$(issued_card "$issued")
TRUST=$issued/trust
rm -rf "$OUT"
mkdir -p "$OUT"

step "a screen"
# Without -noreset it begins anew after each window, and the next one now and then waits for it for ever.
background Xvfb -displayfd 3 -screen 0 1280x720x24 -nolisten tcp -noreset 3>"$scratch/display" 2>/dev/null
wait_until 100 "Xvfb did not come up within ten seconds" test -s "$scratch/display"
screen=$started
started=
trap 'started="$started $screen"; end_background; rm -rf "$scratch"' EXIT
DISPLAY=:$(cat "$scratch/display")
export NUMBER QR TRUST OUT DISPLAY

# must_pass TEST [NAME=VALUE]...: one test of the window, with this in its environment
must_pass() {
    window_test=$1
    shift
    must env QT_QPA_PLATFORM=xcb "$@" "$window" "$window_test"
}

step "the card, and what its QR code says"
insert_chip "$cancuoc" "$issued/chips/$NUMBER.chip"
wait_for_card
must "$cancuoc" read --number "$NUMBER" --trust "$TRUST" --json >"$scratch/read.json"
must "$cancuoc" qr encode --record "$scratch/read.json" --out "$scratch/qr.png"
QR=$("$cancuoc" qr decode "$scratch/qr.png" --json | sed -n 's/^ *"text": "\(.*\)",\{0,1\}$/\1/p')

step "a wrong number"
must_pass aWrongNumberDoesNotOpenTheCard

step "a genuine card"
must_pass aGenuineCardIsProvenAndKept
[ "$(sha256sum <"$OUT/card.evidence" | cut -d' ' -f1)" = "$(cat "$OUT/sha256")" ] || fail "another hash"
[ "$(stat -c %a "$OUT/card.evidence")" = 600 ] || fail "others may read the evidence"
head -c 4 "$OUT/record.pdf" | grep -q %PDF || fail "no PDF"
end_background

step "a server takes the evidence"
must "$cancuoc" evidence verify "$OUT/card.evidence" --trust "$TRUST"

step "a card that a stranger signed"
insert_chip "$cancuoc" "$4/named/chips/$NUMBER.chip"
wait_for_card
must_pass aCardOfAStrangersSignerIsNeverGenuine
must_pass withoutATrustStoreNothingIsChecked TRUST=
end_background

step "a card whose face was changed"
cp "$issued/chips/$NUMBER.chip" "$scratch/changed.chip"
flip_bit "$scratch/changed.chip" "$(($(offset_of "$scratch/changed.chip" ffd8ff) + 2000))"
insert_chip "$cancuoc" "$scratch/changed.chip"
wait_for_card
must_pass aChangedCardIsNotGenuine

step "a card after its last day, whose signer's certificate is still valid then"
echo '{"documentValidity": "P100Y"}' >"$scratch/policy.json"
must "$cancuoc" pki init "$scratch/long/pki" --policy "$scratch/policy.json"
must "$cancuoc" trust import "$scratch/long/pki/csca.pem" --store "$scratch/long/trust" \
    --anchor "$scratch/long/pki/csca.pem"
must "$cancuoc" sample --count 1 --seed 1 --out "$scratch/long/sample"
must "$cancuoc" perso import "$scratch/long/sample/records.csv" --store "$scratch/long/jobs.sqlite"
must "$cancuoc" perso run --store "$scratch/long/jobs.sqlite" --pki "$scratch/long/pki" --virtual 1 \
    --chips "$scratch/long/chips"
expiry=$(sed -n 2p "$scratch/long/sample/records.csv" | grep -oE '2[0-9]{3}-[0-9]{2}-[0-9]{2}' | sed -n 3p)
number=$(issued_card "$scratch/long")
insert_chip "$cancuoc" "$scratch/long/chips/$number.chip"
wait_for_card
must_pass anExpiredCardIsNamed NUMBER="$number" EXPIRY="$expiry" TRUST="$scratch/long/trust"
end_background

step "a card that is lifted and put back"
insert_chip_on_cable "$peers" "$cancuoc" "$issued/chips/$NUMBER.chip" 36102 18
env QT_QPA_PLATFORM=xcb "$window" aLiftedCardIsReadOn &
reading=$!
noticed() {
    [ -e "$OUT/lifted" ] || { is_running "$reading" || fail "the window is gone"; false; }
}
wait_until 300 "the lift was not noticed" noticed
end_with_card_put_back "$reading" "$cancuoc"
[ "$status" -eq 0 ] || fail "exit status $status"
