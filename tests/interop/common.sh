# SPDX-License-Identifier: Apache-2.0
# What the scripts of the interop and end-to-end tests share; they source it.
#   require PROGRAM PACKAGE         the test fails when a program it needs is missing
#   step TEXT                       says what comes
#   must COMMAND...                 the command must succeed
#   must_fail STATUS COMMAND...     it must end with this exit status; what it printed is in $said
#   must_say TEXT                   $said must hold TEXT
#   background COMMAND...           starts a program that ends with the script
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

wait_until_card_is() {
    require opensc-tool opensc
    tries=0
    until opensc-tool --list-readers 2>/dev/null | grep -q "^0 *$1 "; do
        tries=$((tries + 1))
        [ "$tries" -le 100 ] || fail "the reader's card state did not become '$1' within ten seconds"
        sleep 0.1
    done
}

wait_for_card() {
    wait_until_card_is Yes
}

wait_for_no_card() {
    wait_until_card_is No
}

scratch=$(mktemp -d)
trap 'end_background; rm -rf "$scratch"' EXIT
