// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/station_window.hpp"

#include <QCloseEvent>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "personalization/station/floor_page.hpp"
#include "personalization/station/orders_page.hpp"
#include "personalization/station/reports_page.hpp"
#include "tools/desktop/label.hpp"

namespace cancuoc::station {

namespace {

constexpr QSize usualSize(1280, 720);
const QString languageKey = "F9";

// Quiet text on white has a contrast of 6.6 to 1 (WCAG 2.1, 1.4.3).
constexpr const char* styleSheetText = R"(
#tile, #figure { background: white; border: 1px solid #CBD4DE; border-radius: 8px; }
*[quiet="true"] { color: #52606F; }
#banner QLabel { color: white; }
QTableWidget { border: 1px solid #CBD4DE; }
QHeaderView::section { background: #EEF2F6; border: none; border-bottom: 1px solid #CBD4DE; padding: 3px; }
QLineEdit, QComboBox { min-height: 28px; }
QLineEdit { padding: 0 4px; }
QPushButton { background: white; border: 1px solid #8E9BAA; border-radius: 8px; padding: 4px 14px; }
QPushButton:hover { background: #EEF2F6; }
QPushButton:disabled { background: #F1F3F6; border-color: #D5DCE4; color: #6B7783; }
QPushButton:focus { border: 2px solid #1F4E8C; padding: 3px 13px; }
#start:enabled { background: #1F4E8C; border-color: #1F4E8C; color: white; }
#start:enabled:hover { background: #2A61A8; }
#start:enabled:focus { border: 2px solid #17202B; }
QProgressBar { background: #DDE4EC; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: #1F4E8C; border-radius: 4px; }
#pages::tab { background: transparent; border: none; border-bottom: 3px solid transparent; padding: 6px 14px; }
#pages::tab:selected { border-bottom-color: #1F4E8C; color: #1F4E8C; }
#pages::tab:hover, #pages::tab:focus { background: #EEF2F6; }
#progress { background: rgba(255, 255, 255, 70); }
#progress::chunk { background: white; }
)";

} // namespace

StationWindow::StationWindow(FloorController& controller, desktop::Language& language)
    : controller_(controller), language_(language), tabs_(new QTabBar(this)),
      order_(desktop::plainLabel({}, this)), languageButton_(new QPushButton(this)),
      stack_(new QStackedWidget(this)) {
    setStyleSheet(styleSheetText);
    layOut();
    add(new FloorPage(controller));
    add(new OrdersPage(controller));
    add(new ReportsPage(controller));
    connect(tabs_, &QTabBar::currentChanged, stack_, &QStackedWidget::setCurrentIndex);
    connect(languageButton_, &QPushButton::clicked, this, [this] { language_.switchToOther(); });
    auto* shortcut = new QShortcut(QKeySequence(languageKey), this);
    connect(shortcut, &QShortcut::activated, languageButton_, &QPushButton::click);
    connect(&controller_, &FloorController::changed, this, &StationWindow::refresh);
    retranslate();
    page().setFocus();
}

QSize StationWindow::sizeHint() const {
    return usualSize;
}

Page& StationWindow::page() const {
    return *pages_[static_cast<std::size_t>(stack_->currentIndex())];
}

// Ctrl+1 shows the first page, and so on.
void StationWindow::add(Page* page) {
    pages_.push_back(page);
    const int index = stack_->addWidget(page);
    tabs_->addTab({});
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + index)), this);
    connect(shortcut, &QShortcut::activated, tabs_, [this, index] { tabs_->setCurrentIndex(index); });
}

void StationWindow::layOut() {
    tabs_->setObjectName("pages");
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    order_->setObjectName("order");
    order_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    languageButton_->setObjectName("language");

    auto* header = new QHBoxLayout;
    header->setContentsMargins(16, 10, 16, 0);
    header->addWidget(tabs_);
    header->addWidget(order_, 1);
    header->addSpacing(12);
    header->addWidget(languageButton_);

    auto* screen = new QVBoxLayout(this);
    screen->setContentsMargins(0, 0, 0, 0);
    screen->setSpacing(8);
    screen->addLayout(header);
    screen->addWidget(stack_, 1);
}

void StationWindow::retranslate() {
    setWindowTitle(tr("Personalization station"));
    tabs_->setAccessibleName(tr("Pages"));
    int index = 0;
    for (Page* page : pages_) {
        page->retranslate();
        tabs_->setTabText(index, page->title());
        tabs_->setTabToolTip(index, QString("Ctrl+%1").arg(index + 1));
        ++index;
    }
    languageButton_->setText(language_.otherName() + " (" + languageKey + ")");
    languageButton_->setAccessibleName(tr("Change the language to %1").arg(language_.otherName()));
    refresh();
}

void StationWindow::refresh() {
    const FloorState& state = controller_.state();
    QStringList orders;
    for (const auto& order : state.orders) {
        orders << tr("%1: %2 of %3")
                      .arg(order.order.empty() ? tr("without a name") : desktop::shown(order.order))
                      .arg(order.good + order.rejected)
                      .arg(order.requests);
    }
    order_->setText(orders.isEmpty() ? tr("No order") : tr("Order %1").arg(orders.join(" · ")));
    if (closing_ && !state.runs() && state.phase != FloorPhase::Starting) {
        close();
    }
}

void StationWindow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void StationWindow::closeEvent(QCloseEvent* event) {
    const FloorState state = controller_.floor().state();
    if (state.runs() || state.phase == FloorPhase::Starting) {
        closing_ = true;
        controller_.floor().drain();
        event->ignore();
        return;
    }
    event->accept();
}

} // namespace cancuoc::station
