#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Programs of others, in C, C++ and Python, are built against the installed SDK alone and read a card.
# Arguments: build folder, folder of the example programs, cancuoc, the folder of issued cards, the program that makes
# chips of every profile.
. "$(dirname "$0")/../../interop/common.sh"
sources=$(cd "$(dirname "$0")/../../.." && pwd)
build=$1
examples=$2
cancuoc=$3
issued=$4/explicit
strangers=$4/named/trust
number=$(issued_card "$issued")
profile_cards=$5
prefix=$scratch/prefix

step "the SDK is installed"
must cmake --install "$build" --component sdk --prefix "$prefix" >/dev/null
library=$(dirname "$(find "$prefix" -name libcancuoc.so)")
python=$(dirname "$(find "$prefix" -name cancuoc.py)")
export LD_LIBRARY_PATH="$library" PYTHONPATH="$python" PYTHONDONTWRITEBYTECODE=1
export PKG_CONFIG_PATH="$library/pkgconfig"

step "programs are built with its CMake package, from a copy of the examples"
cp -R "$examples" "$scratch/examples"
must cmake -G Ninja -S "$scratch/examples" -B "$scratch/with-cmake" -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
must cmake --build "$scratch/with-cmake" >/dev/null

step "programs are built with pkg-config"
flags="$(pkg-config --cflags --libs cancuoc)"
[ "$(pkg-config --modversion cancuoc)" = 1.0.0 ] || fail "pkg-config tells another version"
# shellcheck disable=SC2086
must cc -std=c99 -Wall -Wextra -Wpedantic -Werror "$scratch/examples/read_card.c" -o "$scratch/read_card_c" $flags
# shellcheck disable=SC2086
must c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror "$scratch/examples/read_card.cpp" -o "$scratch/read_card_cpp" $flags

step "the program in C ends with the verdict, and with an error whatever fails after it"
# In the library's place: each function succeeds, or ends with the status that the environment has for its name.
cat >"$scratch/stand_in.c" <<'PROGRAM'
#include <cancuoc.h>
#include <stdlib.h>
#include <string.h>

static cancuoc_status end(const char* name, cancuoc_error* error) {
    const char* status = getenv(name);
    if (status == NULL) {
        return CANCUOC_OK;
    }
    error->status = atoi(status);
    strcpy(error->message, name);
    return error->status;
}

#define FUNCTION(name, ...) \
    cancuoc_status cancuoc_##name(__VA_ARGS__, cancuoc_error* error) { return end(#name, error); }

FUNCTION(trust_store_open, const char* directory, cancuoc_trust_store** store)
FUNCTION(trust_store_close, cancuoc_trust_store* store)
FUNCTION(reading_open, cancuoc_reading** reading)
FUNCTION(reading_close, cancuoc_reading* reading)
FUNCTION(reading_set_key, cancuoc_reading* reading, cancuoc_key kind, const char* text)
FUNCTION(reading_set_trust_store, cancuoc_reading* reading, cancuoc_trust_store* store)
FUNCTION(reading_set_waits, cancuoc_reading* reading, int64_t card, int64_t resume, int64_t total)
FUNCTION(reading_run, cancuoc_reading* reading, cancuoc_result** result)
FUNCTION(result_close, cancuoc_result* result)

cancuoc_status cancuoc_result_verdict(cancuoc_result* result, cancuoc_verdict* verdict, cancuoc_error* error) {
    *verdict = CANCUOC_GENUINE;
    return end("result_verdict", error);
}

cancuoc_status cancuoc_result_field(cancuoc_result* result, cancuoc_field field, char* buffer, size_t capacity,
                                    size_t* length, cancuoc_error* error) {
    const cancuoc_status status = end("result_field", error);
    if (status == CANCUOC_OK) {
        strcpy(buffer, "A");
    }
    return status;
}
PROGRAM
# shellcheck disable=SC2046
must cc -std=c99 "$scratch/examples/read_card.c" "$scratch/stand_in.c" -o "$scratch/on_stand_in" \
    $(pkg-config --cflags cancuoc)
must_fail 0 "$scratch/on_stand_in" 1 2
must_say 'A: genuine'
must_fail 0 env result_field=4 "$scratch/on_stand_in" 1 2 # CANCUOC_NOT_FOUND: a passport has no DG13
must_say '?: genuine'
for failing in result_field=3 result_verdict=4 reading_run=9 reading_set_trust_store=2 trust_store_open=15; do
    must_fail 2 env "$failing" "$scratch/on_stand_in" 1 2
    must_say "${failing%=*}"
done

insert_chip "$cancuoc" "$issued/chips/$number.chip"
wait_for_card
for program in "$scratch/read_card_c" "$scratch/read_card_cpp" "$scratch/with-cmake/read_card_c" \
    "$scratch/with-cmake/read_card_cpp" "python3 $scratch/examples/read_card.py"; do
    step "$program says genuine, and does not with a stranger's anchor"
    # shellcheck disable=SC2086
    must $program "$number" "$issued/trust" >"$scratch/said"
    grep -q ': genuine$' "$scratch/said" || fail "it said: $(cat "$scratch/said")"
    # shellcheck disable=SC2086
    must_fail 3 $program "$number" "$strangers"
    # shellcheck disable=SC2086
    must_fail 2 $program 001299999999 "$issued/trust"
    [ "$(printf '%s\n' "$said" | wc -l)" = 1 ] || fail "no single sentence: $said"
done

step "a program in C watches the readers, waits for the card and reads the one that it names"
cat >"$scratch/watch.c" <<'PROGRAM'
#include <cancuoc.h>
#include <stdio.h>
#include <string.h>

#define MUST(call) if ((call) != CANCUOC_OK) { fprintf(stderr, "%s: %s\n", #call, error.message); return 1; }

int main(int count, char** arguments) {
    cancuoc_error error = {0};
    cancuoc_monitor* monitor = NULL;
    cancuoc_reading* reading = NULL;
    cancuoc_result* result = NULL;
    cancuoc_reader readers[8], reader;
    cancuoc_reader_event event;
    size_t readers_there = 0, cards = 0, at;
    int arrived = 0, inserted = 0;
    (void)count;
    MUST(cancuoc_monitor_open(&monitor, &error))
    MUST(cancuoc_monitor_wait_for_card(monitor, "", 10000, &reader, &error))
    MUST(cancuoc_monitor_readers(monitor, readers, 8, &readers_there, &error))
    for (at = 0; at < readers_there; ++at) {
        cards += readers[at].card_present;
    }
    while (cancuoc_monitor_next_event(monitor, 200, &event, &readers[0], &error) == CANCUOC_OK) {
        arrived += event == CANCUOC_READER_ARRIVED;
        inserted += event == CANCUOC_CARD_INSERTED;
    }
    if (error.status != CANCUOC_TIMEOUT || readers_there < 1 || cards != 1 || arrived < 1 || inserted != 1 ||
        reader.atr_length == 0) {
        fprintf(stderr, "%u readers, %u cards, %d arrived, %d inserted\n", (unsigned)readers_there, (unsigned)cards,
                arrived, inserted);
        return 1;
    }
    MUST(cancuoc_reading_open(&reading, &error))
    MUST(cancuoc_reading_set_reader(reading, reader.name, &error))
    MUST(cancuoc_reading_set_key(reading, CANCUOC_KEY_NUMBER, arguments[1], &error))
    MUST(cancuoc_reading_run(reading, &result, &error))
    MUST(cancuoc_result_close(result, &error))
    MUST(cancuoc_reading_set_reader(reading, "no such reader", &error))
    if (cancuoc_reading_run(reading, &result, &error) != CANCUOC_READER_UNAVAILABLE) {
        return 1;
    }
    MUST(cancuoc_reading_close(reading, &error))
    MUST(cancuoc_monitor_close(monitor, &error))
    return 0;
}
PROGRAM
# shellcheck disable=SC2086
must cc -std=c99 "$scratch/watch.c" -o "$scratch/watch" $flags
must "$scratch/watch" "$number"

step "and one in C++"
cat >"$scratch/watch.cpp" <<'PROGRAM'
#include <cancuoc.hpp>

#include <algorithm>
#include <iostream>

int main(int, char** arguments) {
    try {
        cancuoc::Monitor monitor;
        const auto reader = monitor.waitForCard("Virtual", 10000);
        const auto readers = monitor.readers();
        const auto inserted = [&] {
            while (const auto event = monitor.next(200)) {
                if (event->kind == CANCUOC_CARD_INSERTED && event->reader.name == std::string(reader.name)) {
                    return true;
                }
            }
            return false;
        };
        const bool listed = std::any_of(readers.begin(), readers.end(), [&](const cancuoc_reader& one) {
            return one.name == std::string(reader.name) && one.card_present == 1;
        });
        const bool told = inserted();
        monitor.close();
        return listed && told && cancuoc::Reading().reader(reader.name).key(CANCUOC_KEY_NUMBER, arguments[1])
                                                .run().fileNames().size() > 5 ? 0 : 1;
    } catch (const cancuoc::Failure& failure) {
        std::cerr << failure.what() << '\n';
        return 1;
    }
}
PROGRAM
# shellcheck disable=SC2086
must c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror "$scratch/watch.cpp" -o "$scratch/watch_cpp" $flags
must "$scratch/watch_cpp" "$number"

step "all of the library is there in Python"
mkdir "$scratch/profiles"
must "$profile_cards" "$scratch/profiles"
must "$cancuoc" trust import --store "$scratch/profiles/trust" "$scratch/profiles/csca.cer" >/dev/null
must python3 "$(dirname "$0")/read_in_python.py" "$cancuoc" "$number" "$issued/trust" \
    "$scratch/profiles/European-passport.chip" "$scratch/profiles/trust" "$scratch/profiles/terminal"

step "what an observer raises in Python comes out of run()"
must python3 - "$number" <<'PROGRAM'
import sys
from cancuoc import Reading

class Enough(Exception):
    pass

def observer(event):
    raise Enough

with Reading() as reading:
    try:
        reading.set_number(sys.argv[1]).set_observer(observer).run()
    except Enough:
        sys.exit(0)
sys.exit("it did not come out")
PROGRAM

step "a reading takes less than 20 MB; the time to start is told"
must python3 - "$scratch/read_card_c" "$number" "$issued/trust" <<'PROGRAM'
import resource, subprocess, sys, time

def seconds_of(program):
    begin = time.perf_counter()
    subprocess.run(program, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin

program = sys.argv[1:]
subprocess.run(program, check=True, stdout=subprocess.DEVNULL)
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
start = min(seconds_of(program[:1]) for _ in range(5))
print(f"resident at most: {most} kB, which must stay below {20 * 1024}")
print(f"to start and end, the best of five: {start * 1000:.1f} ms, which should stay below 50 on a machine at rest")
sys.exit(0 if most < 20 * 1024 else "a reading took 20 MB or more")
PROGRAM

step "what the README says reads a card in C, C++ and Python"
end_background
wait_for_no_card
cp -R "$issued" "$scratch/demo"
# Without the demonstration, whose cards are there, and without its reader: this script has one.
sed -n '/^## For a developer: the reader in your program/,$p' "$sources/README.md" | sed -n '/^```sh$/,/^```$/p' |
    sed -e '1d;/^```$/,$d;/^sh tools\/demo.sh /d' -e 's|sh tools/with_virtual_reader.sh ||' \
        -e "s|build/release|$build|;s|build/demo|$scratch/demo|g" >"$scratch/readme.sh"
(
    unset LD_LIBRARY_PATH PKG_CONFIG_PATH PYTHONPATH
    cd "$sources"
    mkdir "$scratch/home"
    must env HOME="$scratch/home" sh -eu "$scratch/readme.sh" >"$scratch/said"
)
[ "$(grep -c ': genuine$' "$scratch/said")" = 3 ] || fail "it said: $(cat "$scratch/said")"
