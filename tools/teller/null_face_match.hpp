// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tools/teller/face_match_plugin.hpp"

namespace cancuoc::teller {

/// The comparison of a counter without one: it compares nothing and says so.
class NullFaceMatch final : public FaceMatchPlugin {
public:
    [[nodiscard]] QString name() const override { return {}; }
    [[nodiscard]] bool isAvailable() const override { return false; }
    [[nodiscard]] FaceMatchResult compare(const QImage& cameraFrame, const QImage& chipPortrait) override;
};

} // namespace cancuoc::teller
