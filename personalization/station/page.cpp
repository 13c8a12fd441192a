// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/page.hpp"

namespace cancuoc::station {

Page::Page(QWidget* parent) : QScrollArea(parent) {
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidget(new QWidget(this));
}

} // namespace cancuoc::station
