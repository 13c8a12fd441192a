// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>

#include "host/sdk/include/cancuoc.h"
#include "host/trust/terminal_keys.hpp"

namespace cancuoc::sdk {

/// What a cancuoc_certificates names: takes the certificates that the program gives.
class Certificates {
public:
    /// Throws MalformedData.
    void add(BytesView certificate);
    [[nodiscard]] std::vector<trust::CvCertificate> taken() const;

private:
    mutable std::mutex mutex_;
    std::vector<trust::CvCertificate> certificates_;
};

/// Terminal keys behind the program's functions.
[[nodiscard]] trust::TerminalKeys terminalKeysOf(const cancuoc_terminal& terminal);

} // namespace cancuoc::sdk
