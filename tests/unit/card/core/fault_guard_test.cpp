// SPDX-License-Identifier: Apache-2.0
#include "card/core/fault_guard.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace cancuoc::card;

namespace {

// Writes down what happens in which order.
class Record final : public Delay {
public:
    explicit Record(std::string& events) : events_(&events) {}

    void wait(std::uint32_t) override {}
    void scatter() override { *events_ += "pause "; }

private:
    std::string* events_;
};

} // namespace

TEST_CASE("a guarded decision is taken twice, each time after a pause") {
    std::string events;
    Record delay(events);
    FaultGuard guard(delay);
    CHECK(guard.holds([&] {
        events += "decision ";
        return true;
    }));
    CHECK(events == "pause decision pause decision ");
}

TEST_CASE("a decision that says yes once and no once denies") {
    std::string events;
    Record delay(events);
    FaultGuard guard(delay);
    bool next = true;
    CHECK_FALSE(guard.holds([&] { return std::exchange(next, !next); }));
    next = false;
    CHECK_FALSE(guard.holds([&] { return std::exchange(next, !next); }));
    CHECK_FALSE(guard.holds([] { return false; }));
}

TEST_CASE("a decision denies until it grants") {
    CHECK_FALSE(SecureBool().isGranted());
    CHECK_FALSE(SecureBool(false).isGranted());
    CHECK(SecureBool(true).isGranted());
}
