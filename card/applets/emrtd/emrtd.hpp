// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/emrtd_application.hpp"
#include "card/applets/emrtd/emrtd_personalization.hpp"
#include "card/core/application_table.hpp"

namespace cancuoc::card::emrtd {

/// The travel document as the chip's table of applications takes it.
class Emrtd {
public:
    explicit Emrtd(const ApplicationServices& services)
        : application_(services), personalization_(services.store) {}

    [[nodiscard]] Application& application() { return application_; }
    [[nodiscard]] manager::Personalizable& personalization() { return personalization_; }

private:
    EmrtdApplication application_;
    EmrtdPersonalization personalization_;
};

} // namespace cancuoc::card::emrtd
