# SPDX-License-Identifier: Apache-2.0
# What the README says under "For an authority: the PKI for real", command by command, with OpenSSL and sha256sum
# beside it. Arguments: cancuoc, README.md.
. "$(dirname "$0")/common.sh"
require openssl openssl
program=$1
readme=$2
cd "$scratch"
mkdir bin
ln -s "$program" bin/cancuoc
PATH="$scratch/bin:$PATH"
export PATH

step "the commands of the section are taken from it"
sed -n '/^## For an authority/,/^## For a teller/p' "$readme" | sed -n '/^```sh$/,/^```$/p' | grep -v '^```' >commands
[ "$(wc -l <commands)" -ge 15 ] || fail "the README has no commands for an authority"

step "an order that waits"
echo "correct horse battery staple" >csca-passphrase
echo "another passphrase of the line" >line-passphrase
must cancuoc sample --count 1 --seed 5 --out order >log
must cancuoc perso import order/records.csv --store line.sqlite >log

step "all of them, one after another"
must sh -eu commands >said
cat said

step "what came out"
must cmp -s csca/csca.crl online/csca.crl
must openssl req -verify -noout -in signer.req 2>log
must openssl pkcs7 -in signer.p7 -print_certs -out certificates
grep -q "Document Signer" certificates || fail "no document signer is in the response"
[ ! -e online/csca.key ] || fail "the CSCA's key is on the online side"
[ ! -e csca/document-signer.key ] || fail "the document signer's key is on the offline side"
must grep -q "All checks have passed." record.txt
must grep -q "Nguyen Thi Mau, head of ceremony" record.txt
must openssl pkey -in csca/csca.key -passin file:csca-passphrase -out plain.key
must openssl pkey -in restored.key -passin file:csca-passphrase -out restored.plain
must cmp -s plain.key restored.plain
must_fail 2 cancuoc pki key-restore shares/share-1.txt shares/share-2.txt --out other.key --passphrase-file csca-passphrase
must_say "too few"
must openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout audit.key -out audit.pem -days 2 \
    -subj /CN=auditor 2>log
must cancuoc perso audit checkpoint csca/pki.audit --signer audit.pem --key audit.key >log
must cancuoc perso audit verify csca/pki.audit --signer audit.pem >log
said=$(cancuoc perso report --store line.sqlite)
must_say "1 good"
must cancuoc trust list --store store >log

step "a request that was certified is not certified again"
must_fail 2 cancuoc pki certify csca signer.req --out again.p7 --passphrase-file csca-passphrase
must_say "certified before"
