// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "tools/teller/outcome.hpp"

class QLabel;

namespace cancuoc::desktop {
class ResultTable;
} // namespace cancuoc::desktop

namespace cancuoc::teller {

/// What was checked: every check in plain words, how it ended, and for the technician why.
class ChecksView : public QWidget {
    Q_OBJECT

public:
    explicit ChecksView(QWidget* parent = nullptr);

    /// Shows no check where there is no outcome.
    void show(const std::optional<Outcome>& outcome);

private:
    QLabel* summary_;
    desktop::ResultTable* table_;
};

} // namespace cancuoc::teller
