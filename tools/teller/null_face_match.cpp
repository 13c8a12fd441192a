// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/null_face_match.hpp"

#include <QCoreApplication>

namespace cancuoc::teller {

FaceMatchResult NullFaceMatch::compare(const QImage& /*cameraFrame*/, const QImage& /*chipPortrait*/) {
    return {.score = std::nullopt,
            .threshold = 1,
            .reason = QCoreApplication::translate("NullFaceMatch", "No face comparison is installed.")};
}

} // namespace cancuoc::teller
