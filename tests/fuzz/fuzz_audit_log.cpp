// SPDX-License-Identifier: Apache-2.0
// Whatever a log, its checkpoints or a proof hold, reading them ends in a verdict; the entries that hold
// together come out as they were written, and so do events and checkpoints that are read.
#include "host/base/error.hpp"
#include "personalization/audit/log_scan.hpp"
#include "personalization/audit/proof.hpp"

#include <cstdlib>
#include <sstream>

using namespace cancuoc;
using namespace cancuoc::personalization::audit;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

void readLog(const std::string& text) {
    TreeHasher hasher;
    std::string written;
    std::istringstream input(text);
    const auto scan = scanLog(input, {}, [&](const EntryLine& entry) {
        Hash hash{};
        written += encodeLine(entry.index, entry.previous, entry.event, hasher, hash);
        require(hash == entry.hash);
        try {
            require(encode(decodeEvent(entry.event)) == entry.event);
        } catch (const MalformedData&) {
        }
    });
    require(text.compare(0, written.size(), written) == 0 && scan.size == written.size());
    require(scan.firstWrong || scan.size + scan.tornBytes == text.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = toText({data, size});
    readLog(text);
    try {
        require(encode(decodeEvent(text)) == text);
    } catch (const MalformedData&) {
    }
    try {
        std::string written;
        for (const auto& checkpoint : decodeCheckpoints(text)) {
            written += checkpoint.encode() + "\n";
        }
        require(text.compare(0, written.size(), written) == 0);
    } catch (const MalformedData&) {
    }
    try {
        static_cast<void>(Proof::decode(text).objection({}));
    } catch (const MalformedData&) {
    }
    return 0;
}
