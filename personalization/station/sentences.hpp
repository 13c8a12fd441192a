// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <QString>

namespace cancuoc::station {

/// What the line's other parts say in English, in the language of the moment: a sentence is known by its
/// form, and what stands in it is kept. One that is not known stays English.
[[nodiscard]] QString sentence(const std::string& text);

} // namespace cancuoc::station
