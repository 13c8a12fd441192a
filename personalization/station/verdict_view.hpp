// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "tools/desktop/tone.hpp"

class QLabel;

namespace cancuoc::desktop {
class ToneSign;
} // namespace cancuoc::desktop

namespace cancuoc::station {

/// A sentence that says how things stand, with the sign of its tone and a smaller sentence below.
class VerdictView : public QWidget {
    Q_OBJECT

public:
    explicit VerdictView(QWidget* parent);

    void show(desktop::Tone tone, const QString& sentence, const QString& more);
    using QWidget::show;

private:
    desktop::ToneSign* sign_;
    QLabel* sentence_;
    QLabel* more_;
};

} // namespace cancuoc::station
