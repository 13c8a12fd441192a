// SPDX-License-Identifier: Apache-2.0
#include "host/trust/ldif_reader.hpp"

#include <cstdlib>
#include <string_view>

using namespace cancuoc;

// Every file ends, and its entries stand in their order.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    (void)trust::LdifReader::isLdif({data, size});
    trust::LdifReader reader(std::string_view(reinterpret_cast<const char*>(data), size));
    std::size_t line = 0;
    while (const auto entry = reader.next()) {
        if (entry->line <= line) {
            std::abort();
        }
        line = entry->line;
        (void)entry->text("changetype");
    }
    return 0;
}
