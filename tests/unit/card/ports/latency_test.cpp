// SPDX-License-Identifier: Apache-2.0
#include "card/crypto/random_generator.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "card/ports/host/latency_delay.hpp"
#include "card/ports/host/latency_model.hpp"
#include "card/ports/host/system_entropy.hpp"
#include "card/ports/host/virtual_chip.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <utility>
#include <vector>

using namespace cancuoc::card;
using host::LatencyDelay;
using host::LatencyModel;
using Bytes = std::vector<std::uint8_t>;

namespace {

LatencyModel model(std::string_view name) {
    const auto found = LatencyModel::named(name);
    REQUIRE(found.has_value());
    return *found;
}

/// A clock that stands still but when somebody waits.
class FakeClock final : public Delay {
public:
    void wait(std::uint32_t milliseconds) override { now_ += std::chrono::milliseconds(milliseconds); }
    void scatter() override {}

    [[nodiscard]] LatencyDelay::Now now() {
        return [this] { return now_; };
    }
    /// Milliseconds since the last call.
    [[nodiscard]] long long take() {
        const auto passed = now_ - std::exchange(taken_, now_);
        return std::chrono::duration_cast<std::chrono::milliseconds>(passed).count();
    }

private:
    LatencyDelay::Clock::time_point now_{};
    LatencyDelay::Clock::time_point taken_{};
};

Bytes commandOf(std::initializer_list<std::uint8_t> header, std::size_t size) {
    Bytes command(header);
    command.resize(size);
    return command;
}

double milliseconds(const LatencyModel& timing, const Bytes& command, std::size_t responseSize) {
    return timing.exchange(command, Bytes(responseSize)).count();
}

} // namespace

TEST_CASE("a model goes by the name of a chip and the rate of the link") {
    for (const auto* const name :
         {"jcop4-p71", "jcop4-p71@106", "jcop3-p60@212", "jcop2-p5@424", "cjtop@848", "smartcafe7"}) {
        CAPTURE(name);
        CHECK(LatencyModel::named(name).has_value());
    }
    for (const auto* const name :
         {"", "none", "jcop4", "jcop4-p71@", "jcop4-p71@100", "jcop4-p71@424@424", "@424", "jcop4-p71 "}) {
        CAPTURE(name);
        CHECK_FALSE(LatencyModel::named(name).has_value());
    }
    CHECK(LatencyModel::chipNames() == "jcop4-p71, jcop3-p60, jcop2-p5, cjtop, smartcafe7");
}

TEST_CASE("a plain command takes the reader's time and that of its bytes on the air") {
    // 12 and 2 bytes in a block each: (12 + 3 + 2 + 3) * 9 bits.
    const Bytes select = commandOf({0x00, 0xA4, 0x04, 0x0C}, 12);
    CHECK(milliseconds(model("jcop4-p71@106"), select, 2) == doctest::Approx(4 + 180.0 / 106));
    CHECK(milliseconds(model("jcop3-p60@848"), select, 2) == doctest::Approx(4 + 180.0 / 848));
    CHECK(milliseconds(model("jcop4-p71"), select, 2) == milliseconds(model("jcop4-p71@424"), select, 2));
    // 254 bytes no longer fit into one block.
    const Bytes read = commandOf({0x00, 0xB0, 0x00, 0x00}, 5);
    CHECK(milliseconds(model("cjtop@424"), read, 254) == doctest::Approx(4 + (5 + 3 + 254 + 6) * 9.0 / 424));
    CHECK(milliseconds(model("cjtop@424"), {}, 2) == doctest::Approx(4 + (3 + 2 + 3) * 9.0 / 424));
}

TEST_CASE("secure messaging takes a MAC over both and a cipher over the longer one") {
    for (const std::uint8_t cla : Bytes{0x0C, 0x1C, 0x84}) {
        const Bytes command = commandOf({cla, 0xB0, 0x00, 0x00}, 16);
        CHECK(milliseconds(model("jcop3-p60@424"), command, 240) ==
              doctest::Approx(4 + (16 + 3 + 240 + 3) * 9.0 / 424 + 9 * (16 + 240 + 240) / 256.0));
    }
}

TEST_CASE("protocols take the time of their key agreements and signatures") {
    struct Example {
        const char* what;
        Bytes command;
        std::size_t responseSize;
        double computing;
    };
    const auto plain = [](const Bytes& data) {
        Bytes command =
            commandOf({0x10, 0x86, 0x00, 0x00, static_cast<std::uint8_t>(data.size())}, 5 + data.size());
        std::copy(data.begin(), data.end(), command.begin() + 5);
        return command;
    };
    // jcop4-p71: a key pair 26.8 ms, an agreement 20, a signature with RSA 53.2.
    const Example examples[] = {
        {"PACE, nonce", plain({0x7C, 0x00}), 22, 0},
        {"PACE, map", plain({0x7C, 0x43, 0x81, 0x41, 0x04}), 71, 66.8},
        {"PACE, agree", plain({0x7C, 0x43, 0x83, 0x41, 0x04}), 71, 46.8},
        {"PACE, agree with DH", plain({0x7C, 0x81, 0x83, 0x83, 0x81, 0x80}), 136, 46.8},
        {"PACE, agree with DH of 2048 bits",
         {0x10, 0x86, 0x00, 0x00, 0x00, 0x01, 0x08, 0x7C, 0x82, 0x01, 0x04, 0x83, 0x82, 0x01, 0x00},
         266,
         46.8},
        {"PACE, tokens", plain({0x7C, 0x0A, 0x85, 0x08}), 14, 0},
        {"a cut command", {0x10, 0x86, 0x00, 0x00, 0x02, 0x7C}, 2, 0},
        {"Active Authentication with ECDSA", {0x00, 0x88, 0x00, 0x00, 0x08}, 66, 26.8},
        {"Active Authentication with RSA", {0x00, 0x88, 0x00, 0x00, 0x08}, 258, 53.2},
        {"a certificate's beginning", {0x10, 0x2A, 0x00, 0xBE, 0x00}, 2, 0},
        {"a certificate's end", {0x00, 0x2A, 0x00, 0xBE, 0x00}, 2, 40},
        {"MSE:Set AT", {0x00, 0x22, 0x41, 0xA4, 0x00}, 2, 0},
        {"MSE:Set KAT", {0x00, 0x22, 0x41, 0xA6, 0x00}, 2, 20},
        {"BAC", {0x00, 0x82, 0x00, 0x00, 0x28}, 42, 0},
    };
    const auto timing = model("jcop4-p71@848");
    for (const auto& example : examples) {
        CAPTURE(example.what);
        const Bytes other = commandOf({0x00, 0xB0, 0x00, 0x00}, example.command.size());
        CHECK(milliseconds(timing, example.command, example.responseSize) -
                  milliseconds(timing, other, example.responseSize) ==
              doctest::Approx(example.computing));
    }
    const Bytes read = commandOf({0x0C, 0xB0, 0x00, 0x00}, 100);
    const auto beyondReading = [&](std::uint8_t instruction) {
        return milliseconds(timing, commandOf({0x0C, instruction, 0x00, 0x00}, 100), 30) -
               milliseconds(timing, read, 30);
    };
    CHECK(beyondReading(0x86) == doctest::Approx(20)); // Chip Authentication
    CHECK(beyondReading(0x82) == doctest::Approx(40)); // Terminal Authentication
}

TEST_CASE("an exchange takes as long as the model says, whatever the chip took on this machine") {
    FakeClock clock;
    const auto timing = model("jcop4-p71@106");
    LatencyDelay delay(timing, clock, clock.now());
    const Bytes select = commandOf({0x00, 0xA4, 0x04, 0x0C}, 12);
    const Bytes done(2);
    // 5.698 ms each: the parts of milliseconds add up.
    long long all = 0;
    for (int i = 0; i < 10; ++i) {
        delay.begin();
        delay.finish(select, done, 0);
        all += clock.take();
    }
    CHECK(all == 56);

    delay.begin();
    clock.wait(3); // of the chip's work
    delay.finish(select, done, 0);
    CHECK(clock.take() == 6);

    delay.begin();
    clock.wait(100);
    delay.finish(select, done, 0);
    CHECK(clock.take() == 100);

    delay.begin();
    delay.finish(select, done, 2560); // ten times 2.8 ms
    CHECK(clock.take() == 34);

    delay.begin();
    delay.wait(100); // the chip's own delay
    delay.finish(select, done, 0);
    CHECK(clock.take() == 106); // 105.698 and what was left of the four before
}

TEST_CASE("a virtual chip takes the time of its model, and none without") {
    FakeClock clock;
    host::FlashMemory memory;
    host::SystemEntropy entropy;
    crypto::RandomGenerator random(entropy);
    host::VirtualChip chip(memory, random, model("jcop3-p60@106"), clock, clock.now());
    chip.powerOn();
    CHECK(clock.take() == 0);
    const Bytes select{0x00, 0xA4, 0x04, 0x00, 0x07, 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01};
    CHECK(chip.transmit(select).size() == 2);
    CHECK(clock.take() == 5);
    chip.powerOff();
    CHECK(chip.transmit(select).empty());
    CHECK(clock.take() == 0);
}
