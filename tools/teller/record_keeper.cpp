// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/record_keeper.hpp"

#include <memory>

#include <QDateTime>
#include <QFileDialog>
#include <QPrintDialog>
#include <QPrinter>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "tools/desktop/dismissal.hpp"
#include "tools/teller/record_dialog.hpp"

namespace cancuoc::teller {

namespace {

// Whose card it was does not stand in the name.
QString fileNameFor(const Outcome& outcome, const QString& suffix) {
    const auto moment = QDateTime::fromSecsSinceEpoch(outcome.time.time_since_epoch().count());
    return "check-" + moment.toString("yyyy-MM-dd-HHmmss") + "." + suffix;
}

} // namespace

RecordKeeper::RecordKeeper(QWidget& window, std::function<const CounterState&()> state)
    : window_(window), state_(std::move(state)) {}

void RecordKeeper::saveRecord() {
    chooseOptions([this](CheckRecordOptions options) {
        chooseFile(tr("Save the record of the check"), "pdf",
                   [this, options] { return checkRecordPdf(state_(), options); });
    });
}

void RecordKeeper::printRecord() {
    chooseOptions([this](CheckRecordOptions options) { print(options); });
}

void RecordKeeper::saveEvidence() {
    if (state_().outcome) {
        chooseFile(tr("Save the evidence for the server: it holds personal data"), "evidence",
                   [this] { return state_().outcome->evidence; });
    }
}

void RecordKeeper::forget() {
    desktop::dismiss(dialog_);
}

void RecordKeeper::chooseOptions(std::function<void(CheckRecordOptions)> goOn) {
    if (!state_().outcome) {
        return;
    }
    auto* dialog = new RecordDialog(&window_);
    connect(dialog, &QDialog::accepted, this, [this, dialog, goOn = std::move(goOn)] {
        if (state_().outcome) {
            goOn(dialog->options());
        }
    });
    open(dialog);
}

void RecordKeeper::chooseFile(const QString& title, const QString& suffix, std::function<Bytes()> content) {
    auto* dialog = new QFileDialog(&window_, title);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter("*." + suffix);
    dialog->selectFile(fileNameFor(*state_().outcome, suffix));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, content = std::move(content)](const QString& file) { write(file, content); });
    open(dialog);
}

void RecordKeeper::write(const QString& file, const std::function<Bytes()>& content) {
    if (!state_().outcome) {
        return;
    }
    try {
        writePrivateFile(file.toStdString(), content());
        emit done(tr("Saved: %1").arg(file));
    } catch (const Error&) {
        emit done(tr("Not saved: the folder cannot be written. Choose another one."));
    }
}

void RecordKeeper::print(const CheckRecordOptions& options) {
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    auto* dialog = new QPrintDialog(printer.get(), &window_);
    connect(dialog, &QDialog::accepted, this, [this, printer, options] {
        if (state_().outcome) {
            drawCheckRecord(*printer, state_(), options);
            emit done(tr("Sent to the printer."));
        }
    });
    open(dialog);
}

void RecordKeeper::open(QDialog* dialog) {
    dialog_ = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace cancuoc::teller
