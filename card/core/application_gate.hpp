// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/application.hpp"

namespace cancuoc::card {

/// Decides which applications the dispatcher lets serve.
class ApplicationGate {
public:
    /// Whether `application` may be selected and given commands now.
    [[nodiscard]] virtual bool admits(const Application& application) = 0;

protected:
    ~ApplicationGate() = default;
};

} // namespace cancuoc::card
