# SPDX-License-Identifier: Apache-2.0
# What demo.sh and test.sh share; they source it. Each step is announced, timed, and named when it fails.
set -eu

name=${0##*/}
current_step=
step_started=$(date +%s)
trap 'status=$?; [ "$status" -eq 0 ] || echo "$name: stopped at: ${current_step:-the start} (exit status $status)" >&2' EXIT

seconds_since() {
    echo $(($(date +%s) - $1))
}

step() {
    if [ -n "$current_step" ]; then
        echo "    done in $(seconds_since "$step_started") s"
    fi
    current_step=$*
    step_started=$(date +%s)
    echo
    echo "==> $current_step"
}

# The number of cores, for builds and tests.
jobs=$(nproc 2>/dev/null || echo 2)

# build PRESET [TARGET]...: configures and builds quietly; the whole output only when it fails.
build() {
    preset=$1
    shift
    log=build/$preset.log
    mkdir -p build
    if ! { cmake --preset "$preset" && cmake --build "build/$preset" --parallel "$jobs" ${1:+--target "$@"}; } \
        >"$log" 2>&1; then
        tail -n 60 "$log" >&2
        echo "The whole output is in $log" >&2
        return 1
    fi
}
