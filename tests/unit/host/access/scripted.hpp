// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/reader/connection.hpp"

#include <deque>
#include <functional>
#include <string_view>
#include <utility>

namespace cancuoc::test {

/// A connection that plays one side of a published dialogue: each command must be the next of the script.
class ScriptedConnection final : public Connection {
public:
    struct Exchange {
        std::string_view command;
        std::string_view response;
    };

    explicit ScriptedConnection(std::initializer_list<Exchange> script);

    [[nodiscard]] Bytes transmit(BytesView command) override;
    void reset() override {}
    [[nodiscard]] BytesView atr() const override { return {}; }
    [[nodiscard]] std::string readerName() const override { return "script"; }
    [[nodiscard]] std::size_t maximumCommandLength() const override { return 261; }
    [[nodiscard]] std::size_t maximumResponseLength() const override { return 256; }
    [[nodiscard]] bool finished() const { return script_.empty(); }

private:
    std::deque<std::pair<Bytes, Bytes>> script_;
};

/// Gives out prepared bytes, one after another.
class ScriptedRandom final : public RandomSource {
public:
    explicit ScriptedRandom(std::string_view hex);

    void fill(std::span<std::uint8_t> output) override;
    [[nodiscard]] bool finished() const { return bytes_.empty(); }

private:
    std::deque<std::uint8_t> bytes_;
};

} // namespace cancuoc::test
