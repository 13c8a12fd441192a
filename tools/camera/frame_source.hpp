// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QObject>

namespace cancuoc::camera {

/// Where frames come from, until it is destroyed.
class FrameSource : public QObject {
    Q_OBJECT

public:
    /// Begins; frames, or a failure, follow by signal.
    virtual void start() = 0;

signals:
    void arrived(const QImage& frame);
    void failed(const QString& why); ///< in words for a person; no more frames come
};

} // namespace cancuoc::camera
