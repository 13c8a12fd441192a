// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/initialize_update.hpp"

#include "host/base/error.hpp"
#include "personalization/globalplatform/scp02_session.hpp"
#include "personalization/globalplatform/scp03_session.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::size_t diversificationDataSize = 10;

/// Takes the fields of the response one after another.
class Fields {
public:
    explicit Fields(BytesView data) : rest_(data) {}

    [[nodiscard]] Bytes take(std::size_t size) {
        if (size > rest_.size()) {
            throw MalformedData("The chip's answer to INITIALIZE UPDATE is too short.");
        }
        Bytes field = toBytes(rest_.first(size));
        rest_ = rest_.subspan(size);
        return field;
    }
    [[nodiscard]] std::uint8_t takeByte() { return take(1).front(); }
    [[nodiscard]] bool atEnd() const { return rest_.empty(); }

private:
    BytesView rest_;
};

} // namespace

InitializeUpdateResponse InitializeUpdateResponse::decode(BytesView data) {
    Fields fields(data);
    InitializeUpdateResponse response;
    response.keyDiversificationData = fields.take(diversificationDataSize);
    response.keyVersion = fields.takeByte();
    response.secureChannelIdentifier = fields.takeByte();
    if (response.secureChannelIdentifier == Scp02Session::identifier) {
        response.sequenceCounter = fields.take(Scp02Session::sequenceCounterSize);
        response.cardChallenge = fields.take(Scp02Session::cardChallengeSize);
        response.cardCryptogram = fields.take(Scp02Session::cryptogramSize);
    } else if (response.secureChannelIdentifier == Scp03Session::identifier) {
        response.implementationOption = fields.takeByte();
        const std::size_t size = Scp03Session::challengeSizeOf(response.implementationOption);
        response.cardChallenge = fields.take(size);
        response.cardCryptogram = fields.take(size);
        // Cards send the counter with random challenges too, and leave it out with pseudo-random ones.
        if (!fields.atEnd()) {
            response.sequenceCounter = fields.take(Scp03Session::sequenceCounterSize);
        }
    } else {
        throw MalformedData("The chip opens secure channels of SCP" +
                            toHex(BytesView(&response.secureChannelIdentifier, 1)) +
                            "; this line speaks SCP02 and SCP03.");
    }
    if (!fields.atEnd()) {
        throw MalformedData("The chip's answer to INITIALIZE UPDATE is " + std::to_string(data.size()) +
                            " bytes long, more than its protocol has.");
    }
    return response;
}

} // namespace cancuoc::personalization
