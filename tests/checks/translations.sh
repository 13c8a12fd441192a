# SPDX-License-Identifier: Apache-2.0
# Every text of the teller's reader and of the station is translated, and the files hold no text that the programs have
# not.
# Arguments: lupdate, the root of the sources, the folder of the teller's reader, that of the camera, that of the
# station.
set -eu
lupdate=$1
source=$2
teller=$3
camera=$4
station=$5

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0

# check FILE LANGUAGE FOLDER [OPTION|FOLDER]...: what lupdate would change in the file FILE_LANGUAGE.ts of the first folder
check() {
    file=$1_$2.ts
    language=$2
    program=$3
    shift 3
    cp "$program/translations/$file" "$scratch/$file"
    "$lupdate" -silent -I "$source" -locations none -source-language en -target-language "$language" \
        -extensions cpp,hpp "$program" "$@" -ts "$scratch/$file"
    [ "$(grep -c '<source>' "$scratch/$file")" -gt 0 ] || { echo "lupdate found no text" && status=1; }
    if grep -B 2 -E 'type="(unfinished|vanished|obsolete)"' "$scratch/$file"; then
        echo "$file is not complete: run lupdate, and translate what is unfinished" >&2
        status=1
    fi
}

check cancuoc-teller vi "$teller" "$camera"
check cancuoc-teller en "$teller" "$camera" -pluralonly # English is what stands in the sources; only its plurals are written down
check cancuoc-station vi "$station"
exit "$status"
