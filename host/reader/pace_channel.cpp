// SPDX-License-Identifier: Apache-2.0
#include "host/reader/pace_channel.hpp"

#include "host/base/error.hpp"

namespace cancuoc {

namespace {

constexpr std::uint8_t getReaderPaceCapabilities = 1;
constexpr std::uint8_t establishPaceChannel = 2;
constexpr std::uint8_t destroyPaceChannel = 3;

constexpr std::uint8_t capabilityESign = 0x10;
constexpr std::uint8_t capabilityEId = 0x20;
constexpr std::uint8_t capabilityPace = 0x40;
constexpr std::uint8_t capabilityDestroy = 0x80;

// Numbers stand in the order of the machine (PC/SC part 10, 2.5.1): little-endian.
Bytes toLittleEndian16(std::size_t value) {
    const Bytes bytes = toBigEndian(value, 2);
    return {bytes.rbegin(), bytes.rend()};
}

Bytes requestWithoutInput(std::uint8_t function) {
    return {function, 0, 0};
}

/// Takes one field after another from the front.
class FieldReader {
public:
    explicit FieldReader(BytesView bytes) : rest_(bytes) {}

    [[nodiscard]] bool atEnd() const { return rest_.empty(); }

    BytesView take(std::size_t size) {
        if (rest_.size() < size) {
            throw MalformedData("The reader's answer about PACE ends too early.");
        }
        const BytesView field = rest_.first(size);
        rest_ = rest_.subspan(size);
        return field;
    }

    std::uint64_t number(std::size_t size) { return fromLittleEndian(take(size)); }
    Bytes withLength(std::size_t lengthSize) { return toBytes(take(number(lengthSize))); }

private:
    BytesView rest_;
};

void appendWithLength(Bytes& bytes, BytesView field, const char* name) {
    if (field.size() > 0xFF) {
        throw BadConfiguration(std::string("The ") + name + " is too long for the reader.");
    }
    bytes.push_back(static_cast<std::uint8_t>(field.size()));
    append(bytes, field);
}

} // namespace

Bytes encodeGetReaderPaceCapabilities() {
    return requestWithoutInput(getReaderPaceCapabilities);
}

Bytes encodeDestroyPaceChannel() {
    return requestWithoutInput(destroyPaceChannel);
}

// The bits stand in 4 bytes by the standard and in 1 with readers of REINER SCT (AusweisApp,
// PcscReaderPaceCapability.cpp); the first holds all of them.
PaceCapabilities decodeReaderPaceCapabilities(BytesView answer) {
    try {
        FieldReader fields(answer);
        const auto result = fields.number(4);
        const Bytes output = fields.withLength(2);
        if (result != 0 || output.empty()) {
            return {};
        }
        return {(output[0] & capabilityPace) != 0, (output[0] & capabilityEId) != 0,
                (output[0] & capabilityESign) != 0, (output[0] & capabilityDestroy) != 0};
    } catch (const MalformedData&) {
        return {};
    }
}

SecretBytes EstablishPaceChannelInput::encode() const {
    constexpr std::size_t headSize = 3;
    constexpr std::size_t fixedSize = 5;
    const std::size_t size =
        fixedSize + password.size() + holderAuthorization.size() + certificateDescription.size();
    if (size > 0xFFFF) {
        throw BadConfiguration("The certificate description is too long for the reader.");
    }
    Bytes bytes;
    bytes.reserve(headSize + size); // once, so that no copy of the password stays behind
    bytes.push_back(establishPaceChannel);
    append(bytes, toLittleEndian16(size));
    bytes.push_back(passwordId);
    appendWithLength(bytes, holderAuthorization, "certificate holder authorization");
    appendWithLength(bytes, password.view(), "password");
    append(bytes, toLittleEndian16(certificateDescription.size()));
    append(bytes, certificateDescription);
    return SecretBytes(std::move(bytes));
}

EstablishPaceChannelOutput EstablishPaceChannelOutput::decode(BytesView answer) {
    FieldReader fields(answer);
    EstablishPaceChannelOutput output;
    output.result = static_cast<std::uint32_t>(fields.number(4));
    if (output.result != 0) {
        return output;
    }
    const Bytes data = fields.withLength(2);
    FieldReader content(data);
    output.selectionStatus = static_cast<std::uint16_t>(fromBigEndian(content.take(2)));
    output.cardAccess = content.withLength(2);
    // The rest is there for a terminal that authenticates itself; some readers leave parts of it out.
    for (Bytes* field : {&output.currentAuthority, &output.previousAuthority}) {
        if (!content.atEnd()) {
            *field = content.withLength(1);
        }
    }
    if (!content.atEnd()) {
        output.chipIdentifier = content.withLength(2);
    }
    if (!content.atEnd() || !fields.atEnd()) {
        throw MalformedData("The reader's answer about PACE goes on behind its end.");
    }
    return output;
}

} // namespace cancuoc
