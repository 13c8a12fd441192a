// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/fault_guard.hpp"

#include <cstdint>

namespace cancuoc::card::emrtd {

/// What a terminal must have proven before it may read a file or use a key (Doc 9303-10, 3.6 and Doc
/// 9303-11, 2).
enum class AccessCondition : std::uint8_t {
    Never,
    Always,
    /// PACE or Basic Access Control.
    DocumentAccess,
    /// Terminal Authentication with the right to read fingerprints.
    FingerprintAccess,
    /// Terminal Authentication with the right to read irises.
    IrisAccess,
};

/// The terminal's rights in this session.
struct AccessRights {
    /// It proved knowledge of a password by PACE or Basic Access Control, or the document asks for none.
    SecureBool documentAccess;
    /// Its effective authorization after Terminal Authentication.
    SecureBool fingerprints;
    SecureBool iris;
};

/// The condition for the use of the keys of Chip and Active Authentication.
inline constexpr AccessCondition chipAuthenticationKeyCondition = AccessCondition::DocumentAccess;
inline constexpr AccessCondition activeAuthenticationKeyCondition = AccessCondition::DocumentAccess;

/// Whether `rights` meet `condition`.
[[nodiscard]] inline bool meets(const AccessRights& rights, AccessCondition condition) {
    switch (condition) {
    case AccessCondition::Always:
        return true;
    case AccessCondition::DocumentAccess:
        return rights.documentAccess.isGranted();
    case AccessCondition::FingerprintAccess:
        return rights.documentAccess.isGranted() && rights.fingerprints.isGranted();
    case AccessCondition::IrisAccess:
        return rights.documentAccess.isGranted() && rights.iris.isGranted();
    case AccessCondition::Never:
        break;
    }
    return false;
}

/// The one place where access is granted, guarded against injected faults.
class AccessControl {
public:
    explicit AccessControl(FaultGuard guard) : guard_(guard) {}

    /// Whether a terminal with `rights` may use what stands under `condition`.
    [[nodiscard]] bool grants(const AccessRights& rights, AccessCondition condition) {
        return guard_.holds([&] { return meets(rights, condition); });
    }

private:
    FaultGuard guard_;
};

} // namespace cancuoc::card::emrtd
