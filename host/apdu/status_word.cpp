// SPDX-License-Identifier: Apache-2.0
#include "host/apdu/status_word.hpp"

#include "host/base/bytes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace cancuoc {

namespace {

struct Meaning {
    std::uint16_t statusWord;
    std::string_view text;
};

// ISO/IEC 7816-4, tables of 5.6.
constexpr auto meanings = std::to_array<Meaning>({
    {0x9000, "success"},
    {0x6281, "part of the returned data may be corrupted"},
    {0x6282, "end of file reached"},
    {0x6283, "file deactivated"},
    {0x6285, "file terminated"},
    {0x6300, "authentication failed"},
    {0x6400, "execution error"},
    {0x6581, "memory failure"},
    {0x6700, "wrong length"},
    {0x6881, "logical channel not supported"},
    {0x6882, "secure messaging not supported"},
    {0x6884, "command chaining not supported"},
    {0x6982, "security status not satisfied"},
    {0x6983, "authentication method blocked"},
    {0x6984, "reference data not usable"},
    {0x6985, "conditions of use not satisfied"},
    {0x6986, "command not allowed"},
    {0x6987, "secure messaging data objects missing"},
    {0x6988, "secure messaging data objects incorrect"},
    {0x6A80, "incorrect data"},
    {0x6A81, "function not supported"},
    {0x6A82, "file or application not found"},
    {0x6A83, "record not found"},
    {0x6A84, "not enough memory"},
    {0x6A86, "incorrect parameters P1-P2"},
    {0x6A87, "length inconsistent with parameters P1-P2"},
    {0x6A88, "referenced data not found"},
    {0x6A89, "file already exists"},
    {0x6B00, "wrong offset or parameters P1-P2"},
    {0x6D00, "instruction not supported"},
    {0x6E00, "class not supported"},
    {0x6F00, "no precise diagnosis"},
    {0x6200, "warning"},
});

std::string meaningOfRange(StatusWord statusWord) {
    const std::string low = std::to_string(statusWord.sw2());
    if (statusWord.sw1() == 0x61) {
        return low + " more bytes available";
    }
    if (statusWord.sw1() == 0x6C) {
        return "wrong expected length, " + low + " bytes available";
    }
    if ((statusWord.value() & 0xFFF0U) == 0x63C0) {
        return "authentication failed, " + std::to_string(statusWord.value() & 0x0FU) + " tries left";
    }
    return "unknown status word";
}

} // namespace

std::string describe(StatusWord statusWord) {
    const auto known = std::find_if(meanings.begin(), meanings.end(), [statusWord](const Meaning& meaning) {
        return meaning.statusWord == statusWord.value();
    });
    const std::string text = known != meanings.end() ? std::string(known->text) : meaningOfRange(statusWord);
    return toHex(toBigEndian(statusWord.value(), 2)) + " (" + text + ")";
}

} // namespace cancuoc
