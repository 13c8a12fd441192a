// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/face_match_view.hpp"

#include <QFileDialog>
#include <QImageReader>

#include "tools/camera/take_picture_dialog.hpp"
#include "tools/desktop/dismissal.hpp"

namespace cancuoc::teller {

FaceMatchView::FaceMatchView(FaceMatcher& matcher, camera::MakeFrameSource makeCamera, QWidget* parent)
    : QLabel(parent), matcher_(matcher), makeCamera_(std::move(makeCamera)) {
    setObjectName("faceMatch");
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    hide();
    connect(&matcher_, &FaceMatcher::compared, this, &FaceMatchView::show);
}

void FaceMatchView::takeFrame(const QImage& portrait) {
    auto* dialog = new camera::TakePictureDialog(
        makeCamera_(), tr("Let the person look into the camera, so that the face fills half of the picture."),
        window());
    dialog_ = dialog;
    connect(dialog, &camera::TakePictureDialog::taken, this,
            [this, portrait](const QImage& frame) { compare(frame, portrait); });
    connect(dialog, &camera::TakePictureDialog::fileWanted, this, [this, portrait] { chooseFile(portrait); });
    dialog->open();
}

void FaceMatchView::chooseFile(const QImage& portrait) {
    auto* dialog = new QFileDialog(window(), tr("Picture of the person at the counter"));
    dialog_ = dialog;
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter("*.jpg *.jpeg *.png");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, portrait](const QString& file) {
        QImageReader reader(file);
        reader.setAutoTransform(true); // cameras lay pictures on their side and say so
        compare(reader.read(), portrait);
    });
    dialog->open();
}

void FaceMatchView::compare(const QImage& frame, const QImage& portrait) {
    if (frame.isNull()) {
        show({.score = std::nullopt, .threshold = 1, .reason = tr("The picture cannot be read.")});
        return;
    }
    setText(tr("Comparing the faces…"));
    setVisible(true);
    matcher_.compare(frame, portrait);
}

void FaceMatchView::forget() {
    matcher_.forget();
    desktop::dismiss(dialog_);
    clear();
    hide();
}

void FaceMatchView::show(const FaceMatchResult& result) {
    if (!result.score) {
        setText("– " + tr("Faces not compared: %1").arg(result.reason));
    } else {
        const bool same = *result.score >= result.threshold;
        const auto words = same ? tr("✓ Face alike: %1 of at least %2 (%3)")
                                : tr("✕ Face NOT alike: %1 of at least %2 (%3)");
        setText(words.arg(*result.score, 0, 'f', 2).arg(result.threshold, 0, 'f', 2).arg(matcher_.name()));
    }
    setVisible(true);
}

} // namespace cancuoc::teller
