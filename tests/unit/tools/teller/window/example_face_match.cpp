// SPDX-License-Identifier: Apache-2.0
// The smallest plug-in there can be, as a bank would build it: it finds every picture like itself.
#include <QObject>

#include "tools/teller/face_match_plugin.hpp"

namespace {

using cancuoc::teller::FaceMatchPlugin;
using cancuoc::teller::FaceMatchResult;

class ExampleFaceMatch : public QObject, public FaceMatchPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "org.cancuoc.FaceMatch/1")
    Q_INTERFACES(cancuoc::teller::FaceMatchPlugin)

public:
    [[nodiscard]] QString name() const override { return "Example 1"; }
    [[nodiscard]] bool isAvailable() const override { return true; }
    [[nodiscard]] FaceMatchResult compare(const QImage& cameraFrame, const QImage& chipPortrait) override {
        return {.score = cameraFrame == chipPortrait ? 1.0 : 0.0, .threshold = 0.5, .reason = {}};
    }
};

} // namespace

#include "example_face_match.moc"
