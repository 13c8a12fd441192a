// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "host/base/error.hpp"
#include "tools/teller/counter_input.hpp"
#include "tools/teller/scanned_lines.hpp"

// Whatever a person or a scanner enters, line by line: it is held as part of an MRZ, is a problem, or opens a
// card, and then its keys can be made of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cancuoc;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    teller::ScannedLines lines;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const auto text = lines.add(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (lines.pending() >= 3 || (lines.pending() != 0 && text)) {
            std::abort();
        }
        if (!text) {
            continue;
        }
        const auto understood = teller::readCounterInput(*text);
        if (const auto* input = std::get_if<teller::CounterInput>(&understood)) {
            inspection::InspectionRequest request;
            input->access.applyTo(request); // throws nothing: what opens no card was refused before
            if (!request.keys.can && !request.keys.mrz) {
                std::abort();
            }
        }
    }
    return 0;
}
