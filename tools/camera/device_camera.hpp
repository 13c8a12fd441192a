// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCamera>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QVideoSink>

#include "tools/camera/frame_source.hpp"

namespace cancuoc::camera {

/// A camera of this computer.
class DeviceCamera : public FrameSource {
    Q_OBJECT

public:
    /// @param name the camera's name or a part of it; empty for the one that the system prefers
    explicit DeviceCamera(QString name);

    /// Fails when there is no such camera.
    void start() override;

private:
    void open(const QCameraDevice& device);
    void requireStillThere();

    QString name_;
    QMediaDevices devices_;
    QMediaCaptureSession session_;
    QVideoSink sink_;
    std::unique_ptr<QCamera> camera_;
};

} // namespace cancuoc::camera
