// SPDX-License-Identifier: Apache-2.0
// The teller's window over the real smart card service. The script that runs it puts the cards on the reader
// and says in the environment which ones: NUMBER, QR, EXPIRY (YYYY-MM-DD), TRUST, and OUT, the folder for
// what is saved.
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QtTest>

#include "host/base/clock.hpp"
#include "host/base/moment.hpp"
#include "tools/camera/device_camera.hpp"
#include "tools/desktop/appearance.hpp"
#include "tools/teller/card_reading.hpp"
#include "tools/teller/teller_window.hpp"

using namespace cancuoc;
using namespace cancuoc::teller;

namespace {

constexpr int patience = 30000; // milliseconds

QString given(const char* name) {
    return qEnvironmentVariable(name);
}

// The program as main() puts it together.
struct Program {
    desktop::Language language{"vi", "cancuoc-teller"};
    FaceMatcher matcher;
    CardReading reading;
    CounterController controller{[this](const CounterInput& input, const std::stop_token& stop,
                                        const ReadingThread::Tell& tell) { reading.run(input, stop, tell); },
                                 std::chrono::seconds(60)};
    TellerWindow window{controller, matcher, language,
                        [] { return std::make_unique<camera::DeviceCamera>(QString()); }};

    explicit Program(const std::string& policy = "standard", Clock clock = systemClock())
        : reading({.reader = "", .trustStore = given("TRUST").toStdString(), .policy = policy},
                  openCardOnReader, std::move(clock)) {
        controller.watchReader("");
        window.resize(1280, 720);
        window.show();
        activate();
    }
    // No window manager does it.
    void activate() {
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

    const CounterState& state() const { return controller.state(); }
    void enter(const QString& text) {
        auto* input = window.findChild<QLineEdit*>("input");
        input->insert(text);
        QTest::keyClick(input, Qt::Key_Return);
    }
    QString text(const char* name) const { return window.findChild<QLabel*>(name)->text(); }
    void savePicture(const char* name) {
        QTest::qWait(100);
        QVERIFY(window.grab().save(given("OUT") + "/" + name + ".png"));
    }
    void save(Qt::Key key, const QString& name) {
        QTest::keyClick(&window, key, Qt::ControlModifier);
        if (key == Qt::Key_S) {
            QTRY_VERIFY(window.findChild<QDialog*>() != nullptr);
            QTest::keyClick(window.findChild<QDialog*>(), Qt::Key_Return);
        }
        QTRY_VERIFY(window.findChild<QFileDialog*>() != nullptr);
        auto* files = window.findChild<QFileDialog*>();
        files->setDirectory(given("OUT"));
        files->selectFile(name);
        QTest::keyClick(files, Qt::Key_Return);
        QTRY_VERIFY(window.findChild<QFileDialog*>() == nullptr);
        activate();
    }
};

} // namespace

class TellerTest : public QObject {
    Q_OBJECT

private slots:
    void aWrongNumberDoesNotOpenTheCard();
    void aGenuineCardIsProvenAndKept();
    void aLiftedCardIsReadOn();
    void aCardOfAStrangersSignerIsNeverGenuine_data();
    void aCardOfAStrangersSignerIsNeverGenuine();
    void withoutATrustStoreNothingIsChecked();
    void aChangedCardIsNotGenuine();
    void anExpiredCardIsNamed();
};

void TellerTest::aWrongNumberDoesNotOpenTheCard() {
    Program program;
    QTRY_COMPARE_WITH_TIMEOUT(program.state().reader, ReaderStatus::CardPresent, patience);
    const auto number = given("NUMBER");
    const auto last = number.back() == '0' ? "1" : "0";
    program.enter(number.mid(6, 5) + last);
    QTRY_COMPARE_WITH_TIMEOUT(program.state().phase, Phase::WrongKey, patience);
    QVERIFY(!program.state().person);
    program.savePicture("wrong-key");
}

void TellerTest::aGenuineCardIsProvenAndKept() {
    Program program;
    bool personBeforeFace = false;
    QObject::connect(&program.controller, &CounterController::changed, [&] {
        personBeforeFace = personBeforeFace || (program.state().person && !program.state().face);
    });
    QTRY_COMPARE_WITH_TIMEOUT(program.state().reader, ReaderStatus::CardPresent, patience);
    program.enter(given("QR"));
    QTRY_COMPARE_WITH_TIMEOUT(program.state().phase, Phase::Genuine, patience);
    QVERIFY(personBeforeFace);
    QVERIFY(program.state().face);
    QVERIFY(!program.state().needsCare());
    QCOMPARE(program.state().outcome->comparisons.size(), 7U);
    QCOMPARE(program.text("headline"), "Thẻ là thật");
    program.savePicture("genuine-vi");
    program.language.switchToOther();
    QTRY_COMPARE(program.text("headline"), "The card is genuine");
    program.savePicture("genuine-en");

    program.save(Qt::Key_S, "record.pdf");
    program.save(Qt::Key_E, "card.evidence");
    QFile sum(given("OUT") + "/sha256");
    QVERIFY(sum.open(QIODevice::WriteOnly));
    sum.write(QByteArray::fromStdString(program.state().outcome->evidenceSha256));
}

// The script puts the card back when it sees the file `lifted`.
void TellerTest::aLiftedCardIsReadOn() {
    Program program;
    QTRY_COMPARE_WITH_TIMEOUT(program.state().reader, ReaderStatus::CardPresent, patience);
    program.enter(given("NUMBER").right(6));
    QTRY_COMPARE_WITH_TIMEOUT(program.state().phase, Phase::CardLifted, patience);
    program.savePicture("card-lifted");
    QFile lifted(given("OUT") + "/lifted");
    QVERIFY(lifted.open(QIODevice::WriteOnly));
    QTRY_COMPARE_WITH_TIMEOUT(program.state().phase, Phase::Genuine, 2 * patience);
}

void TellerTest::aCardOfAStrangersSignerIsNeverGenuine_data() {
    QTest::addColumn<QString>("policy");
    for (const auto* policy : {"strict", "standard", "fast"}) {
        QTest::newRow(policy) << QString(policy);
    }
}

void TellerTest::aCardOfAStrangersSignerIsNeverGenuine() {
    QFETCH(QString, policy);
    Program program(policy.toStdString());
    QTRY_COMPARE_WITH_TIMEOUT(program.state().reader, ReaderStatus::CardPresent, patience);
    program.enter(given("NUMBER"));
    QTRY_VERIFY_WITH_TIMEOUT(program.state().ended(), patience);
    QCOMPARE(program.state().phase, Phase::NotGenuine);
    QCOMPARE(program.text("headline"), "Thẻ KHÔNG phải thẻ thật");
    QVERIFY(program.text("advice").contains("không được ký"));
    program.savePicture("stranger");
}

void TellerTest::withoutATrustStoreNothingIsChecked() {
    Program program;
    QTRY_COMPARE_WITH_TIMEOUT(program.state().reader, ReaderStatus::CardPresent, patience);
    program.enter(given("NUMBER"));
    QTRY_VERIFY_WITH_TIMEOUT(program.state().ended(), patience);
    QCOMPARE(program.state().phase, Phase::NotChecked);
    QCOMPARE(program.text("headline"), "Chưa kiểm tra được thẻ");
    program.savePicture("not-checked");
}

void TellerTest::aChangedCardIsNotGenuine() {
    Program program;
    QTRY_COMPARE_WITH_TIMEOUT(program.state().reader, ReaderStatus::CardPresent, patience);
    program.enter(given("NUMBER"));
    QTRY_COMPARE_WITH_TIMEOUT(program.state().phase, Phase::NotGenuine, patience);
    QCOMPARE(program.text("headline"), "Thẻ KHÔNG phải thẻ thật");
    QVERIFY(program.text("advice").contains("đã bị thay đổi"));
    program.savePicture("not-genuine");
}

// The last day of a card is one of its validity.
void TellerTest::anExpiredCardIsNamed() {
    const auto lastDay = momentFromIso(given("EXPIRY").toStdString() + "T12:00:00Z");
    for (const auto days : {0, 1}) {
        Program program("standard", [lastDay, days] { return lastDay + std::chrono::days(days); });
        QTRY_COMPARE_WITH_TIMEOUT(program.state().reader, ReaderStatus::CardPresent, patience);
        program.enter(given("NUMBER"));
        QTRY_COMPARE_WITH_TIMEOUT(program.state().phase, Phase::Genuine, patience);
        QCOMPARE(program.state().needsCare(), days == 1);
        QCOMPARE(program.text("headline"), days == 1 ? "Thẻ là thật, nhưng đã hết hạn" : "Thẻ là thật");
        program.savePicture(days == 1 ? "expired" : "last-day");
    }
}

int main(int argumentCount, char** arguments) {
    QApplication application(argumentCount, arguments);
    desktop::setAppearance();
    TellerTest test;
    return QTest::qExec(&test, argumentCount, arguments);
}

#include "teller_test.moc"
