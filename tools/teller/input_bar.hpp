// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "tools/teller/counter_state.hpp"

class QLabel;
class QLineEdit;
class QPushButton;

namespace cancuoc::teller {

/// The one place for everything that is typed or scanned.
class InputBar : public QWidget {
    Q_OBJECT

public:
    explicit InputBar(QWidget* parent = nullptr);

    void show(const CounterState& state);
    void retranslate();
    /// Takes the keys of a person or a scanner that pressed them elsewhere.
    void take(const QString& text);
    /// Forgets what was typed, and how it was typed.
    void clear();

signals:
    void entered(const QString& line); ///< a line was ended with Enter
    void edited();
    void cameraWanted(); ///< the QR code shall be scanned with the camera

private:
    void enter();

    QLabel* label_;
    QLineEdit* field_;
    QPushButton* check_;
    QPushButton* camera_;
    QLabel* hint_;
};

} // namespace cancuoc::teller
