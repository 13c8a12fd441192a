// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace cancuoc::bench {

/// Microseconds for one secured READ BINARY of 223 bytes on the terminal's side.
struct SecureMessagingTimes {
    double wrapAndUnwrap = 0; ///< SecureMessaging: protect the command, check and decrypt the response
    double rawCryptography =
        0; ///< OpenSSL alone: CMAC over the same bytes twice, AES-CBC over the same bytes
};

/// Over `rounds` reads in batches, both sides by turns, so that what else the machine does falls on both; the
/// median of the batches.
[[nodiscard]] SecureMessagingTimes measureSecureMessaging(std::size_t rounds);

} // namespace cancuoc::bench
