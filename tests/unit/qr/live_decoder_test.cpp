// SPDX-License-Identifier: Apache-2.0
#include "qr/live_decoder.hpp"

#include <future>

#include <doctest/doctest.h>

#include "qr/drawing.hpp"

using namespace cancuoc;
using namespace cancuoc::qr;
using namespace std::chrono_literals;

namespace {

GreyImage blank(std::size_t side) {
    return {side, side, Bytes(side * side, 220)};
}

} // namespace

TEST_CASE("a symbol is found in the frame that has it") {
    std::promise<std::string> found;
    LiveDecoder decoder(1s, [&found](std::string symbol) { found.set_value(std::move(symbol)); });
    CHECK(decoder.isIdle());
    for (int frame = 0; frame < 3; ++frame) {
        decoder.look(blank(200));
    }
    decoder.look(toRaster(Symbol::encode("001299000001|nobody"), {4, 0}));
    CHECK(found.get_future().get() == "001299000001|nobody");
}

TEST_CASE("of the frames that come while one is looked at, the last is looked at next") {
    std::mutex mutex;
    std::vector<std::string> looked;
    std::promise<void> isLooking;
    std::promise<void> goOn;
    std::promise<void> isThird;
    LiveDecoder decoder(10s, [&](std::string symbol) {
        const std::lock_guard lock(mutex);
        looked.push_back(std::move(symbol));
        if (looked.size() == 1) {
            isLooking.set_value();
            goOn.get_future().wait();
        } else {
            isThird.set_value();
        }
    });
    decoder.look(toRaster(Symbol::encode("first"), {4, 0}));
    isLooking.get_future().wait();
    CHECK_FALSE(decoder.isIdle());
    decoder.look(toRaster(Symbol::encode("second"), {4, 0}));
    decoder.look(toRaster(Symbol::encode("third"), {4, 0}));
    goOn.set_value();
    isThird.get_future().wait();
    const std::lock_guard lock(mutex);
    CHECK(looked == std::vector<std::string>{"first", "third"});
}
