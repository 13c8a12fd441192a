// SPDX-License-Identifier: Apache-2.0
#include "host/base/error.hpp"

namespace cancuoc {

CardError::CardError(const std::string& message, std::uint16_t statusWord)
    : Error(message), statusWord_(statusWord) {}

SecureMessagingError::SecureMessagingError(const std::string& message, std::uint16_t statusWord)
    : Error(message), statusWord_(statusWord) {}

} // namespace cancuoc
