#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a command with a PostgreSQL server of its own, in a private folder and reached by a socket there alone.
#
#   with_postgresql.sh COMMAND [ARGUMENT]...
#
# The command finds the server's address in CANCUOC_POSTGRESQL (a URI of libpq; append the name of a database), and its
# user may make databases. The server is for tests: it does not wait for the disk. It ends with this script, however
# that ends. The exit status is the command's; 125 when the server could not be set up.
set -eu

fail() {
    echo "with_postgresql.sh: $*" >&2
    exit 125
}

programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$programs" ] || fail "PostgreSQL is missing; install it with: apt-get install postgresql"

folder=$(mktemp -d)
server=
cleanup() {
    [ -z "$server" ] || { kill -INT "$server" 2>/dev/null && wait "$server" || true; }
    rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 1' INT TERM HUP

# The server refuses to be root.
as_server=
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$folder"
    as_server="--reuid postgres --regid postgres --clear-groups"
fi

# shellcheck disable=SC2086
setpriv $as_server "$programs/initdb" --pgdata "$folder/data" --username cancuoc --auth trust --encoding UTF8 \
    --locale C.UTF-8 --no-sync >"$folder/log" 2>&1 || { cat "$folder/log" >&2; fail "no database cluster could be made"; }
# shellcheck disable=SC2086
setpriv $as_server --pdeathsig INT "$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= \
    -c fsync=off >"$folder/log" 2>&1 &
server=$!

tries=0
until "$programs/pg_isready" --quiet --host "$folder"; do
    tries=$((tries + 1))
    [ "$tries" -le 300 ] && kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; fail "the server does not start"; }
    sleep 0.1
done

export CANCUOC_POSTGRESQL="postgresql://cancuoc@$(printf %s "$folder" | sed 's|/|%2F|g')/"
status=0
"$@" || status=$?
exit "$status"
