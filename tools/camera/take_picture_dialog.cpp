// SPDX-License-Identifier: Apache-2.0
#include "tools/camera/take_picture_dialog.hpp"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "tools/camera/preview.hpp"

namespace cancuoc::camera {

TakePictureDialog::TakePictureDialog(std::unique_ptr<FrameSource> frames, const QString& advice,
                                     QWidget* parent)
    : QDialog(parent), frames_(std::move(frames)), preview_(new Preview(this)), message_(new QLabel(this)),
      buttons_(new QDialogButtonBox(this)), file_(new QPushButton(tr("Choose a &file…"), this)) {
    setWindowTitle(tr("Picture with the camera"));
    setAttribute(Qt::WA_DeleteOnClose);
    message_->setObjectName("pictureMessage");
    message_->setTextFormat(Qt::PlainText);
    message_->setWordWrap(true);
    message_->setText(advice);
    take_ = buttons_->addButton(tr("&Take the picture"), QDialogButtonBox::ActionRole);
    take_->setObjectName("takePicture");
    take_->setDefault(true);
    take_->setEnabled(false); // until there is a frame
    file_->setObjectName("chooseFile");
    file_->hide();
    buttons_->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(take_, &QPushButton::clicked, this, &TakePictureDialog::take);
    connect(file_, &QPushButton::clicked, this, [this] {
        accept();
        emit fileWanted();
    });
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(preview_, 1);
    layout->addWidget(message_);
    layout->addWidget(buttons_);
    connect(frames_.get(), &FrameSource::arrived, this, &TakePictureDialog::show);
    connect(frames_.get(), &FrameSource::failed, this, &TakePictureDialog::offerFile);
}

void TakePictureDialog::open() {
    QDialog::open();
    frames_->start();
}

void TakePictureDialog::show(const QImage& frame) {
    preview_->show(frame);
    if (!take_->isEnabled()) {
        take_->setEnabled(true);
        take_->setFocus();
    }
}

void TakePictureDialog::offerFile(const QString& why) {
    message_->setText(why + ' ' + tr("The picture can be taken from a file instead."));
    disconnect(frames_.get(), &FrameSource::arrived, this, nullptr); // one that comes late is not taken
    take_->setEnabled(false);
    buttons_->addButton(file_, QDialogButtonBox::ActionRole);
    file_->show();
    file_->setDefault(true);
    file_->setFocus();
}

void TakePictureDialog::take() {
    const auto frame = preview_->frame();
    accept();
    emit taken(frame);
}

} // namespace cancuoc::camera
