// SPDX-License-Identifier: Apache-2.0
// Reads the card behind a socket with the key that comes first, forgets everything, says so, and lives on
// until the socket is closed, so that another process can look at its memory.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "host/base/error.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/inspection/inspection.hpp"
#include "tests/e2e/process_link.hpp"

using namespace cancuoc;
using test::LinkMessage;
using test::ProcessLink;

// Memory that is given back is never used again, so that what was left in it stays there to be found.
extern "C" void free(void* /*memory*/) {}

namespace {

class LinkedCard final : public Connection {
public:
    explicit LinkedCard(const ProcessLink& link) : link_(link), buffer_(ProcessLink::longestMessage) {}

    Bytes transmit(BytesView command) override {
        link_.send(LinkMessage::Command, command);
        return toBytes(link_.receive(buffer_));
    }
    void reset() override { link_.send(LinkMessage::Reset); }
    [[nodiscard]] BytesView atr() const override { return {}; }
    [[nodiscard]] std::string readerName() const override { return "another process"; }
    [[nodiscard]] std::size_t maximumCommandLength() const override { return extendedCommandLength; }
    [[nodiscard]] std::size_t maximumResponseLength() const override { return extendedResponseLength; }

private:
    const ProcessLink& link_;
    Bytes buffer_;
};

// The other process knows what is drawn.
class KnownRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> output) override {
        Bytes drawn = test::drawnBytes(number_++);
        if (output.size() > drawn.size()) {
            throw CryptographyError("more bytes are drawn than are known");
        }
        std::copy_n(drawn.begin(), output.size(), output.begin());
        wipe(drawn);
    }

private:
    std::uint64_t number_ = 0;
};

AccessKey keyOf(std::string_view text) {
    return text.size() == 6 ? AccessKey::fromCan(text) : AccessKey::fromMrz(text);
}

void read(const ProcessLink& link) {
    inspection::InspectionRequest request;
    {
        std::array<std::uint8_t, 100> password{};
        const auto given = link.receive(password);
        auto key = keyOf({reinterpret_cast<const char*>(given.data()), given.size()});
        wipe(password);
        (key.type() == PasswordType::Can ? request.keys.can : request.keys.mrz) = std::move(key);
    }
    LinkedCard card(link);
    KnownRandom random;
    const auto result = inspection::Inspection(card, random, systemClock()).run(request);
    if (!result.face) {
        throw Error("The card was not read.");
    }
}

} // namespace

int main(int argumentCount, char** arguments) {
    if (argumentCount != 2) {
        return EXIT_FAILURE;
    }
    try {
        const ProcessLink link(std::atoi(arguments[1]));
        read(link);
        link.send(LinkMessage::Done);
        std::array<std::uint8_t, 1> end{};
        static_cast<void>(link.receive(end));
    } catch (const std::exception& failure) {
        std::cerr << failure.what() << "\n";
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
