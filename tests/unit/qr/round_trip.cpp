// SPDX-License-Identifier: Apache-2.0
// Fictional records through payload, symbol, the printer's pixels at 300 dpi and back, at the size of the QR
// on each card. Argument: how many.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

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

// Whether the payload comes back as it was, without a remark.
bool comesBack(const qr::Payload& payload, qr::Profile profile) {
    const double millimetres = profile == qr::Profile::Cccd2021 ? 12 : 18;
    // Two pixels a module of version 14 do not fit into 12 mm at 300 dpi: such a record needs the finer
    // printer.
    constexpr std::size_t largestVersionAt300 = 13;
    const auto text = qr::formatPayload(payload, profile);
    const auto symbol = qr::Symbol::encode(text);
    const std::size_t dotsPerInch = millimetres < 18 && symbol.version() > largestVersionAt300 ? 600 : 300;
    const auto decoded =
        qr::decodeSymbols(qr::toRaster(symbol, qr::scaleFor(symbol, millimetres, dotsPerInch)));
    if (decoded.size() != 1 || decoded.front() != text) {
        return false;
    }
    const auto parsed = qr::parsePayload(decoded.front());
    return parsed.payload == payload && parsed.profile == profile && parsed.oddities.empty();
}

} // namespace

int main(int argumentCount, char** arguments) {
    const auto count = argumentCount == 2 ? static_cast<unsigned>(std::stoul(arguments[1])) : 0U;
    unsigned lost = 0;
    for (unsigned serial = 0; serial < count; ++serial) {
        personalization::Lot lot(20990101, serial);
        const auto payload = payloadOf(personalization::drawCitizen(serial, lot).record, serial % 5 == 0);
        const auto profile = serial % 2 == 0 ? qr::Profile::Cccd2021 : qr::Profile::Cancuoc2024;
        if (!comesBack(payload, profile)) {
            std::fprintf(stderr, "record %u does not come back\n", serial);
            ++lost;
        }
    }
    std::printf("%u of %u records came back\n", count - lost, count);
    return count > 0 && lost == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
