// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtTest>

#include "personalization/station/page.hpp"
#include "personalization/station/station_window.hpp"
#include "tests/unit/personalization/station/demo_floor.hpp"

namespace cancuoc::test {

constexpr QSize smallScreen(1280, 720);
constexpr int patience = 120'000; // milliseconds

/// The station's window over a demo line. With CANCUOC_SCREENSHOTS=FOLDER its views are drawn there, for a
/// person to look at.
class WindowOnFloor {
public:
    WindowOnFloor(DemoFloor& demo, const QString& language)
        : language_(language, "cancuoc-station"), controller_(demo.settings()),
          window_(controller_, language_) {
        window_.resize(smallScreen);
        window_.show();
    }

    [[nodiscard]] const station::FloorState& state() const { return controller_.state(); }
    station::StationWindow& window() { return window_; }
    template <class Widget>
    Widget& find(const char* name) {
        return *window_.findChild<Widget*>(name);
    }
    void press(Qt::Key key) { QTest::keyClick(&window_, key); }

    void saveScreenshot(const QString& name) {
        const auto folder = qEnvironmentVariable("CANCUOC_SCREENSHOTS");
        if (!folder.isEmpty()) {
            QVERIFY(window_.grab().save(folder + "/" + language_.name() + "-" + name + ".png"));
        }
    }

private:
    desktop::Language language_;
    station::FloorController controller_;
    station::StationWindow window_;
};

} // namespace cancuoc::test
