// SPDX-License-Identifier: Apache-2.0
#include "host/reader/card_source.hpp"

namespace cancuoc {

namespace {
constexpr int mostResets = 3;
}

bool CardResetter::answersAgain(const CardRemoved& lost, Connection& connection) {
    if (dynamic_cast<const CardReset*>(&lost) == nullptr || resets_ == mostResets) {
        return false;
    }
    ++resets_;
    try {
        connection.reset();
        return true;
    } catch (const NoCard&) {
    } catch (const CardRemoved&) {
    }
    return false;
}

} // namespace cancuoc
