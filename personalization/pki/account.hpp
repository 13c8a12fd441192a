// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cancuoc::personalization {

/// The account that the process runs under: whoever is answerable for what it does.
[[nodiscard]] std::string accountName();

} // namespace cancuoc::personalization
