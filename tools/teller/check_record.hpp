// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QString>

#include "tools/teller/counter_state.hpp"

class QIODevice;
class QPagedPaintDevice;

namespace cancuoc::teller {

/// What a record of a check holds besides the verdict.
struct CheckRecordOptions {
    bool personalData = false; ///< the holder's data and face; without, nothing in it tells whose card it was
};

/// The record of a check that ended with a verdict, as rich text in the language of the moment: verdict,
/// time, reader, policy, every check, and the SHA-256 of the evidence, which ties the record to it.
/// @param state must have an outcome
[[nodiscard]] QString checkRecordText(const CounterState& state, const CheckRecordOptions& options);

/// Draws the record on a printer.
void drawCheckRecord(QPagedPaintDevice& device, const CounterState& state, const CheckRecordOptions& options);

/// The record as a PDF file.
[[nodiscard]] Bytes checkRecordPdf(const CounterState& state, const CheckRecordOptions& options);

} // namespace cancuoc::teller
