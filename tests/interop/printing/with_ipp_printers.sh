# SPDX-License-Identifier: Apache-2.0
# Runs a command beside three printers of ippeveprinter (CUPS) on loopback, in a network of their own: on port 8631 a
# card printer that takes PWG raster, on 8632 one that takes PDF alone, on 8633 an office printer without cards. The
# documents of the first two are kept below $CANCUOC_SPOOL.
#
#   with_ipp_printers.sh COMMAND...
set -eu
if [ "${CANCUOC_OWN_NETWORK-}" != yes ]; then
    exec env CANCUOC_OWN_NETWORK=yes unshare --net sh "$0" "$@"
fi
here=$(dirname "$0")
PATH=$PATH:/usr/sbin
command -v ippeveprinter >/dev/null || { echo "ippeveprinter is missing; install cups-ipp-utils" >&2; exit 1; }
command -v dbus-daemon >/dev/null || { echo "dbus-daemon is missing; install it" >&2; exit 1; }
ip link set lo up

CANCUOC_SPOOL=$(mktemp -d)
export CANCUOC_SPOOL
programs=
trap 'kill $programs 2>/dev/null || true; rm -rf "$CANCUOC_SPOOL"' EXIT

# The printers tell the network of themselves, and do not start without a bus to do so.
dbus-daemon --session --nofork --address="unix:path=$CANCUOC_SPOOL/bus" >/dev/null 2>&1 &
programs=$!
tries=0
until [ -S "$CANCUOC_SPOOL/bus" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "dbus-daemon does not start" >&2; exit 1; }
    sleep 0.1
done

start() {
    port=$1
    shift
    mkdir "$CANCUOC_SPOOL/$port"
    DBUS_SYSTEM_BUS_ADDRESS="unix:path=$CANCUOC_SPOOL/bus" ippeveprinter -p "$port" -n localhost -r off -k \
        -d "$CANCUOC_SPOOL/$port" "$@" "Printer $port" >"$CANCUOC_SPOOL/$port.log" 2>&1 &
    programs="$programs $!"
}
start 8631 -a "$here/card_printer.conf"
start 8632 -a "$here/pdf_printer.conf"
start 8633 -2 -f application/pdf,image/pwg-raster

status=0
"$@" || status=$?
exit "$status"
