// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <exception>
#include <string>
#include <string_view>

namespace cancuoc::test {

/// What the exception says that `action` throws; the test fails unless it is an `Expected`.
template <class Expected, class Action>
std::string messageOf(const Action& action) {
    try {
        action();
    } catch (const Expected& error) {
        return error.what();
    } catch (const std::exception& other) {
        FAIL("another exception: ", other.what());
    }
    FAIL("no exception");
    return {};
}

inline bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace cancuoc::test
