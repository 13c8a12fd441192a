// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_1.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

namespace {

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += line;
    }
    return text;
}

/// A zone that was read and can be written is written the same way after the next reading.
void writeZoneTwice(BytesView file) {
    try {
        const auto zone = lds::DataGroup1::decode(file).machineReadableZone;
        constexpr Date today{std::chrono::year(2027), std::chrono::January, std::chrono::day(15)};
        (void)zone.fullBirthDate(today);
        (void)zone.fullExpiryDate(today);
        (void)zone.mrzInformation();
        const auto lines = zone.lines();
        if (lds::MachineReadableZone::parse(joined(lines)).lines() != lines) {
            std::abort();
        }
    } catch (const MalformedData&) {
        return;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::decodeAndWriteBack<lds::DataGroup1>({data, size});
    writeZoneTwice({data, size});
    return 0;
}
