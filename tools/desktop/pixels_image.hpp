// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>

#include "host/biometric/pixels.hpp"

namespace cancuoc::desktop {

/// The pixels as an image of their own; empty for a picture without pixels.
[[nodiscard]] QImage imageOf(const biometric::Pixels& pixels);

} // namespace cancuoc::desktop
