// SPDX-License-Identifier: Apache-2.0
// The station's window on a real screen, over a line that the command line has made. The script that runs it
// says in the environment where it is: STORE, PKI, CHIPS; OUT, the folder for what is told and drawn; and
// what the store holds: GOOD, WAITING, IN_PROCESS.
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QtTest>

#include "personalization/station/station_window.hpp"
#include "tools/desktop/appearance.hpp"
#include "tools/desktop/language.hpp"

using namespace cancuoc;
using namespace cancuoc::station;

namespace {

constexpr int patience = 60000; // milliseconds

QString given(const char* name) {
    return qEnvironmentVariable(name);
}

std::uint64_t count(const char* name) {
    return given(name).toULongLong();
}

FloorSettings settings() {
    auto means = std::make_shared<tools::LineMeans>();
    means->store = given("STORE").toStdString();
    means->pki = given("PKI").toStdString();
    means->chips = given("CHIPS").toStdString();
    means->virtualStations = 2;
    FloorSettings settings;
    settings.means = std::move(means);
    return settings;
}

// The program as main() puts it together.
struct Program {
    desktop::Language language{"vi", "cancuoc-station"};
    FloorController controller{settings()};
    StationWindow window{controller, language};

    Program() {
        window.resize(1280, 720);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(window.findChild<QPushButton*>("start")->isEnabled());
    }

    const personalization::Report& counts() const { return controller.state().counts; }
    void start() { QTest::keyClick(&window, Qt::Key_F5); }
    void savePicture(const char* name) {
        QTest::qWait(100);
        QVERIFY(window.grab().save(given("OUT") + "/" + name + ".png"));
    }
};

} // namespace

class StationTest : public QObject {
    Q_OBJECT

private slots:
    void worksUntilItIsKilled();
    void showsTheSameWorldAndGoesOn();
};

void StationTest::worksUntilItIsKilled() {
    Program program;
    program.start();
    QTRY_VERIFY_WITH_TIMEOUT(program.counts().good >= 3 && program.counts().inProcess > 0, patience);
    QFile told(given("OUT") + "/at-work");
    QVERIFY(told.open(QIODevice::WriteOnly));
    told.close();
    QTest::qWait(patience);
    QFAIL("nobody killed it");
}

void StationTest::showsTheSameWorldAndGoesOn() {
    Program program;
    QTRY_COMPARE(program.counts().good, count("GOOD"));
    QCOMPARE(program.counts().waiting, count("WAITING"));
    QCOMPARE(program.counts().inProcess, count("IN_PROCESS"));
    QCOMPARE(program.counts().rejected + program.counts().quarantined, 0U);
    program.savePicture("after-a-kill");
    program.start();
    const auto all = count("GOOD") + count("WAITING") + count("IN_PROCESS");
    QTRY_VERIFY_WITH_TIMEOUT(
        program.counts().good == all && program.controller.state().phase == FloorPhase::Ready, patience);
    program.savePicture("done");
}

// Not QTEST_MAIN: the appearance is the program's.
int main(int argumentCount, char** arguments) {
    QApplication application(argumentCount, arguments);
    desktop::setAppearance();
    StationTest test;
    return QTest::qExec(&test, argumentCount, arguments);
}

#include "station_test.moc"
