#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a command with a smart card reader of its own: the real pcscd with vsmartcard's virtual reader (vpcd).
#
#   with_virtual_reader.sh [--without-daemon] COMMAND [ARGUMENT]...
#
# Where the machine allows it, everything lives in private mount, network and process namespaces: any number of
# these run side by side, vpcd's port is reachable from inside only, and nothing is left behind however it ends.
# Elsewhere the runs take turns with the one pcscd of the machine.
# --without-daemon leaves pcscd out, for tests of what a program says then (private namespaces only).
# The exit status is the command's; 125 when the reader could not be set up.
set -eu

virtual_reader_port_hex=8C7B # 35963, slot 0 of vpcd
lock=${TMPDIR:-/tmp}/cancuoc-virtual-reader.lock

fail() {
    echo "with_virtual_reader.sh: $*" >&2
    exit 125
}

require() {
    command -v "$1" >/dev/null 2>&1 || PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null 2>&1 ||
        fail "$1 is missing; install it with: apt-get install $2"
}

vpcd_listens() {
    grep -q ":$virtual_reader_port_hex 00000000:0000 0A" /proc/net/tcp
}

# Starts pcscd with only the virtual reader configured and runs the command.
run_with_own_daemon() {
    work=$(mktemp -d -p "$scratch")
    daemon=
    trap 'stop_daemon; rm -rf "$work"' EXIT
    trap 'exit 143' TERM
    trap 'exit 130' INT
    cat >"$work/reader.conf" <<CONFIGURATION
FRIENDLYNAME "Virtual PCD"
DEVICENAME   /dev/null:0x8C7B
LIBPATH      $driver
CHANNELID    0x8C7B
CONFIGURATION
    "$pcscd" --foreground --critical --config "$work/reader.conf" >"$work/pcscd.log" 2>&1 9>&- &
    daemon=$!
    tries=0
    until [ -S /run/pcscd/pcscd.comm ] && vpcd_listens; do
        tries=$((tries + 1))
        if [ "$tries" -gt 200 ] || ! kill -0 "$daemon" 2>/dev/null; then
            cat "$work/pcscd.log" >&2
            fail "pcscd did not come up"
        fi
        sleep 0.05
    done
    run_command "$@"
}

stop_daemon() {
    if [ -n "$daemon" ]; then
        kill "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
    fi
}

run_command() {
    status=0
    "$@" || status=$?
    exit "$status"
}

without_daemon=
stage=outside
scratch=${TMPDIR:-/tmp}
while :; do
    case ${1-} in
    --inside) stage=inside ;;
    --without-daemon) without_daemon=--without-daemon ;;
    *) break ;;
    esac
    shift
done
[ $# -gt 0 ] || fail "name the command to run"

require pcscd pcscd
pcscd=$(PATH=$PATH:/usr/sbin:/sbin command -v pcscd)
driver=$(find /usr/lib/pcsc /usr/lib64/pcsc -name libifdvpcd.so 2>/dev/null | head -n 1)
[ -n "$driver" ] || fail "vpcd is missing; install it with: apt-get install vsmartcard-vpcd"

if [ "$stage" = inside ]; then
    ip link set lo up
    mount -t tmpfs tmpfs /run
    mkdir /run/pcscd
    scratch=/run
    [ -z "$without_daemon" ] || run_command "$@"
    run_with_own_daemon "$@"
fi

require ip iproute2
for unshare in "unshare" "unshare --user --map-root-user"; do
    namespaces="--mount --net --pid --fork --kill-child --mount-proc"
    # shellcheck disable=SC2086
    if $unshare $namespaces true 2>/dev/null; then
        # shellcheck disable=SC2086
        exec $unshare $namespaces sh "$0" --inside $without_daemon "$@"
    fi
done

[ -z "$without_daemon" ] || fail "--without-daemon needs private namespaces, which this machine refuses"
exec 9>"$lock"
flock 9
if [ -S /run/pcscd/pcscd.comm ]; then
    vpcd_listens || fail "the pcscd of this machine runs without vpcd; end it, or install vsmartcard-vpcd and start it again"
    run_command "$@"
fi
mkdir -p /run/pcscd
run_with_own_daemon "$@"
