// SPDX-License-Identifier: Apache-2.0
#include "tools/camera/device_camera.hpp"

#include <QCameraDevice>
#include <QVideoFrame>

namespace cancuoc::camera {

namespace {

QCameraDevice deviceNamed(const QString& name) {
    if (name.isEmpty()) {
        return QMediaDevices::defaultVideoInput();
    }
    for (const auto& device : QMediaDevices::videoInputs()) {
        if (device.description().contains(name, Qt::CaseInsensitive)) {
            return device;
        }
    }
    return {};
}

} // namespace

DeviceCamera::DeviceCamera(QString name) : name_(std::move(name)) {
    session_.setVideoSink(&sink_);
    connect(&sink_, &QVideoSink::videoFrameChanged, this, [this](const QVideoFrame& frame) {
        if (const auto image = frame.toImage(); !image.isNull()) {
            emit arrived(image);
        }
    });
    connect(&devices_, &QMediaDevices::videoInputsChanged, this, &DeviceCamera::requireStillThere);
}

void DeviceCamera::start() {
    const auto device = deviceNamed(name_);
    if (!device.isNull()) {
        open(device);
    } else if (name_.isEmpty()) {
        emit failed(tr("No camera is connected to this computer."));
    } else {
        emit failed(tr("No camera with the name “%1” is connected to this computer.").arg(name_));
    }
}

void DeviceCamera::open(const QCameraDevice& device) {
    camera_ = std::make_unique<QCamera>(device);
    connect(camera_.get(), &QCamera::errorOccurred, this,
            [this](QCamera::Error /*error*/, const QString& why) {
                emit failed(tr("The camera cannot be used: %1").arg(why));
            });
    session_.setCamera(camera_.get());
    camera_->start();
}

void DeviceCamera::requireStillThere() {
    if (camera_ != nullptr && !QMediaDevices::videoInputs().contains(camera_->cameraDevice())) {
        emit failed(tr("The camera is no longer connected."));
    }
}

} // namespace cancuoc::camera
