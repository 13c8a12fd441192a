// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QDialog>

#include "tools/camera/frame_source.hpp"

class QDialogButtonBox;
class QLabel;
class QPushButton;

namespace cancuoc::camera {

class Preview;

/// Shows what the camera sees until somebody takes the picture. Where there is no camera, a file is offered
/// in its stead.
class TakePictureDialog : public QDialog {
    Q_OBJECT

public:
    /// @param advice what is to be in the picture, in words for a person
    TakePictureDialog(std::unique_ptr<FrameSource> frames, const QString& advice, QWidget* parent);

    /// Opens the camera and the dialog, and returns.
    void open() override;

signals:
    void taken(const QImage& frame); ///< the picture, as the camera gave it; the dialog closes
    void fileWanted();               ///< the picture shall come from a file; the dialog closes

private:
    void show(const QImage& frame);
    void offerFile(const QString& why);
    void take();

    std::unique_ptr<FrameSource> frames_;
    Preview* preview_;
    QLabel* message_;
    QDialogButtonBox* buttons_;
    QPushButton* take_ = nullptr;
    QPushButton* file_; ///< among the buttons when the camera has failed
};

} // namespace cancuoc::camera
