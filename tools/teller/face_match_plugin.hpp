// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QImage>
#include <QString>
#include <QtPlugin>

namespace cancuoc::teller {

/// What a comparison of two faces found.
struct FaceMatchResult {
    /// 0 (nobody alike) to 1 (certainly the same person); nothing when the pictures could not be compared
    std::optional<double> score{};
    /// from which score on the plug-in takes both for the same person, 0 to 1
    double threshold = 1;
    /// why there is no score, as a sentence for the teller; empty otherwise
    QString reason{};
};

/// The place where a bank puts its face comparison into the teller's reader. The project ships no model.
///
/// A plug-in is a Qt plug-in, a shared library with one class:
///
///     class OurFaceMatch : public QObject, public cancuoc::teller::FaceMatchPlugin {
///         Q_OBJECT
///         Q_PLUGIN_METADATA(IID "org.cancuoc.FaceMatch/1")
///         Q_INTERFACES(cancuoc::teller::FaceMatchPlugin)
///         ...
///     };
///
/// It is named to the program with `--face-match FILE`, and loaded once, at the start. It must be built with
/// a Qt of the same major version. What it is given is personal data: it may keep nothing of it.
class FaceMatchPlugin {
public:
    virtual ~FaceMatchPlugin() = default;

    /// Name and version of the comparison, as the teller is shown them; constant.
    [[nodiscard]] virtual QString name() const = 0;
    /// Whether compare() can give a score at all; constant. The program offers no comparison otherwise.
    [[nodiscard]] virtual bool isAvailable() const = 0;
    /// Compares a person with a portrait. Called on a thread of the program's pool, never twice at once; may
    /// take seconds. Throws nothing.
    /// @param cameraFrame a picture of the person at the counter: any size and format, upright
    /// @param chipPortrait the portrait in DG2, as decoded: 8 bits grey or red, green and blue
    [[nodiscard]] virtual FaceMatchResult compare(const QImage& cameraFrame, const QImage& chipPortrait) = 0;
};

} // namespace cancuoc::teller

Q_DECLARE_INTERFACE(cancuoc::teller::FaceMatchPlugin, "org.cancuoc.FaceMatch/1")
