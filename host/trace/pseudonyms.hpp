// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"

#include <map>
#include <string>

namespace cancuoc::trace {

/// Stand-ins for the values of one trace: of the same length and kind, the same for the same value, and of no
/// use to somebody who wants to test a guess, because the key they are made with is drawn for one trace and
/// forgotten with this object.
class Pseudonyms {
public:
    explicit Pseudonyms(RandomSource& random);

    /// Any bytes.
    [[nodiscard]] Bytes bytes(BytesView value) const;
    /// UTF-8 text: digits for digits, letters for letters of as many bytes; what parts them stays. A date
    /// dd/mm/yyyy becomes another one, and a row of digits is an identifier.
    [[nodiscard]] std::string text(std::string_view value);
    /// A number or code. One that is part of another, such as the CAN of the 12-digit number, is the same
    /// part of the other's pseudonym. 12 digits begin with 9, as no Vietnamese citizen's number does.
    [[nodiscard]] std::string identifier(std::string_view value);
    /// YYMMDD. The end of validity of a card that does not expire, 991231, stays.
    [[nodiscard]] std::string yearMonthDay(std::string_view value) const;
    /// M or F for either; anything else stays.
    [[nodiscard]] char sex(char value) const;

private:
    [[nodiscard]] Bytes stream(std::string_view purpose, BytesView value, std::size_t size) const;
    [[nodiscard]] std::string sameKind(std::string_view value) const;

    SecretBytes key_;
    std::map<std::string, std::string, std::less<>> identifiers_;
};

} // namespace cancuoc::trace
