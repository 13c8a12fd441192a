// SPDX-License-Identifier: Apache-2.0
// The reports of the station's window: what they say, how they look, and what their files hold.
#include <fstream>

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

#include "host/base/file.hpp"
#include "personalization/jobs/open_job_store.hpp"
#include "personalization/station/report_file.hpp"
#include "personalization/station/reports_page.hpp"
#include "tests/unit/personalization/audit/audit_signer.hpp"
#include "tests/unit/personalization/station/window/page_in_window.hpp"
#include "tools/desktop/appearance.hpp"

using namespace cancuoc;
using namespace cancuoc::station;
using namespace cancuoc::test;

class ReportsPageTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { desktop::setAppearance(); }
    void aShiftThatBalancesSaysSo();
    void aShiftThatDoesNotSaysWhatIsWrong();
    void ordersNameWhatWaitsForAPerson();
    void theAuditLogIsVerified();
    void everyReportIsShownWhole_data();
    void everyReportIsShownWhole();
    void atTwiceTheSizeItScrollsInOneDirection();
    void whatCannotBeWrittenIsSaid();
    void csvIsWhatSpreadsheetsRead();
    void aReportOfManyPagesIsWritten();
};

namespace {

constexpr int shiftReport = 0;
constexpr int orderReport = 1;
constexpr int stockReport = 2;
constexpr int auditReport = 3;

void runLine(WindowOnFloor& on) {
    QTRY_VERIFY(on.find<QPushButton>("start").isEnabled());
    on.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(on.state().counts.waiting == 0 && on.state().phase == FloorPhase::Ready,
                             patience);
}

void showReport(WindowOnFloor& on, int kind) {
    showPage<ReportsPage>(on);
    on.find<QComboBox>("reportKind").setCurrentIndex(kind);
    on.press(Qt::Key_F5);
    QTRY_VERIFY(on.find<QPushButton>("showReport").isEnabled());
}

QString verdictOf(WindowOnFloor& on) {
    return on.window().page().findChild<QLabel*>("verdict")->text();
}

QList<QTableWidget*> tablesOf(WindowOnFloor& on) {
    return on.window().page().findChildren<QTableWidget*>("sheetTable");
}

QString save(WindowOnFloor& on, Qt::Key key, const QString& file) {
    on.press(key);
    chooseInDialog(on, file);
    [&on] { QTRY_VERIFY(on.find<QPushButton>("showReport").isEnabled()); }();
    return on.find<QLabel>("status").text();
}

/// Lets the runs of a demo line sign checkpoints.
void signCheckpoints(DemoFloor& demo, const AuditSigner& signer) {
    auto& options = demo.means().audit->signer;
    options.certificate = demo.folder() / "audit.der";
    options.key = demo.folder() / "audit.key";
    writeFile(options.certificate, signer.certificate().der());
    FILE* file = std::fopen(options.key.c_str(), "w");
    PEM_write_PrivateKey(file, &signer.key(), nullptr, nullptr, 0, nullptr, nullptr);
    static_cast<void>(std::fclose(file));
}

std::string textOf(const std::filesystem::path& file) {
    return toText(readFile(file, std::size_t{1} << 24));
}

} // namespace

void ReportsPageTest::aShiftThatBalancesSaysSo() {
    DemoFloor demo(3, 1);
    demo.giveBlanks(10);
    WindowOnFloor on(demo, "en");
    runLine(on);
    showReport(on, shiftReport);
    QCOMPARE(verdictOf(on), "The shift balances: every blank is accounted for.");
    const auto tables = tablesOf(on);
    QCOMPARE(tables.size(), 3);
    QCOMPARE(tables[0]->item(0, 0)->text(), "demo, virtual station 1");
    QCOMPARE(tables[0]->item(0, 3)->text(), "3");
    QCOMPARE(tables[1]->item(0, 4)->text(), "7");
    QCOMPARE(tables[2]->item(0, 1)->text(), "3");
    auto& shifts = on.find<QComboBox>("reportShift");
    QTRY_VERIFY(shifts.findText(shifts.currentText()) >= 0);

    const auto csv = demo.folder() / "shift.csv";
    QVERIFY(save(on, Qt::Key_F7, csv.c_str()).startsWith("✓"));
    const std::string text = textOf(csv);
    QVERIFY(text.starts_with("\xEF\xBB\xBFShift report"));
    QVERIFY(text.find("\"demo, virtual station 1\",0,3,3,0,0,0\r\n") != std::string::npos);
    const auto pdf = demo.folder() / "shift.pdf";
    QVERIFY(save(on, Qt::Key_F6, pdf.c_str()).startsWith("✓"));
    QVERIFY(textOf(pdf).starts_with("%PDF-"));
}

void ReportsPageTest::aShiftThatDoesNotSaysWhatIsWrong() {
    DemoFloor demo(3, 1);
    demo.giveBlanks(1);
    WindowOnFloor on(demo, "vi");
    runLine(on);
    showReport(on, shiftReport);
    QVERIFY2(verdictOf(on).contains("KHÔNG"), qPrintable(verdictOf(on)));
    QVERIFY2(tablesOf(on)[0]->item(0, 0)->text().contains("nhiều hơn số được giao 2 phôi"),
             qPrintable(tablesOf(on)[0]->item(0, 0)->text()));
    on.find<QComboBox>("reportShift").setEditText("chưa từng có");
    showReport(on, shiftReport);
    QCOMPARE(verdictOf(on), "Không có báo cáo này");
    QVERIFY(!on.find<QPushButton>("savePdf").isEnabled());
}

void ReportsPageTest::ordersNameWhatWaitsForAPerson() {
    DemoFloor demo(3, 1, {.failing = {}, .lost = {2}});
    WindowOnFloor on(demo, "en");
    runLine(on);
    showReport(on, orderReport);
    QCOMPARE(verdictOf(on), "Requests that wait for a person: 1");
    QCOMPARE(tablesOf(on)[1]->item(0, 0)->text(), demoOrder);
    QCOMPARE(tablesOf(on)[1]->item(0, 3)->text(), "quarantined");
    const auto csv = demo.folder() / "orders.csv";
    QVERIFY(save(on, Qt::Key_F7, csv.c_str()).startsWith("✓"));
    using std::filesystem::perms;
    QVERIFY(std::filesystem::status(csv).permissions() == (perms::owner_read | perms::owner_write));
    on.find<QComboBox>("reportOrder").setCurrentIndex(1);
    showReport(on, orderReport);
    QCOMPARE(tablesOf(on)[0]->rowCount(), 1);
}

void ReportsPageTest::theAuditLogIsVerified() {
    DemoFloor demo(2, 1);
    const AuditSigner signer;
    signCheckpoints(demo, signer);
    WindowOnFloor on(demo, "en");
    runLine(on);
    showReport(on, auditReport);
    QCOMPARE(verdictOf(on), "The log holds: it is what was written.");
    on.find<QLineEdit>("reportSigners").clear();
    showReport(on, auditReport);
    QCOMPARE(verdictOf(on), "The log is NOT vouched for as it should be.");
    const std::string log = demo.store() + ".audit";
    std::string text = textOf(log);
    const std::size_t line = text.find('\n', text.find('\n') + 1) + 1;
    text.erase(line, text.find('\n', line) + 1 - line);
    writeFile(log, viewOf(text));
    showReport(on, auditReport);
    QCOMPARE(verdictOf(on), "The log does NOT hold: it was changed.");
    QCOMPARE(tablesOf(on)[1]->item(0, 0)->text(), "Entry 2");
    on.press(Qt::Key_F9);
    QTRY_COMPARE(tablesOf(on)[1]->item(0, 1)->text(),
                 "Bị xóa: mục 3 đứng vào chỗ của nó, còn nó thì không có");
    std::filesystem::remove(log);
    showReport(on, auditReport);
    QCOMPARE(verdictOf(on), "Không có báo cáo này");
}

void ReportsPageTest::everyReportIsShownWhole_data() {
    QTest::addColumn<QString>("language");
    QTest::newRow("vi") << QString("vi");
    QTest::newRow("en") << QString("en");
}

void ReportsPageTest::everyReportIsShownWhole() {
    QFETCH(QString, language);
    DemoFloor demo(12, 4, {.failing = {3}, .lost = {5}});
    demo.giveBlanks(2);
    WindowOnFloor on(demo, language);
    runLine(on);
    const QStringList names{"report-shift", "report-orders", "report-stock", "report-audit"};
    for (const int kind : {shiftReport, orderReport, stockReport, auditReport}) {
        showReport(on, kind);
        checkPage(on, language);
        checkNames(on);
        on.saveScreenshot(names[kind]);
        const auto folder = qEnvironmentVariable("CANCUOC_SCREENSHOTS");
        if (!folder.isEmpty()) {
            save(on, Qt::Key_F6, folder + "/" + language + "-" + names[kind] + ".pdf");
        }
    }
}

// 1280 x 720 at 200 % are 640 x 360.
void ReportsPageTest::atTwiceTheSizeItScrollsInOneDirection() {
    DemoFloor demo(2, 1);
    demo.giveBlanks(5);
    WindowOnFloor on(demo, "vi");
    runLine(on);
    on.window().resize(smallScreen / 2);
    for (const int kind : {shiftReport, orderReport, stockReport, auditReport}) {
        showReport(on, kind);
        checkPage(on, "vi");
    }
    showReport(on, shiftReport);
    on.saveScreenshot("report-small");
}

void ReportsPageTest::whatCannotBeWrittenIsSaid() {
    DemoFloor demo(1, 1);
    demo.giveBlanks(1);
    WindowOnFloor on(demo, "en");
    showReport(on, shiftReport);
    const auto said = save(on, Qt::Key_F7, (demo.folder() / "nowhere" / "shift.csv").c_str());
    QVERIFY2(said.startsWith("✕ Cannot write"), qPrintable(said));
}

void ReportsPageTest::csvIsWhatSpreadsheetsRead() {
    const ReportSheet sheet{.title = "Báo cáo",
                            .origin = "a, b",
                            .verdict = "he said \"no\"",
                            .tables = {{"=1+1", {"A", "B"}, {{{"@x\ny", "-3"}, false}}}}};
    QCOMPARE(csvOf(sheet), QByteArray("\xEF\xBB\xBF"
                                      "Báo cáo,\r\n\"a, b\",\r\n\"he said \"\"no\"\"\",\r\n"
                                      ",\r\n'=1+1,\r\nA,B\r\n\"'@x\ny\",-3\r\n"));
}

void ReportsPageTest::aReportOfManyPagesIsWritten() {
    ReportTable table{"Đơn hàng", {"Tên", "Số"}, {}};
    for (int row = 0; row < 200; ++row) {
        table.rows << ReportRow{{"Nguyễn Văn <b>Mẫu</b>", QString::number(row)}, row % 50 == 0};
    }
    const ReportSheet sheet{.title = "Báo cáo", .origin = "x", .verdict = "y", .tables = {table}};
    const QByteArray pdf = pdfOf(sheet);
    QVERIFY(pdf.count("/Type /Page\n") > 3);
    const auto folder = qEnvironmentVariable("CANCUOC_SCREENSHOTS");
    if (!folder.isEmpty()) {
        writeReport(sheet, folder + "/report.pdf");
    }
}

QTEST_MAIN(ReportsPageTest)
#include "reports_page_test.moc"
