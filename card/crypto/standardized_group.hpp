// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/crypto/elliptic_curve.hpp"
#include "card/crypto/modp_group.hpp"

#include <optional>

namespace cancuoc::card::crypto {

/// The group of any standardized domain parameters, in place.
class StandardizedGroup {
public:
    explicit StandardizedGroup(StandardizedDomainParameters id) {
        if (isModpGroup(id)) {
            modp_.emplace(id);
        } else {
            curve_.emplace(id);
        }
    }

    [[nodiscard]] KeyAgreementGroup& get() {
        return modp_ ? static_cast<KeyAgreementGroup&>(*modp_) : static_cast<KeyAgreementGroup&>(*curve_);
    }
    KeyAgreementGroup* operator->() { return &get(); }

private:
    std::optional<EllipticCurve> curve_;
    std::optional<ModpGroup> modp_;
};

} // namespace cancuoc::card::crypto
