# SPDX-License-Identifier: Apache-2.0
# Without pcscd: a sentence that says what to do, exit status 2. Runs with --without-daemon. Arguments: cancuoc.
. "$(dirname "$0")/../../interop/common.sh"
cancuoc=$1

step "reading and listing readers without pcscd"
must_fail 2 "$cancuoc" read --can 000001
must_say "pcscd"
must_fail 2 "$cancuoc" readers
must_say "pcscd"
