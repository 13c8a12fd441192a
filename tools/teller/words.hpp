// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QString>

#include "tools/teller/counter_state.hpp"

namespace cancuoc::teller {

/// What is said to a teller, in the language of the moment: sentences that can be said aloud.
class Words {
    Q_DECLARE_TR_FUNCTIONS(Words)

public:
    /// The answer in one line.
    [[nodiscard]] static QString headline(const CounterState& state);
    /// What to say or do next, one to three sentences.
    [[nodiscard]] static QString advice(const CounterState& state);

    [[nodiscard]] static QString readerStatus(ReaderStatus status);
    [[nodiscard]] static QString itemName(PersonItem item);
    /// A value as it is shown: the sex in the language of the moment, all else as the card has it.
    [[nodiscard]] static QString itemValue(const Person::Entry& entry);

    /// A field of the QR by its name in FieldComparison.
    [[nodiscard]] static QString fieldName(const std::string& name);
    [[nodiscard]] static QString fieldResult(qr::FieldResult result);
    /// The same for one field, where the chip may say what the QR code leaves out.
    [[nodiscard]] static QString comparison(const qr::FieldComparison& comparison);

    /// What a check of `check_name::all` looks at; the name itself for any other.
    [[nodiscard]] static QString checkTitle(const std::string& name);
    [[nodiscard]] static QString checkResult(trust::CheckResult result);

private:
    [[nodiscard]] static QString inputProblem(InputProblem problem);
    [[nodiscard]] static QString wrongKey(KeyKind key);
    [[nodiscard]] static QString afterWrongKey(KeyKind key);
    [[nodiscard]] static QString keyIsThere(KeyKind key);
    [[nodiscard]] static QString layItFlat();
    [[nodiscard]] static QString failure(Failure failure);
    [[nodiscard]] static QString failedCheck(const std::string& name);
    [[nodiscard]] static QString whyNotGenuine(const Outcome& outcome);
    [[nodiscard]] static QString whyNotProven(const Outcome& outcome);
    [[nodiscard]] static QString genuineAdvice(const Outcome& outcome);
    [[nodiscard]] static QString notCheckedAdvice(const CounterState& state);
};

/// "✓", "✕" or "–": what stands beside a result, so that it can be seen without colour.
[[nodiscard]] QString signOf(trust::CheckResult result);
[[nodiscard]] QString signOf(qr::FieldResult result);

/// Whether a check of that name must be among the reasons of a verdict.
[[nodiscard]] bool isReason(const inspection::Judgement& judgement, const std::string& checkName);

} // namespace cancuoc::teller
