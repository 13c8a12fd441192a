// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

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

/// Makes the camera of a counter anew, whenever it is needed.
using MakeFrameSource = std::function<std::unique_ptr<FrameSource>()>;

} // namespace cancuoc::camera
