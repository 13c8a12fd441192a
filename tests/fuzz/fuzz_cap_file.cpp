// SPDX-License-Identifier: Apache-2.0
// A CAP file is refused as malformed, or its load file data hold the components that it was read from. The
// first byte chooses: the rest is an archive, or the contents of three components with their lengths.
#include "host/base/error.hpp"
#include "personalization/globalplatform/cap_file.hpp"

#include <algorithm>
#include <cstdlib>

using namespace cancuoc;
using personalization::CapComponents;
using personalization::CapFile;

namespace {

Bytes component(std::uint8_t tag, BytesView content) {
    return concat(Bytes{tag}, toBigEndian(content.size(), 2), content);
}

// Length in one byte, content; the rest of the components are as short as they may be.
CapComponents componentsOf(BytesView input) {
    const auto take = [&input] {
        const std::size_t size = input.empty() ? 0 : std::min<std::size_t>(input[0], input.size() - 1);
        const BytesView content = input.empty() ? input : input.subspan(1, size);
        input = input.empty() ? input : input.subspan(1 + size);
        return content;
    };
    const Bytes header = component(1, take());
    const Bytes applet = component(3, take());
    const Bytes import = component(4, take());
    return {{"Header", header},
            {"Applet", applet},
            {"Import", import},
            {"Directory", component(2, {})},
            {"ConstantPool", component(5, {})},
            {"Class", component(6, {})},
            {"Method", component(7, {})},
            {"StaticField", component(8, {})},
            {"RefLocation", component(9, {})}};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const BytesView rest(data + 1, size - 1);
    try {
        const CapComponents components =
            (data[0] & 1) == 0 ? personalization::readCapComponents(rest) : componentsOf(rest);
        const CapFile cap(components);
        const Bytes loaded = cap.loadFileData();
        const Bytes& header = components.at("Header");
        if (loaded.size() < header.size() || !std::equal(header.begin(), header.end(), loaded.begin()) ||
            cap.package().identifier.size() < 5) {
            std::abort();
        }
    } catch (const MalformedData&) {
    }
    return 0;
}
