// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/face_matcher.hpp"

#include "host/base/error.hpp"
#include "tools/teller/null_face_match.hpp"

namespace cancuoc::teller {

namespace {

FaceMatchPlugin* load(QPluginLoader& loader, const QString& file) {
    auto* plugin = qobject_cast<FaceMatchPlugin*>(loader.instance());
    if (plugin == nullptr) {
        const auto why = loader.isLoaded() ? QStringLiteral("it is another plug-in.") : loader.errorString();
        throw BadConfiguration("There is no face comparison in " + file.toStdString() + ": " +
                               why.toStdString());
    }
    return plugin;
}

} // namespace

FaceMatcher::FaceMatcher() : FaceMatcher(std::make_unique<NullFaceMatch>()) {}

FaceMatcher::FaceMatcher(std::unique_ptr<FaceMatchPlugin> plugin)
    : owned_(std::move(plugin)), plugin_(owned_.get()) {
    pool_.setMaxThreadCount(1);
}

FaceMatcher::FaceMatcher(const QString& file)
    : loader_(std::make_unique<QPluginLoader>(file)), plugin_(load(*loader_, file)) {
    pool_.setMaxThreadCount(1);
}

FaceMatcher::~FaceMatcher() = default;

void FaceMatcher::compare(const QImage& cameraFrame, const QImage& chipPortrait) {
    pool_.start([this, cameraFrame, chipPortrait, comparison = ++comparison_] {
        const auto result = plugin_->compare(cameraFrame, chipPortrait);
        QMetaObject::invokeMethod(
            this,
            [this, result, comparison] {
                if (comparison == comparison_) {
                    emit compared(result);
                }
            },
            Qt::QueuedConnection);
    });
}

void FaceMatcher::forget() {
    ++comparison_;
}

} // namespace cancuoc::teller
