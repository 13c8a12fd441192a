// SPDX-License-Identifier: Apache-2.0
#include "tools/camera/qr_scan_dialog.hpp"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "tools/camera/preview.hpp"

namespace cancuoc::camera {

namespace {

constexpr std::chrono::milliseconds frameBudget(150);

qr::GreyImage greyImageOf(const QImage& frame) {
    const auto grey = frame.convertToFormat(QImage::Format_Grayscale8);
    qr::GreyImage image{static_cast<std::size_t>(grey.width()), static_cast<std::size_t>(grey.height()), {}};
    image.pixels.reserve(image.width * image.height);
    for (int row = 0; row < grey.height(); ++row) {
        const auto* line = grey.constScanLine(row); // lines are padded
        image.pixels.insert(image.pixels.end(), line, line + image.width);
    }
    return image;
}

} // namespace

QrScanDialog::QrScanDialog(std::unique_ptr<FrameSource> frames, IsWanted isWanted, QWidget* parent)
    : QDialog(parent), frames_(std::move(frames)), isWanted_(std::move(isWanted)),
      preview_(new Preview(this)), message_(new QLabel(this)),
      decoder_(frameBudget, [this](std::string symbol) {
          QMetaObject::invokeMethod(
              this, [this, symbol = std::move(symbol)] { take(symbol); }, Qt::QueuedConnection);
      }) {
    setWindowTitle(tr("QR code of the card"));
    setAttribute(Qt::WA_DeleteOnClose);
    message_->setObjectName("scanMessage");
    message_->setTextFormat(Qt::PlainText);
    message_->setWordWrap(true);
    message_->setText(tr("Hold the card's QR code to the camera, so that it fills a third of the picture."));
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(preview_, 1);
    layout->addWidget(message_);
    layout->addWidget(buttons);
    connect(frames_.get(), &FrameSource::arrived, this, &QrScanDialog::show);
    connect(frames_.get(), &FrameSource::failed, message_, &QLabel::setText);
}

void QrScanDialog::open() {
    QDialog::open();
    frames_->start();
}

void QrScanDialog::show(const QImage& frame) {
    preview_->show(frame);
    if (decoder_.isIdle()) {
        decoder_.look(greyImageOf(frame));
    }
}

void QrScanDialog::take(const std::string& symbol) {
    if (!isVisible()) {
        return; // the frame after the one that was taken
    }
    if (!isWanted_(symbol)) {
        message_->setText(tr("This is the QR code of something else. Hold the card's to the camera."));
        return;
    }
    emit scanned(symbol);
    accept();
}

} // namespace cancuoc::camera
