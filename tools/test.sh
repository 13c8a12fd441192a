#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds, and runs every test: the programs with GCC as users build them, then the unit tests
# and the fuzz targets with Clang under AddressSanitizer and UndefinedBehaviorSanitizer.
#
#   sh tools/test.sh             every test but the long ones
#   sh tools/test.sh --nightly   the long ones, the unit tests with GCC, those with threads under ThreadSanitizer, and
#                                clang-tidy
cd "$(dirname "$0")/.."
. tools/steps.sh

case ${1-} in
"")
    choice="--label-exclude nightly"
    release_options="-DCANCUOC_COMPILE_TOGETHER=ON -DCANCUOC_UNIT_TESTS=OFF"
    ;;
--nightly)
    choice="--label-regex nightly"
    release_options=
    ;;
*)
    echo "usage: sh tools/test.sh [--nightly]" >&2
    exit 1
    ;;
esac

run_tests() {
    # shellcheck disable=SC2086
    ctest --test-dir "build/$1" $choice --parallel "$jobs" --no-tests=error --output-on-failure
}

step "Installing the Debian packages that are missing"
sh tools/install_packages.sh build run test ${1:+nightly}

step "Building: GCC, optimized"
options=$release_options
build release
options=

step "Testing: GCC, optimized"
run_tests release

if [ "${1-}" = --nightly ]; then
    step "Testing: GCC, optimized, unit tests"
    ctest --test-dir build/release --tests-regex '^unit\.' --label-exclude nightly --parallel "$jobs" --no-tests=error \
        --output-on-failure
fi

step "Building: Clang, AddressSanitizer and UndefinedBehaviorSanitizer, fuzz targets"
build sanitize

step "Testing: Clang, AddressSanitizer and UndefinedBehaviorSanitizer, fuzz targets"
run_tests sanitize
end_step

[ "${1-}" = --nightly ] || exit 0

step "Building: GCC, ThreadSanitizer"
build thread-sanitize thread_tests

step "Testing what runs in threads: GCC, ThreadSanitizer"
ctest --test-dir build/thread-sanitize --label-regex threads --no-tests=error --output-on-failure

step "Checking every source file with clang-tidy"
# Rooms that may be compiled together are read together, in a third of the time. There no file is alone in including
# others', and Qt's rooms have no .clang-tidy of their own.
cmake --preset release -B build/tidy -DCANCUOC_COMPILE_TOGETHER=ON -DCANCUOC_UNIT_TESTS=OFF >build/tidy.log
check_with_clang_tidy() {
    # The build's own switches for GCC's warnings are not Clang's.
    run-clang-tidy-14 -quiet -p build/tidy -j "$jobs" -checks="$1" -extra-arg=-Wno-unknown-warning-option "$2" \
        >build/clang-tidy.log 2>&1 || {
        grep -E "(warning|error):" build/clang-tidy.log | sort -u >&2
        echo "The whole output is in build/clang-tidy.log" >&2
        return 1
    }
}
together="-bugprone-suspicious-include"
widgets="_(camera|desktop|widgets)\.dir/Unity/"
check_with_clang_tidy "$together" \
    "^$PWD/(card|host|personalization|qr|tools)/|^$PWD/build/tidy/(?!.*$widgets).*/Unity/"
check_with_clang_tidy "$together,-cppcoreguidelines-owning-memory" "$widgets"
end_step
