// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QTimer>

#include "tools/camera/frame_source.hpp"

namespace cancuoc::test {

/// A camera that sees the pictures of a folder, one after the other in the order of their names, and from the
/// beginning again.
class FolderFrames : public camera::FrameSource {
    Q_OBJECT

public:
    /// @param folder empty: fails
    explicit FolderFrames(QString folder) : folder_(std::move(folder)) {
        connect(&timer_, &QTimer::timeout, this, &FolderFrames::next);
    }

    void start() override {
        if (folder_.isEmpty()) {
            emit failed("There are no frames.");
        } else {
            timer_.start(20);
        }
    }

private:
    void next() {
        const auto names = QDir(folder_).entryList({"*.png"}, QDir::Files, QDir::Name);
        emit arrived(QImage(folder_ + "/" + names[at_++ % names.size()]));
    }

    QString folder_;
    QTimer timer_;
    qsizetype at_ = 0;
};

} // namespace cancuoc::test
