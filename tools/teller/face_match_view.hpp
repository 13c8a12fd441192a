// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>
#include <QPointer>

#include "tools/camera/frame_source.hpp"
#include "tools/teller/face_matcher.hpp"

class QDialog;

namespace cancuoc::teller {

/// Compares the person at the counter with the portrait: takes their picture with the camera, or asks for a
/// file where there is none, and shows what the plug-in found.
class FaceMatchView : public QLabel {
    Q_OBJECT

public:
    /// @param matcher outlives the view
    FaceMatchView(FaceMatcher& matcher, camera::MakeFrameSource makeCamera, QWidget* parent);

    /// Shows what the camera sees, and compares the picture that is taken.
    void takeFrame(const QImage& portrait);
    /// Compares a picture of the person.
    void compare(const QImage& frame, const QImage& portrait);
    void forget();

private:
    void chooseFile(const QImage& portrait);
    void show(const FaceMatchResult& result);

    FaceMatcher& matcher_;
    camera::MakeFrameSource makeCamera_;
    QPointer<QDialog> dialog_;
};

} // namespace cancuoc::teller
