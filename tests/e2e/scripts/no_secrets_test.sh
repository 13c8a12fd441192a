# SPDX-License-Identifier: Apache-2.0
# What programs print and keep on the side holds no secret and nothing personal: standard error of readings, everything
# that failing ones print, their traces, and the output of a personalization run. The result that `read` prints is the
# result. Arguments: cancuoc, the folder of issued cards.
. "$(dirname "$0")/../../interop/common.sh"
cancuoc=$1
issued=$2/explicit
sample=$2/sample
number=$(issued_card "$issued")
can=$(can_of "$number")

hex_of() {
    od -An -v -tx1 | tr -d ' \n'
}

# The inner characters of Base64, for a secret that begins at the first, second or third byte of a group.
base64_of() {
    for before in '' x xx; do
        { printf %s "$before"; printf %s "$1"; } | base64 -w 0 | sed "s/^.\{$((${#before} * 2))\}//; s/....\$//"
        echo
    done
}

# add_secret TEXT: in plain, in hexadecimal and in Base64.
add_secret() {
    printf '%s\n' "$1" >>"$scratch/plain"
    printf %s "$1" | hex_of >>"$scratch/hex"
    echo >>"$scratch/hex"
    base64_of "$1" >>"$scratch/base64"
}

# add_bytes FILE OFFSET COUNT: bytes of a file, in hexadecimal.
add_bytes() {
    tail -c "+$(($2 + 1))" "$1" | head -c "$3" | hex_of >>"$scratch/hex"
    echo >>"$scratch/hex"
}

# Whether a file holds any of the secrets. Rows of hexadecimal hold any six digits sooner or later, so the CAN is looked
# for in plain outside of them.
holds_a_secret() {
    LC_ALL=C grep -aqF -f "$scratch/plain" "$1" || LC_ALL=C grep -aqiF -f "$scratch/hex" "$1" ||
        LC_ALL=C grep -aqF -f "$scratch/base64" "$1" ||
        sed -E 's/[0-9A-Fa-f]{16,}//g' "$1" | LC_ALL=C grep -aqwF "$can"
}

must_be_clean() {
    for file in "$@"; do
        [ -s "$file" ] || continue
        if holds_a_secret "$file"; then
            fail "$(basename "$file") holds a secret"
        fi
    done
}

step "a reading with the number, for the secrets and the first trace"
insert_chip "$cancuoc" "$issued/chips/$number.chip"
wait_for_card
must "$cancuoc" read --number "$number" --trust "$issued/trust" --out "$scratch/card" --trace "$scratch/number.trace" \
    --json >"$scratch/result.json" 2>"$scratch/number.said"
mrz=$(sed -n '/"mrz": \[/,/\]/p' "$scratch/card/read.json" | sed -n 's/^ *"\([A-Z0-9<]\{30\}\)".*/\1/p' | tr '\n' ' ')
[ "${#mrz}" -eq 93 ] || fail "the MRZ was not understood"
add_secret "$number"
add_secret "$(printf %s "$number" | tail -c 9)"
for line in $mrz; do
    add_secret "$(printf %s "$line" | sed 's/<*$//')"
done
row=$(grep "$number" "$sample/records.csv")
for column in 3 9 11; do # full name, place of origin, residence
    value=$(printf %s "$row" | cut -d, -f"$column")
    [ "${#value}" -lt 8 ] || add_secret "$value"
done
add_bytes "$scratch/card/DG1.bin" 8 24
add_bytes "$scratch/card/DG13.bin" 60 24
add_bytes "$scratch/card/DG13.bin" 120 24
for offset in 2000 4000 8000; do
    add_bytes "$scratch/card/DG2.bin" "$offset" 24
done
for file in DG14 DG15 EF.SOD; do # a public key of the chip, the signature
    add_bytes "$scratch/card/$file.bin" "$(($(wc -c <"$scratch/card/$file.bin") - 40))" 24
done

step "a secret would be found"
for planted in "$number" "mrz: $(echo "$mrz" | cut -c1-30)" "the CAN $can." "$(printf %s "$number" | hex_of)" \
    "$(printf 'abc%s' "$number" | base64)" "$(printf 'a%s...' "$number" | base64)"; do
    printf 'said: %s\n' "$planted" >"$scratch/planted"
    holds_a_secret "$scratch/planted" || fail "the search does not find: $planted"
done
must "$cancuoc" read --number "$number" --trust "$issued/trust" --trace "$scratch/unredacted.trace" \
    --trace-unredacted >"$scratch/unredacted.result" 2>"$scratch/unredacted.said"
holds_a_secret "$scratch/unredacted.trace" || fail "the search does not find what a trace without redaction holds"
grep -q "test card only" "$scratch/unredacted.said" || fail "the trace without redaction is not announced"

step "the same card with the MRZ, and with the CAN alone"
must "$cancuoc" read --mrz "$mrz" --trust "$issued/trust" --trace "$scratch/mrz.trace" >"$scratch/mrz.result" \
    2>"$scratch/mrz.said"
status=0
"$cancuoc" read --can "$can" --trace "$scratch/can.trace" >"$scratch/can.result" 2>"$scratch/can.said" || status=$?
[ "$status" -eq 3 ] || fail "a reading without anchors ends with $status"

step "readings that fail: a wrong CAN, a wrong number, another issuer"
wrong=$(printf %s "$can" | tr 0123456789 1234567890)
must_fail 2 "$cancuoc" read --can "$wrong" --trace "$scratch/wrong.trace" --json
printf '%s\n' "$said" | sed "s/$wrong//" >"$scratch/wrong.said"
must_fail 3 "$cancuoc" read --can "$can" --trust "$2/named/trust" --dgs 14 --trace "$scratch/stranger.trace"
printf '%s\n' "$said" | sed -n '/^Document/,/^$/!p' >"$scratch/stranger.said"
must_fail 1 "$cancuoc" read --mrz "$(printf %s "$mrz" | sed 's/.$//; s/^I/1/')x"
printf '%s\n' "$said" >"$scratch/usage.said"

step "a personalization run"
must "$cancuoc" perso import "$sample/records.csv" --store "$scratch/jobs.sqlite" >"$scratch/import.said" 2>&1
must "$cancuoc" perso run --store "$scratch/jobs.sqlite" --pki "$issued/pki" --virtual 1 --chips "$scratch/chips" \
    --json >"$scratch/run.said" 2>&1
must "$cancuoc" perso report --store "$scratch/jobs.sqlite" --json >"$scratch/report.said" 2>&1

step "nothing of it is found, and the traces replay"
must_be_clean "$scratch"/number.trace "$scratch"/mrz.trace "$scratch"/can.trace "$scratch"/wrong.trace \
    "$scratch"/stranger.trace "$scratch"/*.said
for trace in number mrz can wrong stranger unredacted; do
    must "$cancuoc" trace replay "$scratch/$trace.trace"
done
