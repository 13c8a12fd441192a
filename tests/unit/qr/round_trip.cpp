// SPDX-License-Identifier: Apache-2.0
// Fictional records through payload, symbol, the printer's pixels at 300 and 600 dpi and back, at the sizes
// that the QR has on each card. Argument: how many.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "host/base/date.hpp"
#include "personalization/sample/fictional_citizen.hpp"
#include "personalization/sample/lot.hpp"
#include "qr/card_identity.hpp"
#include "qr/decoder.hpp"
#include "qr/drawing.hpp"

using namespace cancuoc;

namespace {

// Every fifth record has the longest name and address of Vietnamese civil registers' forms.
qr::Payload payloadOf(const personalization::CitizenRecord& record, bool isLongest) {
    qr::CardIdentity identity;
    identity.number = record.number;
    identity.oldNumber = record.oldNumber;
    identity.fullName = isLongest ? "Công Tằng Tôn Nữ Nguyễn Thị Phương Nguyệt Thảo Quỳnh " + record.fullName
                                  : record.fullName;
    identity.birthDate = toIso(record.birthDate);
    identity.sex = record.sex == personalization::Sex::Male ? "M" : "F";
    identity.residence =
        isLongest ? "Số 1234/56/78/90 Đường Nguyễn Thị Minh Khai Nối Dài, Tổ Dân Phố Số Mười Bốn, " +
                        record.residence
                  : record.residence;
    identity.issueDate = toIso(record.issueDate);
    return qr::toPayload(identity);
}

// A place for the symbol on the card, and a printer.
struct Print {
    double millimetres;
    std::size_t dotsPerInch;
    std::size_t largestVersion = 40; ///< that is printed there
};

// The layout of 2021 has 12.6 mm, which are 148 pixels at 300 dpi: two for each of the 73 modules of version
// 14, the largest that these records need. The 12 mm of issued cards are 141 pixels, which are too few for
// it.
constexpr Print tightest{12, 300, 13};
constexpr Print printsOf2021[] = {{12.6, 300}, tightest, {12, 600}};
constexpr Print printsOf2024[] = {{18, 300}, {18, 600}};

std::span<const Print> printsOf(qr::Profile profile) {
    return profile == qr::Profile::Cccd2021 ? std::span<const Print>(printsOf2021) : printsOf2024;
}

bool comesBack(const std::string& text, const qr::Symbol& symbol, const Print& print) {
    const auto scale = qr::scaleFor(symbol, print.millimetres, print.dotsPerInch);
    return qr::decodeSymbols(qr::toRaster(symbol, scale)) == std::vector<std::string>{text};
}

// Whether the payload comes back as it was from each print, without a remark. Counts what is too large for
// one.
bool comesBack(const qr::Payload& payload, qr::Profile profile, unsigned& tooLarge) {
    const auto text = qr::formatPayload(payload, profile);
    const auto symbol = qr::Symbol::encode(text);
    for (const auto& print : printsOf(profile)) {
        if (symbol.version() > print.largestVersion) {
            ++tooLarge;
        } else if (!comesBack(text, symbol, print)) {
            return false;
        }
    }
    const auto parsed = qr::parsePayload(text);
    return parsed.payload == payload && parsed.profile == profile && parsed.oddities.empty();
}

} // namespace

int main(int argumentCount, char** arguments) {
    const auto count = argumentCount == 2 ? static_cast<unsigned>(std::stoul(arguments[1])) : 0U;
    unsigned lost = 0;
    unsigned tooLarge = 0;
    for (unsigned serial = 0; serial < count; ++serial) {
        personalization::Lot lot(20990101, serial);
        const auto payload = payloadOf(personalization::drawCitizen(serial, lot).record, serial % 5 == 0);
        const auto profile = serial % 2 == 0 ? qr::Profile::Cccd2021 : qr::Profile::Cancuoc2024;
        if (!comesBack(payload, profile, tooLarge)) {
            std::fprintf(stderr, "record %u does not come back\n", serial);
            ++lost;
        }
    }
    std::printf("%u of %u records came back, %u of them not printed at %g mm and %zu dpi: too large for it\n",
                count - lost, count, tooLarge, tightest.millimetres, tightest.dotsPerInch);
    return count > 0 && lost == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
