// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/face_match_view.hpp"

#include <QFileDialog>
#include <QImageReader>

#include "tools/teller/dismissal.hpp"

namespace cancuoc::teller {

FaceMatchView::FaceMatchView(FaceMatcher& matcher, QWidget* parent) : QLabel(parent), matcher_(matcher) {
    setObjectName("faceMatch");
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    hide();
    connect(&matcher_, &FaceMatcher::compared, this, &FaceMatchView::show);
}

void FaceMatchView::chooseFrame(const QImage& portrait) {
    dialog_ = new QFileDialog(window(), tr("Picture of the person at the counter"));
    dialog_->setFileMode(QFileDialog::ExistingFile);
    dialog_->setNameFilter("*.jpg *.jpeg *.png");
    dialog_->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog_, &QFileDialog::fileSelected, this, [this, portrait](const QString& file) {
        QImageReader reader(file);
        reader.setAutoTransform(true); // cameras lay pictures on their side and say so
        compare(reader.read(), portrait);
    });
    dialog_->open();
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
    dismiss(dialog_);
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
