// SPDX-License-Identifier: Apache-2.0
#include "host/base/error.hpp"
#include "host/trace/redaction.hpp"
#include "host/trace/replay.hpp"

#include <cstdlib>

using namespace cancuoc;

// A trace from anywhere: what is read comes out of its file again, can be redacted, and its replay ends.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    trace::Trace trace;
    try {
        trace = trace::read(std::string_view(reinterpret_cast<const char*>(data), size));
    } catch (const MalformedData&) {
        return 0;
    }
    SystemRandom random;
    const auto redacted = trace::redact(trace, random);
    if (!(trace::read(trace::write(trace)) == trace) || !(trace::read(trace::write(redacted)) == redacted)) {
        std::abort();
    }
    try {
        trace::Replay replay(std::move(trace), random);
        const auto card = replay.connect();
        inspection::Inspection inspection(*card, replay.random(), replay.clock());
        replay.attachTo(inspection);
        replay.finish(inspection.run(replay.request()));
    } catch (const Error&) {
    }
    return 0;
}
