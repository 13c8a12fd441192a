# SPDX-License-Identifier: Apache-2.0
# What demo.sh and test.sh share; they source it. Each step is announced, timed, and named when it fails; with
# $stages set, its name and seconds go to that file.
set -eu

name=${0##*/}
stages=
current_step=
trap 'status=$?; [ "$status" -eq 0 ] || echo "$name: stopped at: ${current_step:-the start} (exit status $status)" >&2' EXIT

now() {
    date +%s.%N
}

step() {
    end_step
    current_step=$*
    step_started=$(now)
    echo
    echo "==> $current_step"
}

end_step() {
    [ -n "$current_step" ] || return 0
    seconds=$(echo "$step_started $(now)" | awk '{ printf "%.1f", $2 - $1 }')
    echo "    done in $seconds s"
    [ -z "$stages" ] || printf '%s\t%s\n' "$current_step" "$seconds" >>"$stages"
    current_step=
}

# The number of cores, for builds and tests.
jobs=$(nproc 2>/dev/null || echo 2)

# build PRESET [TARGET]...: configures with what stands in $options besides and builds quietly; the whole output only
# when it fails.
options=
build() {
    preset=$1
    shift
    log=build/$preset.log
    mkdir -p build
    if ! { cmake --preset "$preset" $options && cmake --build "build/$preset" --parallel "$jobs" ${1:+--target "$@"}; } \
        >"$log" 2>&1; then
        tail -n 60 "$log" >&2
        echo "The whole output is in $log" >&2
        return 1
    fi
}
