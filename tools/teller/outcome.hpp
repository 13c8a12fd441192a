// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "host/inspection/verdict.hpp"
#include "qr/card_identity.hpp"
#include "tools/teller/person.hpp"

namespace cancuoc::teller {

/// The end of a reading: everything that is shown, printed and kept of it. Personal data.
struct Outcome {
    inspection::Judgement judgement;
    std::string policy; ///< its name
    std::vector<trust::Check> checks;
    std::vector<std::string> remarks; ///< sentences of the host library, English
    Person person;
    std::vector<qr::FieldComparison> comparisons; ///< QR against chip; empty when no QR was scanned
    std::chrono::sys_seconds time{};              ///< when the card was read
    std::string reader;                           ///< its name
    Bytes evidence;                               ///< as `cancuoc evidence verify` takes it
    std::string evidenceSha256;                   ///< of `evidence`, 64 small hexadecimal digits

    /// Whether a field of the QR says something else than the chip.
    [[nodiscard]] bool qrDiffers() const;
};

} // namespace cancuoc::teller
