# SPDX-License-Identifier: Apache-2.0
# The station's window on a real screen is killed while chips are at work. Opened again, it shows what the job store
# holds, goes on, and every blank is accounted for.
# Arguments: cancuoc, the window's test, a folder for pictures.
. "$(dirname "$0")/../../interop/common.sh"
cancuoc=$1
window=$2
OUT=$3

require Xvfb xvfb
rm -rf "$OUT"
mkdir -p "$OUT"
STORE=$scratch/jobs.sqlite
PKI=$scratch/pki
CHIPS=$scratch/chips

step "a screen"
# Without -noreset it begins anew after each window, and the next one now and then waits for it for ever.
background Xvfb -displayfd 3 -screen 0 1280x720x24 -nolisten tcp -noreset 3>"$scratch/display" 2>/dev/null
wait_until 100 "Xvfb did not come up within ten seconds" test -s "$scratch/display"
DISPLAY=:$(cat "$scratch/display")
export STORE PKI CHIPS OUT DISPLAY

step "an order of 60"
must "$cancuoc" pki init "$PKI" >"$scratch/log"
must "$cancuoc" sample --count 60 --seed 8 --out "$scratch/citizens" >"$scratch/log"
must "$cancuoc" perso import "$scratch/citizens/records.csv" --store "$STORE" >"$scratch/log"

step "the window is killed while chips are at work"
env QT_QPA_PLATFORM=xcb "$window" worksUntilItIsKilled >"$scratch/log" 2>&1 &
station=$!
at_work() {
    [ -e "$OUT/at-work" ] || { is_running "$station" || fail "the window is gone: $(cat "$scratch/log")"; false; }
}
wait_until 600 "no chip was at work" at_work
kill -9 "$station"
wait "$station" 2>"$scratch/log" || true

# count NAME: a count of the store
count() {
    "$cancuoc" perso report --store "$STORE" --json | python3 -c "import json, sys; print(json.load(sys.stdin)['$1'])"
}
GOOD=$(count good)
WAITING=$(count waiting)
IN_PROCESS=$(count inProcess)
export GOOD WAITING IN_PROCESS
[ "$GOOD" -ge 3 ] || fail "$GOOD cards were made"
[ "$IN_PROCESS" -ge 1 ] || fail "it was killed between two cards"
[ "$((GOOD + WAITING + IN_PROCESS))" = 60 ] || fail "a request is lost"

step "opened again it shows the same world, and goes on to the end"
must env QT_QPA_PLATFORM=xcb "$window" showsTheSameWorldAndGoesOn >"$scratch/log"
[ "$(count good)" = 60 ] || fail "the order is not done"
must "$cancuoc" perso report --store "$STORE" --shift "$(date -u +%F)" >"$scratch/log"
# Beside them may lie a blank that was taken when the window was killed.
[ "$(find "$CHIPS" -name '0*.chip' | wc -l)" = 60 ] || fail "not every card's memory is there: $(ls "$CHIPS")"
