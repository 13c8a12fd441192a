// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

namespace cancuoc::lds {
struct DocumentSecurityObject;
}

namespace cancuoc::personalization {

/// Whoever signs the Document Security Objects of cards.
class SecurityObjectSigner {
public:
    SecurityObjectSigner() = default;
    SecurityObjectSigner(const SecurityObjectSigner&) = delete;
    SecurityObjectSigner& operator=(const SecurityObjectSigner&) = delete;
    SecurityObjectSigner(SecurityObjectSigner&&) = default;
    SecurityObjectSigner& operator=(SecurityObjectSigner&&) = default;
    virtual ~SecurityObjectSigner() = default;

    /// The whole EF.SOD over `securityObject`. Any number of threads may call it.
    /// @throws BadConfiguration when nothing may be signed now, CryptographyError when signing fails
    [[nodiscard]] virtual Bytes sign(const lds::DocumentSecurityObject& securityObject) const = 0;
};

} // namespace cancuoc::personalization
