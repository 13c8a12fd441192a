// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/reports_page.hpp"

#include <algorithm>
#include <array>

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include "personalization/station/background.hpp"
#include "personalization/station/path_field.hpp"
#include "personalization/station/report_file.hpp"
#include "personalization/station/report_writing.hpp"
#include "personalization/station/sentences.hpp"
#include "personalization/station/sheet_view.hpp"
#include "personalization/station/verdict_view.hpp"
#include "tools/desktop/action_bar.hpp"
#include "tools/desktop/label.hpp"
#include "tools/line_worker.hpp"

namespace cancuoc::station {

using desktop::plainLabel;
using desktop::Tone;

namespace {

constexpr int widest = 760; // pixels, of the choices
constexpr std::array kinds{ReportKind::Shift, ReportKind::Order, ReportKind::Stock, ReportKind::Audit};

} // namespace

ReportsPage::ReportsPage(FloorController& controller)
    : controller_(controller), lists_(new Background(this)), background_(new Background(this)) {
    makeChoices();
    makeActions();
    verdict_ = new VerdictView(widget());
    status_ = plainLabel({}, widget());
    status_->setObjectName("status");
    view_ = new SheetView(widget());
    layOut();
    connect(&controller_, &FloorController::changed, this, &ReportsPage::showOrders);
    setFocusProxy(kind_);
}

QString ReportsPage::title() const {
    return tr("Reports");
}

void ReportsPage::makeChoices() {
    const auto& means = *controller_.floor().settings().means;
    kind_ = new QComboBox(widget());
    kind_->setObjectName("reportKind");
    for (std::size_t index = 0; index < kinds.size(); ++index) {
        kind_->addItem({});
    }
    shift_ = new QComboBox(widget());
    shift_->setObjectName("reportShift");
    shift_->setEditable(true);
    shift_->setInsertPolicy(QComboBox::NoInsert);
    shift_->setEditText(QString::fromStdString(tools::thisWorker(*means.worker).shift));
    order_ = new QComboBox(widget());
    order_->setObjectName("reportOrder");
    order_->addItem({});
    log_ = new PathField(PathField::Kind::File, "reportLog", widget());
    log_->setPath(QString::fromStdString(means.audit->file.empty() ? tools::auditLogOf(means.store).string()
                                                                   : means.audit->file));
    signers_ = new PathField(PathField::Kind::FileOrFolder, "reportSigners", widget());
    signers_->setPath(QString::fromStdString(means.audit->signer.certificate));
    connect(kind_, &QComboBox::currentIndexChanged, this, &ReportsPage::showFields);
    connect(shift_->lineEdit(), &QLineEdit::returnPressed, this, &ReportsPage::ask);
}

void ReportsPage::makeActions() {
    actions_ = new desktop::ActionBar(widget());
    showButton_ = actions_->add("showReport", "F5");
    pdfButton_ = actions_->add("savePdf", "F6");
    csvButton_ = actions_->add("saveCsv", "F7");
    connect(showButton_, &QPushButton::clicked, this, &ReportsPage::ask);
    connect(pdfButton_, &QPushButton::clicked, this, [this] { save("pdf"); });
    connect(csvButton_, &QPushButton::clicked, this, [this] { save("csv"); });
}

void ReportsPage::layOut() {
    auto* choices = new QWidget(widget());
    choices->setMaximumWidth(widest);
    fields_ = new QFormLayout(choices);
    fields_->setContentsMargins(0, 0, 0, 0);
    fields_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    fields_->setRowWrapPolicy(QFormLayout::WrapLongRows);
    for (QWidget* field : std::initializer_list<QWidget*>{kind_, shift_, order_, log_, signers_}) {
        fields_->addRow(QString(" "), field);
    }
    auto* screen = new QVBoxLayout(widget());
    screen->setContentsMargins(16, 0, 16, 10);
    screen->setSpacing(8);
    screen->addWidget(choices);
    screen->addWidget(actions_);
    screen->addWidget(verdict_);
    screen->addWidget(status_);
    screen->addWidget(view_, 1);
    status_->hide();
}

void ReportsPage::retranslate() {
    const auto name = [this](QWidget* field, const QString& text) {
        qobject_cast<QLabel*>(fields_->labelForField(field))->setText(text);
        field->setAccessibleName(text);
    };
    name(kind_, tr("Report"));
    name(shift_, tr("Shift"));
    shift_->lineEdit()->setAccessibleName(tr("Shift"));
    name(order_, tr("Order"));
    name(log_, tr("Audit log"));
    log_->retranslate(tr("Audit log"));
    name(signers_, tr("Who signs checkpoints"));
    signers_->retranslate(tr("Who signs checkpoints"));
    const QStringList names{tr("Shift: where every blank went"), tr("Orders: progress and what waits"),
                            tr("Stock of blanks"), tr("Verification of the audit log")};
    for (int index = 0; index < kind_->count(); ++index) {
        kind_->setItemText(index, names[index]);
    }
    order_->setItemText(0, tr("All orders"));
    actions_->setText(showButton_, tr("Show the report"));
    actions_->setText(pdfButton_, tr("Save as PDF"));
    actions_->setText(csvButton_, tr("Save as CSV"));
    status_->hide();
    showFields();
    showReport();
}

void ReportsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    readShifts();
}

void ReportsPage::readShifts() {
    if (lists_->isRunning()) {
        return;
    }
    lists_->run(
        [this, store = controller_.floor().settings().means->store](const std::stop_token&) {
            const auto shifts = tools::openExistingJobStore(store)->shifts();
            return [this, shifts] {
                const QString typed = shift_->currentText();
                shift_->clear();
                for (const std::string& shift : shifts) {
                    shift_->addItem(desktop::shown(shift));
                }
                shift_->setEditText(typed);
            };
        },
        [](const std::string&) {}); // the line's page says why the store is unavailable
}

void ReportsPage::showOrders() {
    std::vector<std::string> orders;
    for (const auto& order : controller_.state().orders) {
        orders.push_back(order.order);
    }
    if (orders == orders_) {
        return;
    }
    const int current = order_->currentIndex();
    const std::string chosen = current > 0 ? orders_[static_cast<std::size_t>(current - 1)] : std::string();
    orders_ = orders;
    while (order_->count() > 1) {
        order_->removeItem(1);
    }
    for (const std::string& order : orders_) {
        order_->addItem(ReportWriting::orderName(order));
        if (current > 0 && order == chosen) {
            order_->setCurrentIndex(order_->count() - 1);
        }
    }
}

void ReportsPage::showFields() {
    const bool ofShift = kind() == ReportKind::Shift || kind() == ReportKind::Stock;
    fields_->setRowVisible(shift_, ofShift);
    fields_->setRowVisible(order_, kind() == ReportKind::Order);
    fields_->setRowVisible(log_, kind() == ReportKind::Audit);
    fields_->setRowVisible(signers_, kind() == ReportKind::Audit);
}

ReportKind ReportsPage::kind() const {
    return kinds[static_cast<std::size_t>(std::max(0, kind_->currentIndex()))];
}

ReportQuestion ReportsPage::question() const {
    ReportQuestion question{kind(),
                            shift_->currentText().trimmed().toStdString(),
                            {},
                            log_->path().toStdString(),
                            signers_->path().toStdString()};
    if (order_->currentIndex() > 0) {
        question.order = orders_[static_cast<std::size_t>(order_->currentIndex() - 1)];
    }
    return question;
}

void ReportsPage::ask() {
    if (background_->isRunning()) {
        return;
    }
    report_.reset();
    problem_.clear();
    status_->hide();
    background_->run(
        [this, question = question(),
         store = controller_.floor().settings().means->store](const std::stop_token&) {
            const auto report = std::make_shared<const LineReport>(answer(question, store));
            return [this, report] {
                report_ = report;
                showReport();
            };
        },
        [this](const std::string& error) {
            problem_ = error;
            showReport();
        });
    showReport();
}

void ReportsPage::save(const QString& suffix) {
    chooseFile(
        this,
        [this, &suffix](QFileDialog& dialog) {
            dialog.setWindowTitle(suffix == "pdf" ? tr("Save as PDF") : tr("Save as CSV"));
            dialog.setAcceptMode(QFileDialog::AcceptSave);
            dialog.setDefaultSuffix(suffix);
            dialog.setNameFilter("*." + suffix);
            dialog.selectFile(fileName(suffix));
        },
        [this](const QString& file) { write(file); });
}

void ReportsPage::write(const QString& file) {
    if (background_->isRunning() || report_ == nullptr) {
        return;
    }
    background_->run(
        [this, file, sheet = sheet_](const std::stop_token&) {
            writeReport(sheet, file);
            return [this, file] {
                status_->setText("✓ " + tr("Written: %1").arg(file));
                refreshActions();
            };
        },
        [this](const std::string& error) {
            status_->setText("✕ " + sentence(error));
            refreshActions();
        });
    status_->setText(tr("Writing %1…").arg(QFileInfo(file).fileName()));
    status_->show();
    refreshActions();
}

QString ReportsPage::fileName(const QString& suffix) const {
    QString name = sheet_.title;
    name.replace(QRegularExpression(R"([^\w.-]+)", QRegularExpression::UseUnicodePropertiesOption), "-");
    return name + "." + suffix;
}

void ReportsPage::showReport() {
    sheet_ = report_ == nullptr ? ReportSheet() : ReportWriting::sheetOf(*report_);
    if (report_ != nullptr) {
        verdict_->show(sheet_.tone, sheet_.verdict, sheet_.title + " · " + sheet_.origin);
    } else if (background_->isRunning()) {
        verdict_->show(
            Tone::Busy,
            kind() == ReportKind::Audit ? tr("Verifying the audit log…") : tr("Reading the job store…"), {});
    } else if (!problem_.empty()) {
        verdict_->show(Tone::Bad, tr("There is no such report"), sentence(problem_));
    } else {
        verdict_->show(Tone::Calm, tr("Choose a report and show it."), {});
    }
    view_->show(sheet_);
    refreshActions();
}

void ReportsPage::refreshActions() {
    const bool works = background_->isRunning();
    showButton_->setEnabled(!works);
    pdfButton_->setEnabled(!works && report_ != nullptr);
    csvButton_->setEnabled(!works && report_ != nullptr);
}

} // namespace cancuoc::station
