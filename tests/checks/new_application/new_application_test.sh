# SPDX-License-Identifier: Apache-2.0
# An application is one folder and one line: adds the one that lies here to a copy of the chip, as the README's chip
# section says, builds the copy, for a microcontroller too, and tests it. Arguments: the root of the sources, the folder
# for the copy, cmake, ctest.
set -eu
root=$1
copy=$2
cmake=$3
ctest=$4

rm -rf "$copy"
mkdir -p "$copy/tests/checks" "$copy/tests/unit/card"
cp -r "$root/card" "$root/cmake" "$copy/"
cp -r "$root/tests/checks/freestanding.sh" "$root/tests/checks/new_application" "$copy/tests/checks/"
cp "$root/tests/unit/card/known_answer.hpp" "$copy/tests/unit/card/"
mv "$copy/tests/checks/new_application/CMakeLists.txt" "$copy/"

cp -r "$copy/tests/checks/new_application/greeting" "$copy/card/applets/"
sed -i 's|^    emrtd/Emrtd.*|&\n    greeting/Greeting|' "$copy/card/CMakeLists.txt"
[ "$(diff "$root/card/CMakeLists.txt" "$copy/card/CMakeLists.txt" | grep -c '^[<>]')" -eq 1 ]

"$cmake" -S "$copy" -B "$copy/build" -G Ninja >/dev/null
"$cmake" --build "$copy/build" | tail -n 1
"$ctest" --test-dir "$copy/build" --no-tests=error --output-on-failure
