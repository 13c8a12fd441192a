// SPDX-License-Identifier: Apache-2.0
// The window without a screen: every state in both languages, the keyboard, the scanner, clearing, and what
// is saved. With CANCUOC_SCREENSHOTS=FOLDER every state is drawn there too, for a person to look at.
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QCheckBox>
#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QFileSystemModel>
#include <QLayout>
#include <QMessageBox>
#include <QPrintDialog>
#include <QPrinter>
#include <QRegularExpression>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "qr/drawing.hpp"
#include "tests/support/window_texts.hpp"
#include "tests/unit/tools/teller/window/window_fixture.hpp"
#include "tools/camera/device_camera.hpp"
#include "tools/camera/preview.hpp"
#include "tools/camera/qr_scan_dialog.hpp"
#include "tools/camera/take_picture_dialog.hpp"
#include "tools/desktop/appearance.hpp"
#include "tools/desktop/pixels_image.hpp"
#include "tools/teller/check_record.hpp"
#include "tools/teller/counter_tone.hpp"
#include "tools/teller/face_match_view.hpp"
#include "tools/teller/face_view.hpp"

using namespace cancuoc;
using namespace cancuoc::teller;
using namespace cancuoc::test;

namespace {

constexpr QSize smallScreen(1280, 720);
const auto* const translations = CANCUOC_TRANSLATIONS "/cancuoc-teller_vi.ts";

void saveScreenshot(QWidget& window, const QString& name) {
    const auto folder = qEnvironmentVariable("CANCUOC_SCREENSHOTS");
    if (!folder.isEmpty()) {
        QVERIFY(window.grab().save(folder + "/" + name + ".png"));
    }
}

QImage pictureOf(WindowFixture& fixture) {
    fixture.window().resize(smallScreen);
    static_cast<void>(fixture.activate());
    return fixture.window().grab().toImage();
}

// Presses the key, goes on from the question what the record holds, if there is one, and gives the dialog
// that comes.
template <class Dialog>
Dialog* dialogAfter(WindowFixture& fixture, Qt::Key key) {
    static_cast<void>(fixture.activate());
    QTest::keyClick(&fixture.window(), key, Qt::ControlModifier);
    if (auto* personalData = fixture.window().findChild<QCheckBox*>("personalData")) {
        QTest::keyClick(personalData->window(), Qt::Key_Return);
    }
    Dialog* dialog = nullptr;
    static_cast<void>(QTest::qWaitFor([&] {
        dialog = fixture.window().findChild<Dialog*>();
        return dialog != nullptr && dialog->isVisible();
    }));
    return dialog;
}

// Runs `look` on the question that a dialog asks in an event loop of its own when it is told to go on, and
// says whether there was one.
template <class Look>
bool lookAtQuestionOf(QDialog& dialog, Look look) {
    bool asked = false;
    QTimer::singleShot(200, &dialog, [&] {
        if (auto* question = dialog.findChild<QMessageBox*>()) {
            asked = true;
            look(*question);
        }
    });
    QTest::keyClick(&dialog, Qt::Key_Return);
    return asked;
}

// What the column with the kinds of files says of one of them.
QString kindOfFile(const QFileDialog& dialog, const QString& name) {
    const auto* model = dialog.findChild<QFileSystemModel*>();
    const auto index = model->index(dialog.directory().filePath(name));
    constexpr int kind = 2;
    return model->data(index.siblingAtColumn(kind)).toString();
}

// What the dialogs of Qt say that the program opens, and those that these open themselves.
QStringList textsOfQtsDialogs(const QString& language, const QString& folder) {
    QStringList texts;
    WindowFixture fixture(language);
    static_cast<void>(fixture.bringTo(screenNamed("genuine-qr")));
    for (const auto key : {Qt::Key_S, Qt::Key_E}) {
        auto* files = dialogAfter<QFileDialog>(fixture, key);
        files->setViewMode(QFileDialog::Detail);
        files->setDirectory(folder);
        files->selectFile("there");
        saveScreenshot(*files, language + "-file-dialog");
        texts << textsOf(*files) << kindOfFile(*files, "there.pdf");
        lookAtQuestionOf(*files, [&](QMessageBox& question) {
            saveScreenshot(question, language + "-overwrite");
            texts << textsOf(question);
            question.reject();
        });
        files->reject();
    }
    auto* print = dialogAfter<QPrintDialog>(fixture, Qt::Key_P);
    print->findChild<QPushButton*>("properties")->setEnabled(true);
    QTimer::singleShot(200, print, [&] {
        if (auto* properties = print->findChild<QDialog*>()) {
            texts << textsOf(*properties);
            saveScreenshot(*properties, language + "-printer-properties");
            properties->reject();
        }
    });
    print->findChild<QPushButton*>("properties")->click();
    QTest::qWait(1);
    saveScreenshot(*print, language + "-print-dialog");
    texts << textsOf(*print);
    print->reject();
    return texts;
}

QStringList namesOf(const QList<QWidget*>& widgets) {
    QStringList names;
    for (const auto* widget : widgets) {
        names << widget->objectName();
    }
    return names;
}

biometric::Pixels faceOfColour(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
    biometric::Pixels face{3, 4, 3, {}};
    for (unsigned pixel = 0; pixel < face.width * face.height; ++pixel) {
        face.data.insert(face.data.end(), {red, green, blue});
    }
    return face;
}

// In a reading whose genuine card was taken away for another one that opens with the same number: a red face
// is read of the first.
Screen swappedCard(std::optional<biometric::Pixels> secondFace) {
    auto screen = screenNamed("genuine");
    auto& told = screen.told; // opened, the person, progress, the face, the end
    const auto first = std::vector<ReadingEvent>(told.begin(), told.end() - 2);
    if (secondFace) {
        std::get<reading_event::FaceRead>(told[3]).face = *std::move(secondFace);
    } else {
        told.erase(told.begin() + 3);
    }
    told.insert(told.begin(),
                {reading_event::FaceRead{faceOfColour(255, 0, 0)}, reading_event::CardLifted{}});
    told.insert(told.begin(), first.begin(), first.end());
    std::get<reading_event::PersonRead>(told[1]).person.entries[0].value = "Another One";
    return screen;
}

// A comparison that says what it was built to say.
class FixedFaceMatch final : public FaceMatchPlugin {
public:
    /// @param frame where the picture of the person is left, if anywhere
    explicit FixedFaceMatch(FaceMatchResult result, QImage* frame = nullptr)
        : result_(std::move(result)), frame_(frame) {}
    QString name() const override { return "Fixed 1"; }
    bool isAvailable() const override { return true; }
    FaceMatchResult compare(const QImage& frame, const QImage& portrait) override {
        if (frame_ != nullptr) {
            *frame_ = frame;
        }
        return portrait.isNull() ? FaceMatchResult{} : result_;
    }

private:
    FaceMatchResult result_;
    QImage* frame_;
};

std::unique_ptr<FaceMatcher> matcherThatKeeps(QImage& frame) {
    return std::make_unique<FaceMatcher>(
        std::make_unique<FixedFaceMatch>(FaceMatchResult{.score = 0.93, .threshold = 0.8}, &frame));
}

QImage uniform(Qt::GlobalColor colour) {
    QImage image(640, 480, QImage::Format_RGB32);
    image.fill(colour);
    return image;
}

// 1280 x 720 at 200 % are 640 x 360.
bool fitsSmallScreen(const QDialog& dialog) {
    const auto least = dialog.layout()->totalMinimumSize();
    const auto screen = smallScreen / 2;
    return least.width() <= screen.width() && least.height() <= screen.height();
}

} // namespace

class TellerWindowTest : public QObject {
    Q_OBJECT

private slots:
    void everyStateIsShownWhole_data();
    void everyStateIsShownWhole();
    void atTwiceTheSizeOnASmallScreenItScrolls_data();
    void atTwiceTheSizeOnASmallScreenItScrolls();
    void eachAnswerHasItsOwnShape();
    void whatIsNotToBeAcceptedIsSaidSo();
    void aTypingErrorIsNoForgery();
    void whatDoesNotOpenTheCardIsNamed();
    void aCardThatDoesNotAnswerIsNamed();
    void theAnswerComesInStages();
    void theFaceAndTheAnswerAreOfOneCard();
    void aFaceThatCannotBeShownIsNotThatOfAnotherCard();
    void aScannerIsHeardWhereverTheFocusIs();
    void aMrzIsScannedInThreeLines();
    void theLanguageIsSwitchedWhileACardIsShown();
    void everythingPersonalIsCleared_data();
    void everythingPersonalIsCleared();
    void whatWasTypedIsClearedToo();
    void whatWasTypedForTheNextCardStaysWhenItComes();
    void theKeyboardReachesEverything();
    void everyWidgetHasANameForScreenReaders();
    void whatACardSaysTurnsNoWriting();
    void theRecordHoldsPersonalDataOnlyByChoice();
    void recordAndEvidenceAreSavedByKeyboard();
    void theRecordIsPrinted();
    void theDialogsOfQtAreInVietnameseToo();
    void clearingClosesADialog();
    void clearingClosesAQuestionOfADialogToo();
    void theQrCodeIsScannedWithTheCamera();
    void aCameraThatIsNotThereIsNamed();
    void thePictureOfThePersonIsTakenWithTheCamera();
    void withoutACameraThePictureComesFromAFile();
    void aFrameAfterACamerasFailureIsNotTaken();
    void clearingClosesTheCameraToo();
    void facesAreComparedByThePlugIn();
    void aComparisonOfOnePersonNeverStandsBesideTheNext();
    void withoutAPlugInNothingIsCompared();
    void aPlugInIsLoadedFromItsFile();
};

void TellerWindowTest::everyStateIsShownWhole_data() {
    QTest::addColumn<QString>("screen");
    QTest::addColumn<QString>("language");
    for (const auto& screen : allScreens()) {
        for (const auto* language : {"vi", "en"}) {
            QTest::addRow("%s %s", screen.name, language) << QString(screen.name) << QString(language);
        }
    }
}

void TellerWindowTest::everyStateIsShownWhole() {
    QFETCH(QString, screen);
    QFETCH(QString, language);
    WindowFixture fixture(language);
    fixture.window().resize(smallScreen);
    QVERIFY(fixture.bringTo(screenNamed(screen.toStdString())));
    QCOMPARE(fixture.window().size(), smallScreen);
    QTRY_VERIFY2(fixture.window().widget()->height() <= smallScreen.height(), "it has to be scrolled");
    QTRY_COMPARE(cutTexts(fixture.window()), QStringList());
    saveScreenshot(fixture.window(), language + "-" + screen);
    QVERIFY(!fixture.text("headline").isEmpty());
    QVERIFY(!fixture.text("advice").isEmpty());
    if (language == "vi") {
        const auto english = englishTexts(translations);
        QVERIFY(english.size() > 100);
        for (const auto& text : fixture.allTexts()) {
            QVERIFY2(!english.contains(text), qPrintable(text));
        }
    }
}

void TellerWindowTest::atTwiceTheSizeOnASmallScreenItScrolls_data() {
    everyStateIsShownWhole_data();
}

// 1280 x 720 at 200 % are 640 x 360: the answer is there at once, and nothing beside the screen.
void TellerWindowTest::atTwiceTheSizeOnASmallScreenItScrolls() {
    QFETCH(QString, screen);
    QFETCH(QString, language);
    WindowFixture fixture(language);
    fixture.window().resize(smallScreen / 2);
    QVERIFY(fixture.bringTo(screenNamed(screen.toStdString())));
    auto& verdict = fixture.find<QWidget>("verdict");
    QTRY_VERIFY(fixture.window().widget()->width() <= fixture.window().viewport()->width());
    QTRY_COMPARE(cutTexts(fixture.window()), QStringList());
    saveScreenshot(fixture.window(), language + "-" + screen + "-small");
    const auto place = QRect(verdict.mapTo(&fixture.window(), QPoint()), verdict.size());
    QVERIFY(fixture.window().rect().contains(place) || fixture.find<QPushButton>("showChecks").isChecked());
}

void TellerWindowTest::eachAnswerHasItsOwnShape() {
    QList<desktop::Tone> tones;
    for (const auto* name : {"waiting", "reading", "genuine", "expired", "not-genuine", "not-checked"}) {
        WindowFixture fixture("en");
        QVERIFY(fixture.bringTo(screenNamed(name)));
        const auto tone = toneOf(fixture.state());
        QVERIFY2(!tones.contains(tone), name);
        tones << tone;
    }
}

// Whatever the chip proves: what is printed is not what it says.
void TellerWindowTest::whatIsNotToBeAcceptedIsSaidSo() {
    for (const auto* name : {"qr-differs", "not-checked-qr-differs", "not-genuine"}) {
        WindowFixture fixture("en");
        QVERIFY(fixture.bringTo(screenNamed(name)));
        QVERIFY2(fixture.text("advice").contains("Do not accept this card"), name);
        QVERIFY2(!fixture.text("advice").contains("nothing against the card"), name);
        QCOMPARE(toneOf(fixture.state()), desktop::Tone::Bad);
    }
}

void TellerWindowTest::aTypingErrorIsNoForgery() {
    WindowFixture fixture("en");
    QVERIFY(fixture.bringTo(screenNamed("another-number")));
    QCOMPARE(fixture.text("headline"), "The card has another number");
    QVERIFY(fixture.text("advice").startsWith("Compare the number that was typed"));
    QVERIFY(fixture.text("advice").contains("do not accept this card"));
}

void TellerWindowTest::whatDoesNotOpenTheCardIsNamed() {
    struct Case {
        const char* screen;
        const char* key;
        const char* next;
    };
    for (const auto& [screen, key, next] : {Case{"wrong-key", "number", "type the last six digits again"},
                                            Case{"wrong-qr", "QR code", "Scan the QR code of this one"},
                                            Case{"wrong-mrz", "MRZ", "Scan the three lines"}}) {
        WindowFixture fixture("en");
        QVERIFY(fixture.bringTo(screenNamed(screen)));
        QCOMPARE(fixture.text("headline"), QString("The card does not open with this ") + key);
        QVERIFY2(fixture.text("advice").contains(next), screen);
        fixture.counter().clear();
        auto wanted = screenNamed(screen);
        wanted.told = {reading_event::CardWanted{}};
        wanted.phase = Phase::CardWanted;
        QVERIFY(fixture.bringTo(wanted));
        QVERIFY2(fixture.text("advice").startsWith(QString("The %1 is there").arg(key)), screen);
    }
}

void TellerWindowTest::aCardThatDoesNotAnswerIsNamed() {
    WindowFixture fixture("en");
    for (const auto* screen : {"card-mute", "lifted-mute"}) {
        QVERIFY(fixture.bringTo(screenNamed(screen)));
        QCOMPARE(fixture.text("headline"), "The card does not answer");
        QVERIFY(fixture.text("advice").contains("Lay it flat"));
        fixture.counter().take(ReaderStatus::Empty);
        QVERIFY(
            fixture.text("advice").contains(screen == QString("card-mute") ? "As soon as the card" : "back"));
        fixture.counter().clear();
    }
    QVERIFY(fixture.bringTo(screenNamed("not-checked-mute")));
    QVERIFY(fixture.text("advice").contains("The card on the reader does not answer"));
    fixture.counter().take(ReaderStatus::Empty); // why it failed does not become another
    QVERIFY(fixture.text("advice").contains("The card on the reader does not answer"));
}

void TellerWindowTest::theAnswerComesInStages() {
    WindowFixture fixture("en");
    QVERIFY(fixture.bringTo(screenNamed("reading-face")));
    QVERIFY(fixture.allTexts().contains("Nguyễn Thị Ánh Nguyệt Mẫu"));
    QVERIFY(!fixture.state().face);
    QVERIFY(fixture.text("advice").contains("not proven"));
    QVERIFY(!fixture.find<QPushButton>("saveRecord").isEnabled());
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
    QCOMPARE(fixture.text("headline"), "The card is genuine");
    QVERIFY(fixture.find<QPushButton>("saveRecord").isEnabled());
}

void TellerWindowTest::theFaceAndTheAnswerAreOfOneCard() {
    WindowFixture fixture("en");
    QVERIFY(fixture.bringTo(swappedCard(faceOfColour(0, 0, 255))));
    QCOMPARE(fixture.text("headline"), "The card is genuine");
    QVERIFY(!fixture.allTexts().contains("Another One"));
    auto& face = fixture.find<QWidget>("face");
    QCOMPARE(face.grab().toImage().pixelColor(face.width() / 2, 20), QColor(Qt::blue));
    QCOMPARE(desktop::imageOf(*fixture.state().face).pixelColor(0, 0), QColor(Qt::blue));
}

void TellerWindowTest::aFaceThatCannotBeShownIsNotThatOfAnotherCard() {
    WindowFixture fixture("en");
    QVERIFY(fixture.bringTo(swappedCard(std::nullopt)));
    QCOMPARE(fixture.text("headline"), "The card is genuine");
    QCOMPARE(fixture.find<QWidget>("face").accessibleName(), "No picture yet");
    QVERIFY(!checkRecordText(fixture.state(), {.personalData = true}).contains("<img"));
    QVERIFY(!fixture.find<QPushButton>("compareFaces").isEnabled());
}

void TellerWindowTest::aScannerIsHeardWhereverTheFocusIs() {
    WindowFixture fixture("vi");
    auto& language = fixture.find<QPushButton>("language");
    language.setFocus();
    QVERIFY(language.hasFocus());
    scan(fixture.window(), QString::fromStdString(inventedQr()));
    QTRY_COMPARE(fixture.begun().size(), 1U);
    QCOMPARE(fixture.begun()[0].access.number, "001399000002");
    QVERIFY(fixture.begun()[0].qr.has_value());
    QCOMPARE(fixture.begun()[0].qr->fullName, "Nguyễn Thị Ánh Nguyệt Mẫu");
    QCOMPARE(fixture.language().name(), "vi"); // no space or Enter pressed the button
    QVERIFY(fixture.find<QLineEdit>("input").text().isEmpty());
}

void TellerWindowTest::aMrzIsScannedInThreeLines() {
    WindowFixture fixture("en");
    scan(fixture.window(), "IDVNM2990000011001299000001<<2");
    QVERIFY(fixture.text("hint").contains("line 1 of 3"));
    scan(fixture.window(), "9901018M2401014VNM<<<<<<<<<<<2");
    scan(fixture.window(), "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<");
    QTRY_COMPARE(fixture.begun().size(), 1U);
    QVERIFY(!fixture.begun()[0].access.mrz.empty());
}

void TellerWindowTest::theLanguageIsSwitchedWhileACardIsShown() {
    WindowFixture fixture("vi");
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
    QCOMPARE(fixture.text("headline"), "Thẻ là thật");
    QTest::keyClick(&fixture.window(), Qt::Key_F9);
    QTRY_COMPARE(fixture.text("headline"), "The card is genuine");
    QVERIFY(fixture.allTexts().contains("Place of residence"));
    QTest::keyClick(&fixture.window(), Qt::Key_F9);
    QTRY_VERIFY(fixture.allTexts().contains("Nơi thường trú"));
}

void TellerWindowTest::everythingPersonalIsCleared_data() {
    QTest::addColumn<bool>("byKey");
    QTest::newRow("by Esc") << true;
    QTest::newRow("after the set time") << false;
}

void TellerWindowTest::everythingPersonalIsCleared() {
    QFETCH(bool, byKey);
    WindowFixture fixture("vi");
    QVERIFY(fixture.bringTo(screenNamed("qr-differs")));
    fixture.find<QPushButton>("showChecks").click();
    if (byKey) {
        QTest::keyClick(&fixture.window(), Qt::Key_Escape);
    } else {
        for (unsigned second = 0; second < clearAfter; ++second) {
            fixture.counter().tick();
        }
    }
    const auto shown = fixture.allTexts().join('\n');
    for (const auto* personal : {"Nguy", "001399000002", "09/08/2099", "2114", "Văn Quán", "Nốt ruồi"}) {
        QVERIFY2(!shown.contains(personal), personal);
    }
    // Nothing is left to be seen, either.
    WindowFixture fresh("vi");
    QVERIFY(fresh.bringTo({.name = "", .reader = ReaderStatus::CardPresent, .phase = Phase::Waiting}));
    QTRY_COMPARE(pictureOf(fixture), pictureOf(fresh));
}

void TellerWindowTest::whatWasTypedForTheNextCardStaysWhenItComes() {
    WindowFixture fixture("en");
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
    fixture.counter().take(ReaderStatus::Empty);
    QTest::keyClicks(&fixture.find<QLineEdit>("input"), "001299");
    fixture.counter().take(ReaderStatus::CardPresent);
    QVERIFY(!fixture.state().outcome);
    QTest::qWait(1);
    QCOMPARE(fixture.find<QLineEdit>("input").text(), "001299");
    for (unsigned second = 0; second < clearAfter; ++second) {
        fixture.counter().tick();
    }
    QTRY_COMPARE(fixture.find<QLineEdit>("input").text(), QString());
}

void TellerWindowTest::whatWasTypedIsClearedToo() {
    WindowFixture fixture("en");
    QTest::keyClicks(&fixture.find<QLineEdit>("input"), "001299");
    for (unsigned second = 0; second < clearAfter; ++second) {
        fixture.counter().tick();
    }
    auto& input = fixture.find<QLineEdit>("input");
    QVERIFY(input.text().isEmpty());
    QVERIFY(!input.isUndoAvailable());
}

void TellerWindowTest::theKeyboardReachesEverything() {
    WindowFixture fixture("en");
    QVERIFY(fixture.find<QLineEdit>("input").hasFocus());
    QTest::keyClicks(&fixture.find<QLineEdit>("input"), "000002");
    QTest::keyClick(&fixture.find<QLineEdit>("input"), Qt::Key_Return);
    QTRY_COMPARE(fixture.begun().size(), 1U);
    QVERIFY(fixture.bringTo(screenNamed("genuine-qr")));
    QTest::keyClick(&fixture.window(), Qt::Key_F2);
    QVERIFY(fixture.find<QWidget>("checks").isVisible());
    QTest::keyClick(&fixture.window(), Qt::Key_F2);
    QVERIFY(!fixture.find<QWidget>("checks").isVisible());
    QVERIFY(fixture.find<QLineEdit>("input").hasFocus());
    const auto readings = fixture.begun().size();
    QTest::keyClick(&fixture.window(), Qt::Key_F5);
    QTRY_COMPARE(fixture.begun().size(), readings + 1);
    QTRY_COMPARE(fixture.state().phase, Phase::Genuine);

    // Tab goes round all that can be used, and comes back.
    QList<QWidget*> reached;
    for (int i = 0; i < 30; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        if (reached.contains(QApplication::focusWidget())) {
            break;
        }
        reached << QApplication::focusWidget();
    }
    for (const auto* name : {"language", "input", "showChecks", "readAgain", "saveRecord", "printRecord",
                             "saveEvidence", "clear"}) {
        QVERIFY2(namesOf(reached).contains(name), name);
    }
}

void TellerWindowTest::everyWidgetHasANameForScreenReaders() {
    WindowFixture fixture("vi");
    QVERIFY(fixture.bringTo(screenNamed("genuine-qr")));
    for (auto* widget : fixture.window().widget()->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
            widget->parentWidget()->inherits("QTableWidget")) {
            continue;
        }
        const auto* accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(accessible != nullptr);
        QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
    }
    const auto answer = fixture.find<QWidget>("verdict").accessibleName();
    QVERIFY(answer.contains(fixture.text("headline")));
    QVERIFY(answer.contains(fixture.text("advice")));
}

void TellerWindowTest::whatACardSaysTurnsNoWriting() {
    WindowFixture fixture("en");
    auto screen = screenNamed("reading-face");
    std::get<reading_event::PersonRead>(screen.told[1]).person.entries[0].value =
        "<b>M\xE1\xBA\xABu\xE2\x80\xAE";
    QVERIFY(fixture.bringTo(screen));
    QVERIFY(fixture.allTexts().contains("<b>Mẫu<U+202E>"));
}

void TellerWindowTest::theRecordHoldsPersonalDataOnlyByChoice() {
    WindowFixture fixture("en");
    QVERIFY(fixture.bringTo(screenNamed("genuine-qr")));
    const auto& state = fixture.state();
    const auto plain = checkRecordText(state, {.personalData = false});
    QVERIFY(plain.contains("The card is genuine"));
    QVERIFY(plain.contains("2116-05-04"));
    QVERIFY(plain.contains("QR code against chip"));
    QVERIFY(plain.contains(QString::fromStdString(state.outcome->evidenceSha256)));
    for (const auto& entry : state.outcome->person.entries) {
        QVERIFY2(entry.value == "Không" || !plain.contains(QString::fromStdString(entry.value)),
                 entry.value.c_str());
    }
    const auto whole = checkRecordText(state, {.personalData = true});
    for (const auto& entry : state.outcome->person.entries) {
        QVERIFY2(entry.item == PersonItem::Sex || whole.contains(QString::fromStdString(entry.value)),
                 entry.value.c_str());
    }
    const auto pdf = checkRecordPdf(state, {.personalData = false});
    QVERIFY(toText(pdf).starts_with("%PDF"));
    const auto wholePdf = checkRecordPdf(state, {.personalData = true});
    QVERIFY(wholePdf.size() > pdf.size() + 10000); // the face
    const auto folder = qEnvironmentVariable("CANCUOC_SCREENSHOTS");
    if (!folder.isEmpty()) {
        writeFile(folder.toStdString() + "/record.pdf", wholePdf);
    }
}

void TellerWindowTest::recordAndEvidenceAreSavedByKeyboard() {
    const QTemporaryDir folder;
    WindowFixture fixture("en");
    QVERIFY(fixture.bringTo(screenNamed("genuine-qr")));

    QTest::keyClick(&fixture.window(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(fixture.window().findChild<QCheckBox*>("personalData") != nullptr);
    auto* dialog = fixture.window().findChild<QDialog*>();
    QVERIFY(!dialog->findChild<QCheckBox*>("personalData")->isChecked());
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(fixture.window().findChild<QFileDialog*>() != nullptr);
    auto* files = fixture.window().findChild<QFileDialog*>();
    files->setDirectory(folder.path());
    files->selectFile("record.pdf");
    QTest::keyClick(files, Qt::Key_Return);
    QTRY_VERIFY(QFile::exists(folder.filePath("record.pdf")));
    QTRY_VERIFY(fixture.text("message").contains("record.pdf"));
    QTRY_VERIFY(fixture.window().findChild<QFileDialog*>() == nullptr);

    QVERIFY(fixture.activate());
    QTest::keyClick(&fixture.window(), Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(fixture.window().findChild<QFileDialog*>() != nullptr);
    files = fixture.window().findChild<QFileDialog*>();
    QVERIFY(!files->selectedFiles().join(' ').contains("001399000002"));
    files->setDirectory(folder.path());
    files->selectFile("card.evidence");
    QTest::keyClick(files, Qt::Key_Return);
    QTRY_VERIFY(QFile::exists(folder.filePath("card.evidence")));
    QFile evidence(folder.filePath("card.evidence"));
    QVERIFY(evidence.open(QIODevice::ReadOnly));
    QCOMPARE(evidence.readAll(), QByteArray("{}"));
    QVERIFY(!evidence.permissions().testFlag(QFile::ReadOther));
}

// On a printer that is a file.
void TellerWindowTest::theRecordIsPrinted() {
    const QTemporaryDir folder;
    const auto file = folder.filePath("printed.pdf");
    WindowFixture fixture("en");
    QVERIFY(fixture.bringTo(screenNamed("genuine-qr")));
    QTest::keyClick(&fixture.window(), Qt::Key_P, Qt::ControlModifier);
    QTRY_VERIFY(fixture.window().findChild<QCheckBox*>("personalData") != nullptr);
    auto* options = fixture.window().findChild<QDialog*>();
    options->findChild<QCheckBox*>("personalData")->setChecked(true);
    QTest::keyClick(options, Qt::Key_Return);
    QTRY_VERIFY(fixture.window().findChild<QPrintDialog*>() != nullptr);
    auto* dialog = fixture.window().findChild<QPrintDialog*>();
    dialog->printer()->setOutputFileName(file);
    dialog->done(QDialog::Accepted);
    QTRY_VERIFY(fixture.text("message").contains("printer"));
    QFile printed(file);
    QVERIFY(printed.open(QIODevice::ReadOnly));
    QVERIFY(printed.read(4) == "%PDF");
    QVERIFY(printed.size() > 10000); // the face
    QTRY_VERIFY(fixture.window().findChild<QPrintDialog*>() == nullptr);
}

// Whatever is the same in both languages is a name, or was forgotten.
void TellerWindowTest::theDialogsOfQtAreInVietnameseToo() {
    const QTemporaryDir folder;
    for (const auto* name : {"there.pdf", "there.evidence"}) {
        writePrivateFile(folder.filePath(name).toStdString(), toBytes(viewOf("x")));
    }
    const auto english = textsOfQtsDialogs("en", folder.path());
    const auto vietnamese = textsOfQtsDialogs("vi", folder.path());
    QVERIFY(english.size() > 100);
    static const QRegularExpression name(
        R"(^(Form|\.\.\.|/.*|.*\.(pdf|evidence)|[0-9].*|[AB][0-9]+( Plus)?|(Pica|Didot|Cicero) .*|)"
        R"((JIS|ANSI|PRC|Architect|Super|Letter|Legal|Executive|Ledger|Tabloid|Folio|Note|Quarto|Statement)( .*)?)$)");
    for (const auto& text : vietnamese) {
        QVERIFY2(!english.contains(text) || name.match(text).hasMatch(), qPrintable(text));
    }
}

// Its question runs an event loop of its own, and the set time passes all the same.
void TellerWindowTest::clearingClosesAQuestionOfADialogToo() {
    const QTemporaryDir folder;
    writePrivateFile(folder.filePath("there.pdf").toStdString(), toBytes(viewOf("x")));
    WindowFixture fixture("vi");
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
    auto* files = dialogAfter<QFileDialog>(fixture, Qt::Key_S);
    files->setDirectory(folder.path());
    files->selectFile("there.pdf");
    QVERIFY(lookAtQuestionOf(*files, [&](QMessageBox& /*question*/) { fixture.counter().clear(); }));
    for (const auto* dialog : fixture.window().findChildren<QDialog*>()) {
        QVERIFY(!dialog->isVisible());
    }
    QCOMPARE(fixture.text("message"), QString());
    QCOMPARE(toText(readFile(folder.filePath("there.pdf").toStdString(), 100)), std::string("x"));
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
}

void TellerWindowTest::clearingClosesADialog() {
    WindowFixture fixture("vi");
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
    QTest::keyClick(&fixture.window(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(fixture.window().findChild<QCheckBox*>("personalData") != nullptr);
    saveScreenshot(*fixture.window().findChild<QDialog*>(), "vi-record-dialog");
    fixture.counter().clear();
    QTRY_VERIFY(fixture.window().findChild<QCheckBox*>("personalData") == nullptr);
    QVERIFY(fixture.window().findChild<QFileDialog*>() == nullptr);
}

void TellerWindowTest::theQrCodeIsScannedWithTheCamera() {
    const QTemporaryDir folder;
    QVERIFY(uniform(Qt::lightGray).save(folder.filePath("1.png")));
    const auto save = [&folder](const char* name, const std::string& text) {
        writePrivateFile(folder.filePath(name).toStdString(), qr::toPng(qr::Symbol::encode(text), {4, 0}));
    };
    save("2.png", "https://example.com/");
    WindowFixture fixture("vi");
    fixture.setFrames(folder.path());
    QTest::keyClick(&fixture.window(), Qt::Key_F4);
    QTRY_VERIFY(fixture.window().findChild<camera::QrScanDialog*>() != nullptr);
    auto& dialog = *fixture.window().findChild<camera::QrScanDialog*>();
    QTRY_VERIFY(fixture.text("scanMessage").contains("mã QR khác"));
    QVERIFY(!dialog.findChild<camera::Preview*>()->frame().isNull());
    QVERIFY(fitsSmallScreen(dialog));
    saveScreenshot(dialog, "vi-scan-dialog");
    QVERIFY(fixture.begun().empty());
    save("3.png", inventedQr());
    QTRY_COMPARE(fixture.begun().size(), std::size_t{1});
    QCOMPARE(fixture.begun().front().qr->number, std::string("001399000002"));
    QTRY_VERIFY(fixture.window().findChild<camera::QrScanDialog*>() == nullptr);
}

void TellerWindowTest::aCameraThatIsNotThereIsNamed() {
    WindowFixture fixture("en");
    QTest::keyClick(&fixture.window(), Qt::Key_F4);
    QTRY_VERIFY(fixture.window().findChild<camera::QrScanDialog*>() != nullptr);
    QTRY_COMPARE(fixture.text("scanMessage"), QString("There are no frames."));
    // What is cleared takes its dialog along.
    fixture.counter().enter("junk");
    fixture.counter().clear();
    QTRY_VERIFY(fixture.window().findChild<camera::QrScanDialog*>() == nullptr);

    camera::DeviceCamera camera("no such camera");
    QSignalSpy failures(&camera, &camera::FrameSource::failed);
    camera.start();
    QCOMPARE(failures.size(), 1);
    QVERIFY(failures[0][0].toString().contains("no such camera"));
}

void TellerWindowTest::thePictureOfThePersonIsTakenWithTheCamera() {
    const QTemporaryDir folder;
    QVERIFY(uniform(Qt::green).save(folder.filePath("1.png")));
    QImage compared;
    WindowFixture fixture("vi", matcherThatKeeps(compared));
    fixture.setFrames(folder.path());
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
    auto* dialog = dialogAfter<camera::TakePictureDialog>(fixture, Qt::Key_M);
    QVERIFY(dialog != nullptr);
    auto* take = dialog->findChild<QPushButton*>("takePicture");
    QTRY_VERIFY(take->isEnabled());
    QTRY_VERIFY(take->hasFocus());
    QVERIFY(!dialog->findChild<QPushButton*>("chooseFile")->isVisible());
    QVERIFY(fitsSmallScreen(*dialog));
    QCOMPARE(cutTexts(*dialog), QStringList());
    saveScreenshot(*dialog, "vi-take-picture");
    const auto english = englishTexts(translations);
    for (const auto& text : textsOf(*dialog)) {
        QVERIFY2(!english.contains(text), qPrintable(text));
    }
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(fixture.text("faceMatch").contains("0.93"));
    QCOMPARE(compared.size(), QSize(640, 480));
    QCOMPARE(compared.pixelColor(320, 240), QColor(Qt::green));
    QTRY_VERIFY(fixture.window().findChild<camera::TakePictureDialog*>() == nullptr);
}

void TellerWindowTest::withoutACameraThePictureComesFromAFile() {
    const QTemporaryDir folder;
    QVERIFY(uniform(Qt::blue).save(folder.filePath("person.png")));
    QImage compared;
    WindowFixture fixture("vi", matcherThatKeeps(compared));
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
    auto* dialog = dialogAfter<camera::TakePictureDialog>(fixture, Qt::Key_M);
    QVERIFY(dialog != nullptr);
    QTRY_VERIFY(fixture.text("pictureMessage").startsWith("There are no frames."));
    QVERIFY(!dialog->findChild<QPushButton*>("takePicture")->isEnabled());
    QVERIFY(dialog->findChild<QPushButton*>("chooseFile")->isVisible());
    QVERIFY(fitsSmallScreen(*dialog));
    QTRY_COMPARE(cutTexts(*dialog), QStringList());
    saveScreenshot(*dialog, "vi-no-camera");
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(fixture.window().findChild<QFileDialog*>() != nullptr);
    auto* files = fixture.window().findChild<QFileDialog*>();
    files->setDirectory(folder.path());
    files->selectFile("person.png");
    QTest::keyClick(files, Qt::Key_Return);
    QTRY_VERIFY(fixture.text("faceMatch").contains("0.93"));
    QCOMPARE(compared.pixelColor(0, 0), QColor(Qt::blue));
}

void TellerWindowTest::aFrameAfterACamerasFailureIsNotTaken() {
    auto frames = std::make_unique<FolderFrames>(QString());
    auto* camera = frames.get();
    const auto dialog = std::make_unique<camera::TakePictureDialog>(std::move(frames), QString(), nullptr);
    dialog->open();
    emit camera->arrived(uniform(Qt::red));
    QVERIFY(!dialog->findChild<QPushButton*>("takePicture")->isEnabled());
}

void TellerWindowTest::clearingClosesTheCameraToo() {
    const QTemporaryDir folder;
    QVERIFY(uniform(Qt::green).save(folder.filePath("1.png")));
    QImage compared;
    WindowFixture fixture("vi", matcherThatKeeps(compared));
    fixture.setFrames(folder.path());
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
    QVERIFY(dialogAfter<camera::TakePictureDialog>(fixture, Qt::Key_M) != nullptr);
    fixture.counter().clear();
    QTRY_VERIFY(fixture.window().findChild<camera::TakePictureDialog*>() == nullptr);
    QVERIFY(fixture.text("faceMatch").isEmpty());
    QVERIFY(compared.isNull());
}

void TellerWindowTest::facesAreComparedByThePlugIn() {
    QImage frame(8, 8, QImage::Format_RGB32);
    frame.fill(Qt::gray);
    struct Case {
        FaceMatchResult result;
        const char* words;
    };
    for (const auto& [result, words] : {Case{{.score = 0.93, .threshold = 0.8}, "✓ Face alike: 0.93"},
                                        Case{{.score = 0.2, .threshold = 0.8}, "✕ Face NOT alike: 0.20"},
                                        Case{{.reason = "two faces"}, "two faces"}}) {
        FaceMatcher matcher(std::make_unique<FixedFaceMatch>(result));
        FaceMatchView view(matcher, {}, nullptr);
        view.compare(frame, frame);
        QTRY_VERIFY2(view.text().contains(words), qPrintable(view.text()));
        view.compare(frame, frame);
        view.forget(); // what the comparison still says is not shown
        QTest::qWait(50);
        QVERIFY(view.text().isEmpty());
    }
}

void TellerWindowTest::aComparisonOfOnePersonNeverStandsBesideTheNext() {
    WindowFixture fixture("en", std::make_unique<FaceMatcher>(std::make_unique<FixedFaceMatch>(
                                    FaceMatchResult{.score = 0.93, .threshold = 0.8})));
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
    auto* view = fixture.window().findChild<FaceMatchView*>();
    QVERIFY(view != nullptr);
    QImage frame(8, 8, QImage::Format_RGB32);
    frame.fill(Qt::gray);
    view->compare(frame, frame);
    QTRY_VERIFY(view->text().contains("Face alike"));
    QVERIFY(fixture.bringTo(screenNamed("reading"))); // nothing was cleared in between
    QVERIFY2(view->text().isEmpty(), qPrintable(view->text()));
}

void TellerWindowTest::withoutAPlugInNothingIsCompared() {
    WindowFixture fixture("en");
    QVERIFY(fixture.bringTo(screenNamed("genuine")));
    QVERIFY(!fixture.find<QPushButton>("compareFaces").isEnabled());
    WindowFixture equipped(
        "en", std::make_unique<FaceMatcher>(std::make_unique<FixedFaceMatch>(FaceMatchResult{})));
    QVERIFY(equipped.bringTo(screenNamed("genuine")));
    QVERIFY(equipped.find<QPushButton>("compareFaces").isEnabled());

    FaceMatcher none;
    FaceMatchView view(none, {}, nullptr);
    QImage frame(8, 8, QImage::Format_RGB32);
    view.compare(frame, frame);
    QTRY_VERIFY(view.text().contains("No face comparison is installed"));
}

void TellerWindowTest::aPlugInIsLoadedFromItsFile() {
    FaceMatcher matcher{QString(CANCUOC_FACE_MATCH_EXAMPLE)};
    QVERIFY(matcher.isAvailable());
    QCOMPARE(matcher.name(), "Example 1");
    QVERIFY_EXCEPTION_THROWN(FaceMatcher{QString("/nonexistent.so")}, BadConfiguration);
}

int main(int argumentCount, char** arguments) {
    QApplication application(argumentCount, arguments);
    desktop::setAppearance();
    QApplication::setCursorFlashTime(0); // pictures are compared
    TellerWindowTest test;
    return QTest::qExec(&test, argumentCount, arguments);
}

#include "teller_window_test.moc"
