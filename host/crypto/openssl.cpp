// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/openssl.hpp"

#include <openssl/err.h>

#include <string>

namespace cancuoc {

CryptographyError opensslError(std::string_view action) {
    const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    std::string message(action);
    if (reason != nullptr) {
        message += std::string(" (") + reason + ")";
    }
    return CryptographyError(message + ".");
}

void requireOpenssl(int result, std::string_view action) {
    if (result != 1) {
        throw opensslError(action);
    }
}

} // namespace cancuoc
