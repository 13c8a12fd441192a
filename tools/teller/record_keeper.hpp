// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include <QObject>
#include <QPointer>

#include "tools/teller/check_record.hpp"

class QDialog;
class QFileDialog;
class QWidget;

namespace cancuoc::teller {

/// Keeps what a check leaves behind, where and as the teller chooses: the record as a PDF or on paper, and
/// the evidence. Its dialogs go away when everything is forgotten.
class RecordKeeper : public QObject {
    Q_OBJECT

public:
    /// @param state the state of the moment; it is looked at again when the teller has chosen
    RecordKeeper(QWidget& window, std::function<const CounterState&()> state);

    void saveRecord();
    void printRecord();
    void saveEvidence();
    /// Closes whatever dialog is open.
    void forget();

signals:
    /// What became of it, as a sentence for the teller.
    void done(const QString& sentence);

private:
    /// Asks what the record holds, then goes on, unless the check has been forgotten meanwhile.
    void chooseOptions(std::function<void(CheckRecordOptions)> goOn);
    void chooseFile(const QString& title, const QString& suffix, std::function<Bytes()> content);
    void print(const CheckRecordOptions& options);
    void write(const QString& file, const std::function<Bytes()>& content);
    void open(QDialog* dialog);

    QWidget& window_;
    std::function<const CounterState&()> state_;
    QPointer<QDialog> dialog_;
};

} // namespace cancuoc::teller
