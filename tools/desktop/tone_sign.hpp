// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "tools/desktop/tone.hpp"

namespace cancuoc::desktop {

/// The shape of a tone, drawn in white: it is told without colour, and without any font's glyph.
class ToneSign : public QWidget {
public:
    explicit ToneSign(QWidget* parent = nullptr);

    void setTone(Tone tone);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone tone_ = Tone::Calm;
};

} // namespace cancuoc::desktop
