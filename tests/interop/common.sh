# SPDX-License-Identifier: Apache-2.0
# What the scripts of the interop and end-to-end tests share; they source it.
#   require PROGRAM PACKAGE         the test fails when a program it needs is missing
#   step TEXT                       says what comes
#   must COMMAND...                 the command must succeed
#   must_fail STATUS COMMAND...     it must end with this exit status; what it printed is in $said
#   must_say TEXT                   $said must hold TEXT
#   says_one_sentence TEXT COMMAND  exit status 2 and one line that holds TEXT, without bytes or personal data
#   background COMMAND...           starts a program that ends with the script
#   flip_bit FILE OFFSET            changes the lowest bit of one byte
#   insert_chip CANCUOC STATE [PORT]                 a copy of an issued chip goes into the reader
#   insert_chip_on_cable PEERS CANCUOC STATE PORT N  the same, behind a cable that is pulled after N answers
#   wait_until TENTHS TEXT COMMAND...                until the command succeeds; fails with the text in the end
#   end_with_card_put_back PID CANCUOC               until a reading in the background ends, whose exit status is $status
#   wait_for_card, wait_for_no_card until pcscd sees the card come or go (it looks every 0.4 s)
set -eu

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

require() {
    command -v "$1" >/dev/null 2>&1 || fail "$1 is missing; install it with: apt-get install $2"
}

step() {
    echo "--- $*"
}

must() {
    "$@" || fail "exit status $? from: $*"
}

must_fail() {
    expected=$1
    shift
    status=0
    said=$("$@" 2>&1) || status=$?
    echo "$said"
    [ "$status" -eq "$expected" ] || fail "exit status $status instead of $expected from: $*"
}

must_say() {
    case $said in
    *"$1"*) ;;
    *) fail "'$1' was not said" ;;
    esac
}

says_one_sentence() {
    text=$1
    shift
    must_fail 2 "$@"
    must_say "$text"
    [ "$(printf '%s\n' "$said" | wc -l)" -eq 1 ] || fail "more than one line"
    if printf %s "$said" | grep -qE '[0-9A-Fa-f]{6}|[0-9]{6}'; then
        fail "bytes or numbers stand in the message"
    fi
}

started=
background() {
    "$@" &
    started="$started $!"
}

end_background() {
    for pid in $started; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    started=
}

flip_bit() {
    byte=$(od -An -tu1 -j "$2" -N 1 "$1")
    # shellcheck disable=SC2059
    printf "\\$(printf %03o $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# offset_of FILE HEX: where these bytes begin in the file
offset_of() {
    pattern=$(printf %s "$2" | sed 's/../\\x&/g')
    LC_ALL=C grep -obUaP "$pattern" "$1" | head -n 1 | cut -d: -f1
}

wait_until() {
    tenths=$1
    text=$2
    shift 2
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -le "$tenths" ] || fail "$text"
        sleep 0.1
    done
}

card_is() {
    opensc-tool --list-readers 2>/dev/null | grep -q "^0 *$1 "
}

wait_until_card_is() {
    require opensc-tool opensc
    wait_until 100 "the reader's card state did not become '$1' within ten seconds" card_is "$1"
}

wait_for_card() {
    wait_until_card_is Yes
}

wait_for_no_card() {
    wait_until_card_is No
}

scratch=$(mktemp -d)
trap 'end_background; rm -rf "$scratch"' EXIT

# issued_card FOLDER: the number of the first card issued there; its CAN is its last six digits.
issued_card() {
    for chip in "$1"/chips/*.chip; do
        basename "$chip" .chip
        return
    done
}

can_of() {
    printf %s "$1" | tail -c 6
}

# Behind a cable too, when its port is given.
insert_chip() {
    end_background
    wait_for_no_card
    cp "$2" "$scratch/inserted.chip"
    background "$1" chip run --state "$scratch/inserted.chip" --vpcd "127.0.0.1:${3:-35963}"
}

insert_chip_on_cable() {
    wait_for_no_card
    cp "$3" "$scratch/inserted.chip"
    background "$1/test_cable" "$4" "$5"
    background "$2" chip run --state "$scratch/inserted.chip" --vpcd "127.0.0.1:$4"
    wait_for_card
}

is_running() {
    kill -0 "$1" 2>/dev/null
}

# vpcd can overlook a card that comes after one pulled in the middle of a command: then it is lifted once more.
end_with_card_put_back() {
    reading=$1
    end_background
    while is_running "$reading"; do
        background "$2" chip run --state "$scratch/inserted.chip"
        tries=0
        while is_running "$reading" && [ "$tries" -lt 30 ]; do
            tries=$((tries + 1))
            sleep 0.1
        done
        end_background
    done
    status=0
    wait "$reading" || status=$?
}
