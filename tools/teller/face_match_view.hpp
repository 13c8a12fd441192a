// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>
#include <QPointer>

#include "tools/teller/face_matcher.hpp"

class QFileDialog;

namespace cancuoc::teller {

/// Compares the person at the counter with the portrait: asks for the camera's picture, and shows what the
/// plug-in found.
class FaceMatchView : public QLabel {
    Q_OBJECT

public:
    FaceMatchView(FaceMatcher& matcher, QWidget* parent);

    /// Asks for the file that the camera wrote, and compares it.
    void chooseFrame(const QImage& portrait);
    /// Compares a picture of the person.
    void compare(const QImage& frame, const QImage& portrait);
    void forget();

private:
    void show(const FaceMatchResult& result);

    FaceMatcher& matcher_;
    QPointer<QFileDialog> dialog_;
};

} // namespace cancuoc::teller
