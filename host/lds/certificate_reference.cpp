// SPDX-License-Identifier: Apache-2.0
#include "host/lds/certificate_reference.hpp"

#include <algorithm>

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"

namespace cancuoc::lds {

namespace {

bool isCapital(char character) {
    return character >= 'A' && character <= 'Z';
}

constexpr std::size_t longestReference = 16;

bool isUnassigned(std::uint8_t character) {
    return character < 0x20 || (character >= 0x7F && character <= 0x9F);
}

} // namespace

std::string readCertificateReference(TlvReader& reader, std::uint32_t tag, std::string_view what) {
    const BytesView reference = reader.expect(tag, what).value;
    if (reference.empty() || reference.size() > longestReference ||
        std::any_of(reference.begin(), reference.end(), isUnassigned)) {
        throw MalformedData(std::string(what) + " is no text of 1 to 16 characters.");
    }
    return toText(reference);
}

bool isCertificateReference(std::string_view reference) {
    constexpr std::size_t countryLength = 2;
    constexpr std::size_t sequenceLength = 5;
    constexpr std::size_t longestMnemonic = 9;
    if (reference.size() < countryLength + 1 + sequenceLength ||
        reference.size() > countryLength + longestMnemonic + sequenceLength) {
        return false;
    }
    const auto sequence = reference.substr(reference.size() - sequenceLength);
    return std::all_of(reference.begin(), reference.begin() + countryLength, isCapital) &&
           std::all_of(sequence.begin(), sequence.end(), [](char character) {
               return isDigit(character) || isCapital(character) || (character >= 'a' && character <= 'z');
           });
}

} // namespace cancuoc::lds
