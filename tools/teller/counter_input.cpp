// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/counter_input.hpp"

#include <string>

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/lds/machine_readable_zone.hpp"
#include "qr/delivered_text.hpp"
#include "tools/teller/scanned_lines.hpp"

namespace cancuoc::teller {

namespace {

using Understood = std::variant<CounterInput, InputProblem>;

constexpr std::size_t canDigits = 6;
constexpr std::size_t numberDigits = 12;

std::string withoutSpaces(std::string_view text) {
    std::string result(text);
    std::erase_if(result, isBlank);
    return result;
}

Understood readDigits(const std::string& digits) {
    CounterInput input;
    if (digits.size() == canDigits) {
        input.access.can = digits;
    } else if (digits.size() == numberDigits) {
        input.access.number = digits;
    } else {
        return InputProblem::WrongLength;
    }
    return input;
}

Understood readQr(std::string_view text) {
    try {
        CounterInput input;
        input.qr = qr::parsePayload(text).payload;
        input.access.number = input.qr->number;
        return input;
    } catch (const MalformedData&) {
        return qr::classify(text) == qr::PayloadKind::HealthInsuranceCard ? InputProblem::HealthInsuranceCard
                                                                          : InputProblem::NotUnderstood;
    }
}

// Doc 9303-5, 4.2: the citizen card carries a TD1. Its CAN stands in the number, so that the card opens
// whether it takes the MRZ or the CAN.
Understood readZone(const std::string& text) {
    try {
        const auto zone = lds::MachineReadableZone::parse(text);
        if (zone.format != lds::MrzFormat::Td1) {
            return InputProblem::OtherDocument;
        }
        if (!zone.wrongCheckDigits.empty()) {
            return InputProblem::WrongCheckDigit;
        }
        CounterInput input;
        input.access.mrz = text;
        if (zone.issuingState == "VNM") {
            input.access.number = zone.vietnameseNumber().value_or("");
        }
        return input;
    } catch (const MalformedData&) {
        return InputProblem::NotUnderstood;
    }
}

} // namespace

KeyKind CounterInput::kind() const {
    if (qr) {
        return KeyKind::QrCode;
    }
    return access.mrz.empty() ? KeyKind::Number : KeyKind::Zone;
}

Understood readCounterInput(std::string_view text) {
    if (qr::positionOfSeparator(text) != text.size()) {
        return readQr(text);
    }
    const auto characters = withoutSpaces(text);
    if (!characters.empty() && isDigits(characters)) {
        return readDigits(characters);
    }
    return readZone(inZoneCharacters(characters));
}

} // namespace cancuoc::teller
