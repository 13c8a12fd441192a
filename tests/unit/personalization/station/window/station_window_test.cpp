// SPDX-License-Identifier: Apache-2.0
// The operator's window over a real line with virtual chips, without a screen. With
// CANCUOC_SCREENSHOTS=FOLDER its main views are drawn there too, for a person to look at.
#include <algorithm>

#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTableWidget>
#include <QtTest>

#include "tests/support/window_texts.hpp"
#include "tests/unit/personalization/station/demo_floor.hpp"
#include "tests/unit/personalization/station/window/window_on_floor.hpp"
#include "tools/desktop/appearance.hpp"

using namespace cancuoc;
using namespace cancuoc::station;
using namespace cancuoc::test;

class StationWindowTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { desktop::setAppearance(); }
    void anOrderGoesThroughToReconciledCounts();
    void everyViewIsShownWhole_data();
    void everyViewIsShownWhole();
    void atTwiceTheSizeItScrollsInOneDirection();
    void theWindowNeverBlocks();
    void closingFinishesTheCards();
    void everyWidgetHasANameForScreenReaders();
};

// 20 cards, two chips that fail and one that cannot be asked any more.
void StationWindowTest::anOrderGoesThroughToReconciledCounts() {
    DemoFloor demo(20, 3, {.failing = {3, 8}, .lost = {12}});
    WindowOnFloor on(demo, "en");
    QTRY_VERIFY(on.find<QPushButton>("start").isEnabled());
    QCOMPARE(on.find<QLabel>("headline").text(), "Ready to start");
    on.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(on.state().counts.good == 19 && on.state().phase == FloorPhase::Ready, patience);
    const auto& counts = on.state().counts;
    QCOMPARE(counts.quarantined, 1U);
    QCOMPARE(counts.waiting + counts.inProcess + counts.rejected, 0U);
    QCOMPARE(counts.blanks.received, 22U);
    QCOMPARE(counts.blanks.good, 19U);
    QCOMPARE(counts.blanks.spoiled, 2U);
    QCOMPARE(counts.blanks.inProcess, 1U);
    auto& hands = on.find<QTableWidget>("hands");
    QCOMPARE(hands.rowCount(), 1);
    QCOMPARE(hands.item(0, 0)->text(), "Quarantine");
    QVERIFY(hands.item(0, 2)->text().contains("The card left the reader."));
    QVERIFY(hands.item(0, 3)->text().startsWith("Bring the chip back"));
    QCOMPARE(on.find<QTableWidget>("outcomes").rowCount(), 22);
    QVERIFY(on.find<QLabel>("order").text().contains("19 of 20"));
    // Another program sees the same world.
    WindowOnFloor again(demo, "en");
    QTRY_COMPARE(again.state().counts.good, 19U);
    QTRY_COMPARE(again.find<QTableWidget>("hands").rowCount(), 1);
}

void StationWindowTest::everyViewIsShownWhole_data() {
    QTest::addColumn<QString>("language");
    QTest::newRow("vi") << QString("vi");
    QTest::newRow("en") << QString("en");
}

void StationWindowTest::everyViewIsShownWhole() {
    QFETCH(QString, language);
    DemoFloor demo(40, 4, {.failing = {3}, .lost = {5}, .pace = std::chrono::milliseconds(3)});
    demo.giveBlanks(60);
    WindowOnFloor on(demo, language);
    const auto check = [&](const QString& name) {
        on.saveScreenshot(name);
        QTRY_COMPARE(cutTexts(on.window()), QStringList());
        QVERIFY(on.window().page().widget()->height() <= smallScreen.height());
        const auto english = englishTexts(CANCUOC_TRANSLATIONS "/cancuoc-station_vi.ts");
        QVERIFY(english.size() > 50);
        if (language == "vi") {
            for (const auto& text : textsOf(on.window())) {
                QVERIFY2(!english.contains(text), qPrintable(text));
            }
        }
    };
    QTRY_VERIFY(on.find<QPushButton>("start").isEnabled());
    check("ready");
    on.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(on.state().counts.quarantined == 1 && on.state().card != nullptr &&
                                 on.state().cardsAnHour > 0 && on.state().runs(),
                             patience);
    check("running");
    on.press(Qt::Key_F6);
    QTRY_VERIFY_WITH_TIMEOUT(on.state().phase == FloorPhase::Ready, patience);
    on.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(on.state().counts.waiting == 0 && on.state().phase == FloorPhase::Ready,
                             patience);
    check("done");
    on.press(Qt::Key_F9);
    QTRY_COMPARE(on.find<QLabel>("headline").text(),
                 QString(language == "en" ? "Không còn yêu cầu nào chờ" : "No request waits"));
}

// 1280 x 720 at 200 % are 640 x 360.
void StationWindowTest::atTwiceTheSizeItScrollsInOneDirection() {
    DemoFloor demo(2, 4);
    WindowOnFloor on(demo, "vi");
    on.window().resize(smallScreen / 2);
    QTRY_VERIFY(on.find<QPushButton>("start").isEnabled());
    on.press(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(on.state().counts.good, 2U, patience);
    QTRY_VERIFY(on.window().page().widget()->width() <= on.window().page().viewport()->width());
    QTRY_COMPARE(cutTexts(on.window()), QStringList());
    on.saveScreenshot("small");
}

// While slow chips are at work, and from opening to closing, no event waits for more than a moment.
void StationWindowTest::theWindowNeverBlocks() {
    DemoFloor demo(4, 2, {.failing = {}, .lost = {}, .pace = std::chrono::milliseconds(2)});
    WindowOnFloor on(demo, "en");
    qint64 longest = 0;
    QElapsedTimer since;
    QTimer ticks;
    since.start();
    QObject::connect(&ticks, &QTimer::timeout, [&] { longest = std::max(longest, since.restart()); });
    ticks.start(5);
    QTRY_VERIFY(on.find<QPushButton>("start").isEnabled());
    on.press(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(on.state().counts.good, 4U, patience);
    QVERIFY2(longest < 500, qPrintable(QString::number(longest))); // a loaded machine, too
}

void StationWindowTest::closingFinishesTheCards() {
    DemoFloor demo(8, 1, {.failing = {}, .lost = {}, .pace = std::chrono::milliseconds(2)});
    WindowOnFloor on(demo, "en");
    QTRY_VERIFY(on.find<QPushButton>("start").isEnabled());
    on.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(on.state().counts.inProcess > 0 && on.state().runs(), patience);
    on.window().close();
    QVERIFY(on.window().isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!on.window().isVisible(), patience);
    QCOMPARE(on.state().counts.inProcess, 0U);
    QVERIFY(on.state().counts.good < 8);
}

void StationWindowTest::everyWidgetHasANameForScreenReaders() {
    DemoFloor demo(1, 1);
    WindowOnFloor on(demo, "vi");
    QTRY_VERIFY(on.find<QPushButton>("start").isEnabled());
    for (const auto* widget : on.window().findChildren<QWidget*>()) {
        if (widget->focusPolicy() & Qt::TabFocus && widget->isVisible() &&
            widget->objectName() != "qt_scrollarea_viewport") {
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }
}

QTEST_MAIN(StationWindowTest)
#include "station_window_test.moc"
