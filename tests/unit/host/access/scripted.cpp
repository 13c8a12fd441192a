// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/host/access/scripted.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

namespace cancuoc::test {

ScriptedConnection::ScriptedConnection(std::initializer_list<Exchange> script) {
    for (const Exchange& exchange : script) {
        script_.emplace_back(fromHex(exchange.command), fromHex(exchange.response));
    }
}

Bytes ScriptedConnection::transmit(BytesView command) {
    if (script_.empty()) {
        throw std::logic_error("A command after the end of the script: " + toHex(command));
    }
    const auto [expected, response] = script_.front();
    script_.pop_front();
    CHECK(toHex(command) == toHex(expected));
    return response;
}

ScriptedRandom::ScriptedRandom(std::string_view hex) {
    const Bytes bytes = fromHex(hex);
    bytes_.assign(bytes.begin(), bytes.end());
}

void ScriptedRandom::fill(std::span<std::uint8_t> output) {
    if (output.size() > bytes_.size()) {
        throw std::logic_error("More random bytes are drawn than the script holds.");
    }
    std::copy_n(bytes_.begin(), output.size(), output.begin());
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(output.size()));
}

} // namespace cancuoc::test
