// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QObject>
#include <QPluginLoader>
#include <QThreadPool>

#include "tools/teller/face_match_plugin.hpp"

namespace cancuoc::teller {

/// Compares faces with the plug-in of this counter, beside the window's thread.
class FaceMatcher : public QObject {
    Q_OBJECT

public:
    /// Without a comparison: the null plug-in.
    FaceMatcher();
    /// Takes the comparison that is given.
    explicit FaceMatcher(std::unique_ptr<FaceMatchPlugin> plugin);
    /// Loads the plug-in from `file`. Throws BadConfiguration when there is none in it.
    explicit FaceMatcher(const QString& file);
    /// Waits for a comparison that runs.
    ~FaceMatcher() override;

    [[nodiscard]] QString name() const { return plugin_->name(); }
    [[nodiscard]] bool isAvailable() const { return plugin_->isAvailable(); }

    /// Begins a comparison; compared() follows, unless forget() comes first.
    void compare(const QImage& cameraFrame, const QImage& chipPortrait);
    /// What a running comparison finds is no longer wanted.
    void forget();

signals:
    void compared(const cancuoc::teller::FaceMatchResult& result);

private:
    std::unique_ptr<FaceMatchPlugin> owned_;
    std::unique_ptr<QPluginLoader> loader_;
    FaceMatchPlugin* plugin_;
    unsigned comparison_ = 0;
    QThreadPool pool_; ///< of one thread; last: its task uses the plug-in
};

} // namespace cancuoc::teller
