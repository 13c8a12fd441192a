// SPDX-License-Identifier: Apache-2.0
#include "host/lds/mrz_transliteration.hpp"
#include "host/lds/vietnamese_machine_readable_zone.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string name = toText({data, size});
    constexpr Date birth{std::chrono::year(2099), std::chrono::January, std::chrono::day(1)};
    try {
        const std::string written = lds::transliterate(name);
        if (lds::transliterate(written) != written) {
            std::abort();
        }
        const auto lines = lds::vietnameseMachineReadableZone(
                               {"001299000001", name, birth, lds::Sex::Male, std::nullopt, "VNM"})
                               .lines();
        if (lines.size() != 3 || lines.back().size() != 30) {
            std::abort();
        }
    } catch (const MalformedData&) {
        return 0;
    }
    return 0;
}
