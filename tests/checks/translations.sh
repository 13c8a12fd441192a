# SPDX-License-Identifier: Apache-2.0
# Every text of the teller's reader is translated, and the files hold no text that the program has not.
# Arguments: lupdate, the root of the sources, the folder of the program, that of the camera.
set -eu
lupdate=$1
source=$2
program=$3
camera=$4

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0

# check LANGUAGE [OPTION]...: what lupdate would change in the file of that language
check() {
    language=$1
    shift
    file=cancuoc-teller_$language.ts
    cp "$program/translations/$file" "$scratch/$file"
    "$lupdate" -silent "$@" -I "$source" -locations none -source-language en -target-language "$language" \
        "$program"/*.cpp "$program"/*.hpp "$camera"/*.cpp "$camera"/*.hpp -ts "$scratch/$file"
    [ "$(grep -c '<source>' "$scratch/$file")" -gt 0 ] || { echo "lupdate found no text" && status=1; }
    if grep -B 2 -E 'type="(unfinished|vanished|obsolete)"' "$scratch/$file"; then
        echo "$file is not complete: run lupdate, and translate what is unfinished" >&2
        status=1
    fi
}

check vi
check en -pluralonly # English is what stands in the sources; only its plurals are written down
exit "$status"
