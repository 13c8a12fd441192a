// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/teller_window.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "tools/camera/qr_scan_dialog.hpp"
#include "tools/desktop/action_bar.hpp"
#include "tools/desktop/label.hpp"
#include "tools/desktop/pixels_image.hpp"
#include "tools/teller/checks_view.hpp"
#include "tools/teller/comparison_view.hpp"
#include "tools/teller/face_match_view.hpp"
#include "tools/teller/face_view.hpp"
#include "tools/teller/input_bar.hpp"
#include "tools/teller/person_view.hpp"
#include "tools/teller/record_keeper.hpp"
#include "tools/teller/verdict_banner.hpp"
#include "tools/teller/words.hpp"

namespace cancuoc::teller {

namespace {

constexpr QSize usualSize(1280, 720);
constexpr int narrow = 900; // pixels: below, what stands side by side stands one below the other
const QString languageKey = "F9";

// Whether a key press is one of a text: a scanner's, or a person's who did not look where the focus is.
bool isTextKey(const QKeyEvent& event) {
    const auto text = event.text();
    return !text.isEmpty() && text[0].isPrint() && text[0] != ' ' &&
           (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) == 0;
}

} // namespace

TellerWindow::TellerWindow(CounterController& controller, FaceMatcher& matcher, desktop::Language& language,
                           camera::MakeFrameSource makeCamera)
    : controller_(controller), matcher_(matcher), language_(language), makeCamera_(std::move(makeCamera)) {
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus);
    makeWidgets();
    makeActions();
    layOut();
    connect(&controller_, &CounterController::changed, this, &TellerWindow::refresh);
    connect(&controller_, &CounterController::countdown, this, &TellerWindow::refreshCountdown);
    connect(input_, &InputBar::entered, this,
            [this](const QString& line) { controller_.counter().enter(line.toStdString()); });
    connect(input_, &InputBar::edited, this, [this] { controller_.counter().touch(); });
    connect(input_, &InputBar::cameraWanted, this, &TellerWindow::scanSymbol);
    connect(keeper_, &RecordKeeper::done, message_, &QLabel::setText);
    qApp->installEventFilter(this);
    retranslate();
    input_->setFocus();
}

TellerWindow::~TellerWindow() {
    qApp->removeEventFilter(this);
    controller_.disconnect(this);
}

QSize TellerWindow::sizeHint() const {
    return usualSize;
}

void TellerWindow::makeWidgets() {
    auto* screen = new QWidget(this);
    setWidget(screen);
    title_ = desktop::plainLabel({}, screen);
    desktop::setTextSize(*title_, 1.2, /*bold*/ true);
    title_->setWordWrap(false);
    reader_ = desktop::plainLabel({}, screen);
    reader_->setObjectName("reader");
    reader_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    languageButton_ = new QPushButton(screen);
    languageButton_->setObjectName("language");
    languageButton_->setAutoDefault(false);
    input_ = new InputBar(screen);
    verdict_ = new VerdictBanner(screen);
    face_ = new FaceView(screen);
    faceMatch_ = new FaceMatchView(matcher_, makeCamera_, screen);
    person_ = new PersonView(screen);
    comparison_ = new ComparisonView(screen);
    checks_ = new ChecksView(screen);
    pages_ = new QStackedWidget(screen);
    countdown_ = desktop::plainLabel({}, screen);
    countdown_->setObjectName("countdown");
    countdown_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    message_ = desktop::plainLabel({}, screen);
    message_->setObjectName("message");
    actions_ = new desktop::ActionBar(screen);
    keeper_ = new RecordKeeper(*this, [this]() -> const CounterState& { return controller_.state(); });
    keeper_->setParent(this);
}

void TellerWindow::makeActions() {
    checksButton_ = actions_->add("showChecks", "F2");
    againButton_ = actions_->add("readAgain", "F5");
    saveButton_ = actions_->add("saveRecord", "Ctrl+S");
    printButton_ = actions_->add("printRecord", "Ctrl+P");
    evidenceButton_ = actions_->add("saveEvidence", "Ctrl+E");
    matchButton_ = actions_->add("compareFaces", "Ctrl+M");
    clearButton_ = actions_->add("clear", "Esc");
    checksButton_->setCheckable(true);
    connect(checksButton_, &QPushButton::toggled, this, &TellerWindow::toggleChecks);
    connect(againButton_, &QPushButton::clicked, this, [this] { controller_.counter().readAgain(); });
    connect(saveButton_, &QPushButton::clicked, keeper_, &RecordKeeper::saveRecord);
    connect(printButton_, &QPushButton::clicked, keeper_, &RecordKeeper::printRecord);
    connect(evidenceButton_, &QPushButton::clicked, keeper_, &RecordKeeper::saveEvidence);
    connect(matchButton_, &QPushButton::clicked, this, [this] {
        if (controller_.state().face) {
            faceMatch_->takeFrame(desktop::imageOf(*controller_.state().face));
        }
    });
    connect(clearButton_, &QPushButton::clicked, this, [this] { controller_.counter().clear(); });
    connect(languageButton_, &QPushButton::clicked, this, [this] { language_.switchToOther(); });
    auto* shortcut = new QShortcut(QKeySequence(languageKey), this);
    connect(shortcut, &QShortcut::activated, languageButton_, &QPushButton::click);
}

void TellerWindow::layOut() {
    auto* header = new QHBoxLayout;
    header->addWidget(title_);
    header->addWidget(reader_, 1);
    header->addSpacing(12);
    header->addWidget(languageButton_);

    auto* picture = new QVBoxLayout;
    picture->addWidget(face_, 1);
    picture->addWidget(faceMatch_);
    auto* holder = new QWidget(this);
    data_ = new QBoxLayout(QBoxLayout::LeftToRight, holder);
    data_->setContentsMargins(0, 0, 0, 0);
    data_->setSpacing(20);
    data_->addWidget(person_, 5);
    data_->addWidget(comparison_, 4);
    pages_->addWidget(holder);
    pages_->addWidget(checks_);
    content_ = new QBoxLayout(QBoxLayout::LeftToRight);
    content_->setSpacing(20);
    content_->addLayout(picture);
    content_->addWidget(pages_, 1);

    auto* footer = new QHBoxLayout;
    footer->addWidget(message_, 1);
    footer->addWidget(countdown_, 1);

    auto* screen = new QVBoxLayout(widget());
    screen->setContentsMargins(16, 10, 16, 10);
    screen->setSpacing(10);
    screen->addLayout(header);
    screen->addWidget(input_);
    screen->addWidget(verdict_);
    screen->addLayout(content_, 1);
    screen->addLayout(footer);
    screen->addWidget(actions_);
}

void TellerWindow::retranslate() {
    setWindowTitle(tr("Card check"));
    title_->setText(tr("Card check"));
    languageButton_->setText(language_.otherName() + " (" + languageKey + ")");
    languageButton_->setAccessibleName(tr("Change the language to %1").arg(language_.otherName()));
    input_->retranslate();
    person_->retranslate();
    actions_->setText(checksButton_, tr("What was checked"));
    actions_->setText(againButton_, tr("Read again"));
    actions_->setText(saveButton_, tr("Save record…"));
    actions_->setText(printButton_, tr("Print record…"));
    actions_->setText(evidenceButton_, tr("Save evidence…"));
    actions_->setText(matchButton_, tr("Compare faces…"));
    actions_->setText(clearButton_, tr("Clear"));
    matchButton_->setToolTip(matcher_.isAvailable() ? matcher_.name()
                                                    : tr("No face comparison is installed at this counter."));
    refresh();
}

void TellerWindow::refresh() {
    const auto& state = controller_.state();
    reader_->setText(Words::readerStatus(state.reader));
    input_->show(state);
    verdict_->show(state);
    face_->show(state);
    person_->show(state.person);
    checks_->show(state.outcome);
    comparison_->show(state.outcome ? state.outcome->comparisons : std::vector<qr::FieldComparison>());
    refreshActions();
    refreshCountdown();
    if (!state.outcome) {
        // Nothing of the last person stays beside the next.
        checksButton_->setChecked(false);
        faceMatch_->forget();
        keeper_->forget();
        message_->clear();
    }
    if (state.ended()) {
        verticalScrollBar()->setValue(0); // the answer is at the top
    }
}

void TellerWindow::refreshCountdown() {
    const auto& state = controller_.state();
    const bool isEmpty = state.secondsUntilCleared == 0 && !state.busy();
    if (isEmpty && !wasEmpty_) {
        forget();
    }
    wasEmpty_ = isEmpty;
    countdown_->setText(isEmpty || state.busy() ? QString()
                                                : tr("Everything is cleared in %n second(s)", nullptr,
                                                     static_cast<int>(state.secondsUntilCleared)));
}

void TellerWindow::refreshActions() {
    const auto& state = controller_.state();
    for (auto* button : {checksButton_, saveButton_, printButton_, evidenceButton_}) {
        button->setEnabled(state.outcome.has_value());
    }
    againButton_->setEnabled(state.ended() && state.canReadAgain);
    matchButton_->setEnabled(matcher_.isAvailable() && state.face && state.outcome);
    const auto* focus = QApplication::focusWidget();
    if (focus == nullptr || (focus->window() == this && !focus->isEnabled())) {
        input_->setFocus();
    }
}

void TellerWindow::forget() {
    input_->clear();
    if (scan_ != nullptr) {
        scan_->reject();
    }
    faceMatch_->forget();
    keeper_->forget();
    message_->clear();
    input_->setFocus();
}

void TellerWindow::toggleChecks() {
    const bool checks = checksButton_->isChecked();
    pages_->setCurrentIndex(checks ? 1 : 0);
    if (checks) {
        checks_->setFocus();
        ensureWidgetVisible(checks_);
    } else {
        input_->setFocus();
    }
}

void TellerWindow::scanSymbol() {
    const auto opensCards = [](const std::string& symbol) {
        return std::holds_alternative<CounterInput>(readCounterInput(symbol));
    };
    auto* dialog = new camera::QrScanDialog(makeCamera_(), opensCards, this);
    scan_ = dialog;
    connect(dialog, &camera::QrScanDialog::scanned, this,
            [this](const std::string& symbol) { controller_.counter().enter(symbol); });
    dialog->open();
}

bool TellerWindow::eventFilter(QObject* watched, QEvent* event) {
    auto* target = qobject_cast<QWidget*>(watched);
    if (target == nullptr) {
        return false;
    }
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress) {
        if (controller_.state().ended()) {
            controller_.counter().touch();
        }
    }
    if (event->type() == QEvent::KeyPress && target->window() == this &&
        qobject_cast<QLineEdit*>(target) == nullptr) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        if (isTextKey(key)) {
            input_->take(key.text());
            return true;
        }
    }
    return false;
}

void TellerWindow::changeEvent(QEvent* event) {
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && languageButton_ != nullptr) {
        retranslate();
    }
}

void TellerWindow::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    const auto direction = width() < narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    content_->setDirection(direction);
    data_->setDirection(direction);
}

} // namespace cancuoc::teller
