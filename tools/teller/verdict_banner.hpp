// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

#include "tools/teller/counter_state.hpp"

class QLabel;

namespace cancuoc::desktop {
class ToneSign;
} // namespace cancuoc::desktop

namespace cancuoc::teller {

/// The one answer: a shape, a line that is read from a distance, and what to say or do next. Screen readers
/// are told when it becomes another.
class VerdictBanner : public QFrame {
public:
    explicit VerdictBanner(QWidget* parent = nullptr);

    void show(const CounterState& state);

private:
    desktop::ToneSign* sign_;
    QLabel* headline_;
    QLabel* advice_;
};

} // namespace cancuoc::teller
