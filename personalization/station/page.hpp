// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

namespace cancuoc::station {

/// One of the pages of the station's window. Everything in it can be done by keyboard; where the window is
/// too small, it scrolls, in one direction.
class Page : public QScrollArea {
    Q_OBJECT

public:
    explicit Page(QWidget* parent = nullptr);

    /// What the window calls it, in the language of now.
    [[nodiscard]] virtual QString title() const = 0;
    /// Says everything anew in the language of now.
    virtual void retranslate() = 0;
};

} // namespace cancuoc::station
