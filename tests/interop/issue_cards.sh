# SPDX-License-Identifier: Apache-2.0
# Issues the cards that other tests read. Arguments: cancuoc, the folder to write to.
#   explicit/, named/   pki/, trust/, chips/NUMBER.chip: certificates with explicit parameters, with named curves
. "$(dirname "$0")/common.sh"
cancuoc=$1
out=$2

rm -rf "$out"
mkdir -p "$out"
must "$cancuoc" sample --count 2 --seed 9303 --out "$out/sample"

issue() {
    folder=$out/$1
    shift
    must "$cancuoc" pki init "$folder/pki" "$@"
    must "$cancuoc" trust import "$folder/pki/csca.pem" "$folder/pki/csca.crl" --store "$folder/trust" \
        --anchor "$folder/pki/csca.pem"
    must "$cancuoc" perso import "$out/sample/records.csv" --store "$folder/jobs.sqlite"
    must "$cancuoc" perso run --store "$folder/jobs.sqlite" --pki "$folder/pki" --virtual 1 --chips "$folder/chips"
}

issue explicit
issue named --named-curves
