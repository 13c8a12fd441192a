// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/order_import_view.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "personalization/station/background.hpp"
#include "personalization/station/path_field.hpp"
#include "personalization/station/sentences.hpp"
#include "personalization/station/verdict_view.hpp"
#include "tools/desktop/action_bar.hpp"
#include "tools/desktop/label.hpp"
#include "tools/desktop/result_table.hpp"
#include "tools/line_assembly.hpp"

namespace cancuoc::station {

using desktop::Tone;
using personalization::Finding;
using personalization::Language;
using personalization::Severity;
using std::chrono::steady_clock;

namespace {

constexpr int widest = 860; // pixels, of the fields
constexpr int leastFindingsHeight = 110;
constexpr std::chrono::milliseconds pause(100); // between two lines that are told

Language languageOfNow() {
    return QLocale().language() == QLocale::Vietnamese ? Language::Vietnamese : Language::English;
}

} // namespace

OrderImportView::OrderImportView(std::string store, std::string storeKey)
    : store_(std::move(store)), storeKey_(std::move(storeKey)), background_(new Background(this)) {
    makeFields();
    makeActions();
    verdict_ = new VerdictView(this);
    findingsName_ = desktop::plainLabel({}, this);
    desktop::setTextSize(*findingsName_, 1.0, /*bold*/ true);
    findings_ = new desktop::ResultTable(this);
    findings_->setObjectName("findings");
    findings_->setMinimumHeight(leastFindingsHeight);
    layOut();
    setFocusProxy(order_);
}

void OrderImportView::makeFields() {
    order_ = new PathField(PathField::Kind::FileOrFolder, "orderPath", this);
    name_ = new QLineEdit(this);
    name_->setObjectName("orderName");
    signers_ = new PathField(PathField::Kind::Folder, "orderSigners", this);
    requireSignature_ = new QCheckBox(this);
    requireSignature_->setObjectName("requireSignature");
    refuseFutureDates_ = new QCheckBox(this);
    refuseFutureDates_->setObjectName("refuseFutureDates");
    connect(order_, &PathField::changed, this, &OrderImportView::refreshActions);
    connect(signers_, &PathField::changed, this, &OrderImportView::refreshActions);
}

void OrderImportView::makeActions() {
    actions_ = new desktop::ActionBar(this);
    beginButton_ = actions_->add("beginImport", "F5");
    stopButton_ = actions_->add("stopImport", "F8");
    saveButton_ = actions_->add("saveFindings", "F6");
    backButton_ = actions_->add("leaveImport", "Esc");
    connect(beginButton_, &QPushButton::clicked, this, &OrderImportView::begin);
    connect(saveButton_, &QPushButton::clicked, this, &OrderImportView::save);
    connect(backButton_, &QPushButton::clicked, this, &OrderImportView::left);
    connect(stopButton_, &QPushButton::clicked, this, [this] {
        isStopping_ = true;
        background_->requestStop();
        showState();
    });
}

void OrderImportView::layOut() {
    auto* holder = new QWidget(this);
    holder->setMaximumWidth(widest);
    fields_ = new QFormLayout(holder);
    fields_->setContentsMargins(0, 0, 0, 0);
    fields_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    fields_->setRowWrapPolicy(QFormLayout::WrapLongRows);
    for (QWidget* field : std::initializer_list<QWidget*>{order_, name_, signers_}) {
        fields_->addRow(QString(" "), field);
    }
    fields_->addRow(requireSignature_);
    fields_->addRow(refuseFutureDates_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(holder);
    layout->addWidget(actions_);
    layout->addWidget(verdict_);
    layout->addWidget(findingsName_);
    layout->addWidget(findings_, 1);
}

void OrderImportView::retranslate() {
    const auto name = [this](QWidget* field, const QString& text) {
        qobject_cast<QLabel*>(fields_->labelForField(field))->setText(text);
        field->setAccessibleName(text);
    };
    name(order_, tr("Order"));
    order_->retranslate(tr("Order: a file of records, a folder or a ZIP"));
    order_->setPlaceholder(tr("A file of records (CSV or JSON lines), a folder with one, or a ZIP of it"));
    name(name_, tr("Its name in reports"));
    name_->setPlaceholderText(tr("That of its file or folder"));
    name(signers_, tr("Whose signatures count"));
    signers_->retranslate(tr("Whose signatures count"));
    signers_->setPlaceholder(tr("A folder of certificates; without it no signature is checked"));
    requireSignature_->setText(tr("Refuse an order that none of them has signed"));
    refuseFutureDates_->setText(tr("Refuse cards issued after today"));
    for (auto* demand : {requireSignature_, refuseFutureDates_}) {
        demand->setAccessibleName(demand->text());
    }
    actions_->setText(beginButton_, tr("Check it and take it in"));
    actions_->setText(stopButton_, tr("Stop"));
    actions_->setText(saveButton_, tr("Save what was found"));
    actions_->setText(backButton_, tr("Back to the orders"));
    saved_.clear();
    showState();
    showFindings();
}

tools::OrderImport OrderImportView::wanted() const {
    return {.order = order_->path().toStdString(),
            .name = name_->text().trimmed().toStdString(),
            .store = store_,
            .storeKey = storeKey_,
            .signers = signers_->path().toStdString(),
            .requireSignature = requireSignature_->isEnabled() && requireSignature_->isChecked(),
            .refuseFutureDates = refuseFutureDates_->isChecked()};
}

void OrderImportView::begin() {
    if (background_->isRunning() || order_->path().isEmpty()) {
        return;
    }
    report_.reset();
    problem_.clear();
    saved_.clear();
    line_ = 0;
    isStopping_ = false;
    background_->run(
        [this, import = wanted()](const std::stop_token& stop) {
            const auto report =
                std::make_shared<tools::ImportReport>(import.order, Language::English, nullptr);
            auto told = steady_clock::now();
            importOrder(import, tools::openExistingJobStore, *report, stop, [this, &told](std::size_t line) {
                if (steady_clock::now() - told > pause) {
                    told = steady_clock::now();
                    background_->show([this, line] {
                        line_ = line;
                        showState();
                    });
                }
            });
            return [this, report] { take(report); };
        },
        [this](const std::string& error) {
            problem_ = error;
            showState();
        });
    showState();
    showFindings();
}

void OrderImportView::take(std::shared_ptr<tools::ImportReport> report) {
    report_ = std::move(report);
    showState();
    showFindings();
}

void OrderImportView::save() {
    if (report_ == nullptr) {
        return;
    }
    chooseFile(
        this,
        [this](QFileDialog& dialog) {
            dialog.setWindowTitle(tr("Save what was found"));
            dialog.setAcceptMode(QFileDialog::AcceptSave);
            dialog.setNameFilters({"*.txt", "*.json"});
            dialog.setDefaultSuffix("txt");
            dialog.selectFile(QFileInfo(order_->path()).completeBaseName() + ".txt");
        },
        [this](const QString& file) { write(file); });
}

void OrderImportView::write(const QString& file) {
    if (background_->isRunning() || report_ == nullptr) {
        return;
    }
    report_->speak(languageOfNow());
    background_->run(
        [this, file, report = *report_](const std::stop_token&) {
            report.write(file.toStdString());
            return [this, file] {
                saved_ = "✓ " + tr("Written: %1").arg(file);
                showState();
            };
        },
        [this](const std::string& error) {
            saved_ = "✕ " + sentence(error);
            showState();
        });
    saved_ = tr("Writing %1…").arg(QFileInfo(file).fileName());
    showState();
}

void OrderImportView::showState() {
    if (report_ != nullptr) {
        report_->speak(languageOfNow());
        const QString signer = report_->signer().empty()
                                   ? QString()
                                   : tr("Signed by %1.").arg(desktop::shown(report_->signer()));
        verdict_->show(report_->orderRefused()                          ? Tone::Bad
                       : report_->anyRefused() || report_->endedEarly() ? Tone::Care
                                                                        : Tone::Good,
                       desktop::shown(report_->summary()), (signer + " " + saved_).trimmed());
    } else if (background_->isRunning()) {
        verdict_->show(Tone::Busy,
                       line_ == 0
                           ? tr("Opening the order…")
                           : tr("Checking the order: line %1…").arg(QLocale().toString(qulonglong(line_))),
                       isStopping_ ? tr("Stopping; what is taken in stays.") : QString());
    } else if (!problem_.empty()) {
        verdict_->show(Tone::Bad, tr("The order could not be taken in"), sentence(problem_));
    } else {
        verdict_->show(Tone::Calm, tr("Choose an order."),
                       tr("A record that breaks a rule stops only itself. Taking an order in again adds "
                          "nothing twice."));
    }
    refreshActions();
}

void OrderImportView::showFindings() {
    const Language language = languageOfNow();
    findings_->setAccessibleName(tr("Errors and warnings"));
    findings_->begin({tr("Line"), tr("Severity"), tr("Field"), tr("What is wrong"), tr("Rule")}, 0);
    auto* header = findings_->horizontalHeader();
    for (const int column : {1, 4}) {
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    }
    const std::size_t count = report_ == nullptr ? 0 : report_->findings().size();
    for (std::size_t index = 0; index < std::min<std::size_t>(count, mostFindings); ++index) {
        const Finding& finding = report_->findings()[index];
        const bool isError = finding.severity() == Severity::Error;
        const auto severity =
            QString::fromStdString(std::string(tools::nameOf(finding.severity(), language)));
        findings_->addRow({finding.line == 0 ? QString("–") : QString::number(finding.line),
                           (isError ? "✕ " : "▲ ") + severity,
                           desktop::shown(tools::subjectOf(finding, language)),
                           desktop::shown(finding.message(language)),
                           QString::fromStdString(std::string(finding.rule->id))},
                          isError);
    }
    findingsName_->setText(
        count > mostFindings
            ? tr("Errors and warnings: the first %1 of %2; a saved file has all")
                  .arg(QLocale().toString(mostFindings), QLocale().toString(qulonglong(count)))
            : tr("Errors and warnings: %1").arg(QLocale().toString(qulonglong(count))));
}

void OrderImportView::refreshActions() {
    const bool works = background_->isRunning();
    beginButton_->setEnabled(!works && !order_->path().isEmpty());
    stopButton_->setEnabled(works && report_ == nullptr && !isStopping_);
    saveButton_->setEnabled(!works && report_ != nullptr);
    requireSignature_->setEnabled(!signers_->path().isEmpty());
}

} // namespace cancuoc::station
