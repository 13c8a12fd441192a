// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <QDialog>

#include "qr/live_decoder.hpp"
#include "tools/camera/frame_source.hpp"

class QLabel;

namespace cancuoc::camera {

class Preview;

/// Shows what the camera sees until it sees a QR code that is wanted.
class QrScanDialog : public QDialog {
    Q_OBJECT

public:
    /// Whether a symbol is what is looked for; another is named as such, and the search goes on.
    using IsWanted = std::function<bool(const std::string& symbol)>;

    QrScanDialog(std::unique_ptr<FrameSource> frames, IsWanted isWanted, QWidget* parent);

    /// Opens the camera and the dialog, and returns.
    void open() override;

signals:
    /// The symbol that was wanted, its bytes as encoded; the dialog closes.
    void scanned(const std::string& symbol);

private:
    void show(const QImage& frame);
    void take(const std::string& symbol);

    std::unique_ptr<FrameSource> frames_;
    IsWanted isWanted_;
    Preview* preview_;
    QLabel* message_;
    qr::LiveDecoder decoder_; ///< last: its thread tells the dialog
};

} // namespace cancuoc::camera
