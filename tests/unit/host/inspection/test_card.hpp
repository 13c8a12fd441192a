// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/ports/host/flash_memory.hpp"
#include "card/ports/host/system_entropy.hpp"
#include "card/ports/host/virtual_chip.hpp"
#include "host/base/bytes.hpp"
#include "host/inspection/inspection.hpp"
#include "host/reader/in_process_connection.hpp"
#include "personalization/loading/card_loader.hpp"
#include "tests/support/unchecked_activation.hpp"
#include "tests/unit/personalization/issuing_fixture.hpp"

namespace cancuoc::test {

/// The issuer of all test cards.
inline const IssuingFixture& issuer() {
    static const IssuingFixture fixture;
    return fixture;
}

/// A document signer of another PKI that calls itself the same.
inline const personalization::DocumentSigner& strangersSigner() {
    static const auto signer = [] {
        const TemporaryDirectory directory;
        SystemRandom random;
        const auto start = [] { return noon(2026, 11, 22); };
        personalization::createPki(directory.path() / "pki", {}, start, random);
        return personalization::DocumentSigner::load(directory.path() / "pki", IssuingFixture::clock());
    }();
    return signer;
}

/// A card of this project's chip, made from an image that a test may have changed, and its inspection. The
/// chip does not check whether the image fits together, as a forger's would not.
class TestCard {
public:
    using Exchange = InProcessConnection::Exchange;

    /// What the issuer would load.
    static personalization::CardImage
    image(const personalization::DocumentSigner& signer = issuer().signer()) {
        SystemRandom random;
        const auto& submission = issuer().submissions().front();
        return personalization::buildCard(submission.record, submission.pictures,
                                          personalization::ChipKeys::generate(random), signer);
    }

    static const personalization::CitizenRecord& record() { return issuer().submissions().front().record; }

    explicit TestCard(const personalization::CardImage& image) {
        auto connection = powerOn();
        personalization::CardLoader loader(connection, personalization::SecurityDomainKeys::transport(),
                                           random_);
        loader.load(image);
        activateUnchecked(memory_, chip_);
    }

    /// Answers instead of the chip where `forge` answers anything at all: what a forged card or a man in the
    /// middle can do without the chip's keys.
    void forge(Exchange forge) { forge_ = std::move(forge); }

    /// A request with the CAN, under the standard policy and with the issuer's CSCA.
    static inspection::InspectionRequest request() {
        inspection::InspectionRequest request;
        request.keys.can = AccessKey::fromNumber(record().number);
        request.trustStore = &issuer().trustStore();
        return request;
    }

    static AccessKey mrzKey() {
        return AccessKey::fromNumber(record().number, record().birthDate,
                                     record().expiryDate.value_or(dateFromIso("2099-12-31")));
    }

    inspection::InspectionResult inspect(const inspection::InspectionRequest& request = TestCard::request(),
                                         CardSession::Observer observer = {}) {
        auto connection = powerOn();
        inspection::Inspection inspection(connection, random_, IssuingFixture::clock());
        inspection.observe(std::move(observer));
        return inspection.run(request);
    }

    /// A connection to the card, fresh on the reader.
    InProcessConnection powerOn() {
        chip_.powerOn();
        return connect();
    }

private:
    InProcessConnection connect() {
        return {"virtual", chip_.atr(),
                [this](BytesView command) {
                    auto forged = forge_ ? forge_(command) : Bytes();
                    return forged.empty() ? chip_.transmit(command) : forged;
                },
                [this] { chip_.powerOn(); }};
    }

    SystemRandom random_;
    card::host::FlashMemory memory_;
    card::host::SystemEntropy entropy_;
    card::host::VirtualChip chip_{memory_, entropy_};
    Exchange forge_;
};

} // namespace cancuoc::test
