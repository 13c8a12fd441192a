// SPDX-License-Identifier: Apache-2.0
#include "host/trace/redaction.hpp"

#include "host/apdu/command.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/trace/file_redaction.hpp"

namespace cancuoc::trace {

namespace {

constexpr std::uint8_t manageSecurityEnvironment = 0x22;
constexpr std::uint8_t generalAuthenticate = 0x86;

// What SELECT, READ BINARY, GET CHALLENGE and PSO: VERIFY CERTIFICATE carry is public: names of files and
// offsets, and the CV certificates of the terminal.
bool carriesPublicData(std::uint8_t ins) {
    return ins == 0xA4 || ins == 0xB0 || ins == 0xB1 || ins == 0x84 || ins == 0x2A;
}

// Data objects one after another; the values of those that `isPublic` says stay.
Bytes redactValues(BytesView data, const Pseudonyms& pseudonyms, bool (*isPublic)(std::uint32_t tag)) try {
    Bytes output;
    TlvReader reader(data);
    while (const auto object = reader.next()) {
        append(output, object->encoded.first(object->encoded.size() - object->value.size()));
        append(output, isPublic(object->tag) ? toBytes(object->value) : pseudonyms.bytes(object->value));
    }
    return output;
} catch (const MalformedData&) {
    return pseudonyms.bytes(data);
}

// MSE: protocol, name of the password or key, key identifier stay; the ephemeral key in DO 91 does not.
bool namesWhatIsUsed(std::uint32_t tag) {
    return tag == 0x80 || tag == 0x83 || tag == 0x84;
}

// GENERAL AUTHENTICATE, both ways: 7C around nonces, keys and tokens.
Bytes redactDynamicData(BytesView data, const Pseudonyms& pseudonyms) try {
    const Tlv object = readTlv(data, 0x7C, "dynamic authentication data");
    return concat(object.encoded.first(object.encoded.size() - object.value.size()),
                  redactValues(object.value, pseudonyms, [](std::uint32_t) { return false; }));
} catch (const MalformedData&) {
    return pseudonyms.bytes(data);
}

Bytes redactData(std::uint8_t ins, BytesView data, const Pseudonyms& pseudonyms) {
    switch (ins) {
    case manageSecurityEnvironment:
        return redactValues(data, pseudonyms, namesWhatIsUsed);
    case generalAuthenticate:
        return redactDynamicData(data, pseudonyms);
    default:
        return pseudonyms.bytes(data);
    }
}

void redactExchange(Exchange& exchange, const Pseudonyms& pseudonyms) {
    CommandApdu command = CommandApdu::decode(exchange.command);
    if (!carriesPublicData(command.ins)) {
        command.data = redactData(command.ins, command.data, pseudonyms);
        exchange.command = command.encode();
    }
    exchange.data = redactData(command.ins, exchange.data, pseudonyms);
}

std::optional<Date> redactDate(const std::optional<Date>& date, const Pseudonyms& pseudonyms) {
    if (!date) {
        return std::nullopt;
    }
    const std::string iso = toIso(*date);
    const std::string other = pseudonyms.yearMonthDay(toYearMonthDay(*date));
    return dateFromIso(iso.substr(0, 2) + other.substr(0, 2) + '-' + other.substr(2, 2) + '-' +
                       other.substr(4));
}

// The number before its part, the CAN.
inspection::GivenAccess redactGiven(const inspection::GivenAccess& given, Pseudonyms& pseudonyms) {
    inspection::GivenAccess other;
    other.number = given.number.empty() ? "" : pseudonyms.identifier(given.number);
    other.mrz = given.mrz.empty() ? "" : redactZone(given.mrz, pseudonyms);
    other.documentNumber = given.documentNumber.empty() ? "" : pseudonyms.identifier(given.documentNumber);
    other.can = given.can.empty() ? "" : pseudonyms.identifier(given.can);
    other.pin = given.pin.empty() ? "" : pseudonyms.identifier(given.pin);
    other.puk = given.puk.empty() ? "" : pseudonyms.identifier(given.puk);
    other.birthDate = redactDate(given.birthDate, pseudonyms);
    other.expiryDate = redactDate(given.expiryDate, pseudonyms);
    return other;
}

} // namespace

Trace redact(const Trace& trace, RandomSource& random) {
    Pseudonyms pseudonyms(random);
    Trace redacted{trace.header, {}, trace.entries};
    redacted.header.redacted = true;
    redacted.header.given = redactGiven(trace.header.given, pseudonyms);
    redacted.files = FileRedaction(pseudonyms, random).redact(trace.files);
    for (auto& entry : redacted.entries) {
        if (auto* const exchange = std::get_if<Exchange>(&entry.what)) {
            redactExchange(*exchange, pseudonyms);
        }
    }
    return redacted;
}

} // namespace cancuoc::trace
