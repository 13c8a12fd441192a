// SPDX-License-Identifier: Apache-2.0
// The orders of the station's window: the list and its filter, and an import with everything that is wrong.
#include <fstream>

#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

#include "host/base/file.hpp"
#include "personalization/sample/sample.hpp"
#include "personalization/station/orders_page.hpp"
#include "tests/unit/personalization/audit/audit_signer.hpp"
#include "tests/unit/personalization/station/window/page_in_window.hpp"
#include "tools/desktop/appearance.hpp"

using namespace cancuoc;
using namespace cancuoc::station;
using namespace cancuoc::test;

class OrdersPageTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { desktop::setAppearance(); }
    void ordersAreFilteredAsIsTyped();
    void anOrderGoesBeforeOthers();
    void aSoundOrderIsTakenInOnce();
    void whatIsWrongIsShownAndSaved();
    void anOrderWithoutASignatureIsRefused();
    void aLargeOrderIsStoppedAndGoesOn();
    void whatCannotBeReadIsSaid();
    void everyViewIsShownWhole_data();
    void everyViewIsShownWhole();
    void atTwiceTheSizeItScrollsInOneDirection();
};

namespace {

constexpr std::uint64_t otherSeed = 8;

std::string textOf(const std::filesystem::path& file) {
    return toText(readFile(file, std::size_t{1} << 26));
}

void writeText(const std::filesystem::path& file, const std::string& text) {
    writeFile(file, viewOf(text));
}

/// An order in the demo's folder.
std::filesystem::path orderOf(const DemoFloor& demo, std::size_t citizens,
                              const std::string& name = "order-2") {
    personalization::writeSample(demo.folder() / name, citizens, otherSeed);
    return demo.folder() / name / "records.csv";
}

/// Three of its records are wrong, each in another way.
void breakRecords(const std::filesystem::path& records) {
    std::string text = textOf(records);
    const auto line = [&text](int number) {
        std::size_t start = 0;
        while (--number > 0) {
            start = text.find('\n', start) + 1;
        }
        return start;
    };
    text.replace(text.find(',', line(4)) + 1, 12, "12345");
    text.replace(text.find("portraits/", line(3)), 10, "nowhere/");
    text.replace(text.find(",Việt Nam,", line(2)), std::string(",Việt Nam,").size(), ",,");
    writeText(records, text);
}

/// An order of that many records, which share their pictures.
std::filesystem::path largeOrder(const DemoFloor& demo, int count) {
    const auto records = orderOf(demo, 1, "large");
    const std::string text = textOf(records);
    const std::size_t header = text.find('\n') + 1;
    std::string all = text.substr(0, header);
    for (int index = 0; index < count; ++index) {
        std::string record = text.substr(header);
        const std::size_t number = record.find(',') + 1;
        record.replace(number + 6, 6, std::to_string(100'000 + index));
        record.replace(0, number - 1, "L-" + std::to_string(index));
        all += record;
    }
    writeText(records, all);
    return records;
}

void openImport(WindowOnFloor& on) {
    QTRY_VERIFY(on.find<QPushButton>("start").isEnabled());
    showPage<OrdersPage>(on);
    if (on.find<QPushButton>("importOrder").isVisible()) {
        on.press(Qt::Key_F5);
    }
}

void beginImport(WindowOnFloor& on, const std::filesystem::path& order) {
    openImport(on);
    on.find<QLineEdit>("orderPath").setText(order.c_str());
    on.press(Qt::Key_F5);
}

void import(WindowOnFloor& on, const std::filesystem::path& order) {
    beginImport(on, order);
    QTRY_VERIFY_WITH_TIMEOUT(on.find<QPushButton>("beginImport").isEnabled(), patience);
}

QLabel* labelOf(WindowOnFloor& on, const char* name) {
    for (auto* label : on.window().page().findChildren<QLabel*>(name)) {
        if (label->isVisible()) {
            return label;
        }
    }
    return nullptr;
}

QString verdictOf(WindowOnFloor& on) {
    return labelOf(on, "verdict")->text();
}

QTableWidget& findingsOf(WindowOnFloor& on) {
    return on.find<QTableWidget>("findings");
}

} // namespace

void OrdersPageTest::ordersAreFilteredAsIsTyped() {
    DemoFloor demo(3, 1, {.failing = {}, .lost = {1}});
    WindowOnFloor on(demo, "en");
    import(on, orderOf(demo, 2));
    on.press(Qt::Key_Escape);
    auto& orders = on.find<QTableWidget>("orders");
    QTRY_COMPARE(orders.rowCount(), 2);
    QCOMPARE(orders.item(1, 0)->text(), "order-2");
    QCOMPARE(orders.item(1, 1)->text(), "… Open");
    QCOMPARE(orders.item(1, 2)->text(), "0 of 2, 0 %");
    QTest::keyClicks(&on.find<QLineEdit>("orderFilter"), "DER-");
    QCOMPARE(orders.rowCount(), 1);
    on.find<QLineEdit>("orderFilter").clear();
    on.find<QComboBox>("orderState").setCurrentIndex(2);
    QCOMPARE(orders.rowCount(), 0);
    QTest::keyClick(&on.window(), Qt::Key_1, Qt::ControlModifier);
    on.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(on.state().counts.quarantined == 1 && on.state().phase == FloorPhase::Ready,
                             patience);
    QTRY_COMPARE(orders.rowCount(), 1);
    QCOMPARE(orders.item(0, 0)->text(), demoOrder);
    QCOMPARE(orders.item(0, 1)->text(), "◆ Needs a person");
    on.find<QComboBox>("orderState").setCurrentIndex(3);
    QCOMPARE(orders.rowCount(), 1);
    QCOMPARE(orders.item(0, 1)->text(), "✓ Done");
}

void OrdersPageTest::anOrderGoesBeforeOthers() {
    DemoFloor demo(2, 1);
    WindowOnFloor on(demo, "en");
    import(on, orderOf(demo, 2));
    on.press(Qt::Key_Escape);
    auto& orders = on.find<QTableWidget>("orders");
    QTRY_COMPARE(orders.rowCount(), 2);
    QVERIFY(!on.find<QPushButton>("raiseOrder").isEnabled());
    orders.selectRow(1);
    on.press(Qt::Key_F6);
    QTRY_COMPARE(orders.item(1, 3)->text(), "+1");
    QTRY_VERIFY(on.find<QPushButton>("lowerOrder").isEnabled());
    orders.selectRow(0);
    on.press(Qt::Key_F7);
    QTRY_COMPARE(orders.item(0, 3)->text(), "-1");
    QTest::keyClick(&on.window(), Qt::Key_1, Qt::ControlModifier);
    on.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(on.state().counts.good == 4, patience);
    auto& outcomes = on.find<QTableWidget>("outcomes"); // the last one first
    QVERIFY2(outcomes.item(3, 1)->text().startsWith("S8-"), qPrintable(outcomes.item(3, 1)->text()));
    QVERIFY2(outcomes.item(0, 1)->text().startsWith("S20-"), qPrintable(outcomes.item(0, 1)->text()));
}

void OrdersPageTest::aSoundOrderIsTakenInOnce() {
    DemoFloor demo(1, 1);
    WindowOnFloor on(demo, "en");
    const auto order = orderOf(demo, 3);
    import(on, order);
    QCOMPARE(verdictOf(on), "3 records: 3 added, 0 there already, 0 refused; 0 warnings.");
    QCOMPARE(findingsOf(on).rowCount(), 0);
    QTRY_COMPARE(on.state().counts.requests, 4U);
    on.press(Qt::Key_F9);
    QTRY_VERIFY(verdictOf(on).startsWith("3 hồ sơ"));
    import(on, order.parent_path());
    QCOMPARE(verdictOf(on), "3 hồ sơ: 0 đã thêm, 3 đã có từ trước, 0 bị từ chối; 0 cảnh báo.");
}

void OrdersPageTest::whatIsWrongIsShownAndSaved() {
    DemoFloor demo(1, 1);
    WindowOnFloor on(demo, "vi");
    const auto order = orderOf(demo, 4);
    breakRecords(order);
    import(on, order);
    QVERIFY2(verdictOf(on).startsWith("4 hồ sơ: 1 đã thêm, 0 đã có từ trước, 3 bị từ chối"),
             qPrintable(verdictOf(on)));
    auto& findings = findingsOf(on);
    QVERIFY(findings.rowCount() >= 3);
    QCOMPARE(findings.item(0, 0)->text(), "2");
    QCOMPARE(findings.item(0, 1)->text(), "✕ lỗi");
    QCOMPARE(findings.item(0, 2)->text(), "Quốc tịch (nationality)");
    QVERIFY(!findings.item(0, 4)->text().isEmpty());
    on.press(Qt::Key_F9);
    QTRY_COMPARE(findings.item(0, 1)->text(), "✕ error");
    for (const char* name : {"found.txt", "found.json"}) {
        on.press(Qt::Key_F6);
        const auto file = demo.folder() / name;
        chooseInDialog(on, file.c_str());
        QTRY_COMPARE(labelOf(on, "origin")->text(), QString("✓ Written: ") + file.c_str());
        using std::filesystem::perms;
        QVERIFY(std::filesystem::status(file).permissions() == (perms::owner_read | perms::owner_write));
        QVERIFY(textOf(file).find(findings.item(0, 4)->text().toStdString()) != std::string::npos);
    }
}

void OrdersPageTest::anOrderWithoutASignatureIsRefused() {
    DemoFloor demo(1, 1);
    std::filesystem::create_directory(demo.folder() / "signers");
    writeFile(demo.folder() / "signers" / "ministry.der", AuditSigner().certificate().der());
    WindowOnFloor on(demo, "en");
    openImport(on);
    QVERIFY(!on.find<QCheckBox>("requireSignature").isEnabled());
    on.find<QLineEdit>("orderSigners").setText((demo.folder() / "signers").c_str());
    QVERIFY(on.find<QCheckBox>("requireSignature").isEnabled());
    on.find<QCheckBox>("requireSignature").setChecked(true);
    import(on, orderOf(demo, 2));
    QCOMPARE(verdictOf(on), "The order is refused; nothing of it was taken.");
    QCOMPARE(findingsOf(on).rowCount(), 1);
    QCOMPARE(findingsOf(on).item(0, 0)->text(), "–");
}

void OrdersPageTest::aLargeOrderIsStoppedAndGoesOn() {
    constexpr int count = 3000;
    DemoFloor demo(1, 1);
    const auto order = largeOrder(demo, count);
    WindowOnFloor on(demo, "en");
    openImport(on);
    qint64 longest = 0;
    QElapsedTimer since;
    QTimer ticks;
    since.start();
    QObject::connect(&ticks, &QTimer::timeout, [&] { longest = std::max(longest, since.restart()); });
    ticks.start(5);
    beginImport(on, order);
    QTRY_VERIFY_WITH_TIMEOUT(verdictOf(on).startsWith("Checking the order: line "), patience);
    on.press(Qt::Key_F8);
    QTRY_VERIFY_WITH_TIMEOUT(on.find<QPushButton>("beginImport").isEnabled(), patience);
    QVERIFY2(verdictOf(on).endsWith("The import was ended before the end of the order."),
             qPrintable(verdictOf(on)));
    QTRY_VERIFY(on.state().counts.requests < count);
    on.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(on.find<QPushButton>("beginImport").isEnabled(), patience);
    QVERIFY2(verdictOf(on).contains("0 refused"), qPrintable(verdictOf(on)));
    QTRY_COMPARE(on.state().counts.requests, count + 1U);
    QVERIFY2(longest < 500, qPrintable(QString::number(longest))); // a loaded machine, too
}

void OrdersPageTest::whatCannotBeReadIsSaid() {
    DemoFloor demo(1, 1);
    WindowOnFloor on(demo, "vi");
    import(on, demo.folder() / "nowhere.csv");
    QCOMPARE(verdictOf(on), "Không nhập được đơn hàng");
    QVERIFY2(labelOf(on, "origin")->text().startsWith("Không đọc được"),
             qPrintable(labelOf(on, "origin")->text()));
}

void OrdersPageTest::everyViewIsShownWhole_data() {
    QTest::addColumn<QString>("language");
    QTest::newRow("vi") << QString("vi");
    QTest::newRow("en") << QString("en");
}

void OrdersPageTest::everyViewIsShownWhole() {
    QFETCH(QString, language);
    DemoFloor demo(6, 2, {.failing = {}, .lost = {3}});
    WindowOnFloor on(demo, language);
    const auto check = [&](const QString& name) {
        checkPage(on, language);
        checkNames(on);
        QVERIFY(on.window().page().widget()->height() <= smallScreen.height());
        on.saveScreenshot(name);
    };
    QTRY_VERIFY(on.find<QPushButton>("start").isEnabled());
    on.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(on.state().counts.quarantined == 1 && on.state().phase == FloorPhase::Ready,
                             patience);
    openImport(on);
    check("import-empty");
    const auto order = orderOf(demo, 8, "2126-11-28-HCM-02");
    breakRecords(order);
    import(on, order);
    check("import-found");
    on.press(Qt::Key_Escape);
    QTRY_COMPARE(on.find<QTableWidget>("orders").rowCount(), 2);
    check("orders");
}

// 1280 x 720 at 200 % are 640 x 360.
void OrdersPageTest::atTwiceTheSizeItScrollsInOneDirection() {
    DemoFloor demo(1, 1);
    WindowOnFloor on(demo, "vi");
    on.window().resize(smallScreen / 2);
    const auto order = orderOf(demo, 4);
    breakRecords(order);
    import(on, order);
    checkPage(on, "vi");
    on.saveScreenshot("import-small");
    on.press(Qt::Key_Escape);
    QTRY_COMPARE(on.find<QTableWidget>("orders").rowCount(), 2);
    checkPage(on, "vi");
    on.saveScreenshot("orders-small");
}

QTEST_MAIN(OrdersPageTest)
#include "orders_page_test.moc"
