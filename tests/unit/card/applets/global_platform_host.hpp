// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/unit/card/applets/chip_fixture.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace cancuoc::card::test {

/// Static keys of a security domain.
struct DomainKeys {
    std::uint8_t version = 0;
    Bytes encryption;
    Bytes mac;
    Bytes dataEncryption;

    /// The published test keys, under the version that blank chips have for the protocol.
    static DomainKeys transport(std::uint8_t version = 0x30);
    /// Invented keys of `size` bytes.
    static DomainKeys issuer(std::uint8_t version, std::size_t size);
};

/// The host's end of SCP02 and SCP03 in every option that the chip has, over OpenSSL.
class GlobalPlatformHost {
public:
    struct Answer {
        Bytes data;
        std::uint16_t status = 0;
    };

    /// `chip` outlives the host.
    GlobalPlatformHost(Connection& chip, DomainKeys keys);
    GlobalPlatformHost(ChipFixture& chip, DomainKeys keys)
        : GlobalPlatformHost(chip.connection(), std::move(keys)) {}

    /// Selects the issuer domain, initializes and authenticates; the status of the first command that was not
    /// answered 9000, or 9000. A card cryptogram that is wrong makes the test fail.
    std::uint16_t open(std::uint8_t level);

    /// The response to the last INITIALIZE UPDATE.
    [[nodiscard]] const Bytes& initializeUpdateResponse() const { return initialized_; }

    /// Sends a command protected at the level of the session.
    Answer send(std::uint8_t ins, std::uint8_t p1, std::uint8_t p2, const Bytes& data);

    /// PUT KEY for all three keys of `replacement`.
    Answer putKey(std::uint8_t p1, const DomainKeys& replacement);

    /// The command data of that PUT KEY.
    [[nodiscard]] Bytes putKeyData(const DomainKeys& replacement) const;

    /// `value` padded and encrypted under the data encryption key.
    [[nodiscard]] Bytes encryptSensitive(const Bytes& value) const;

private:
    [[nodiscard]] bool isScp02() const { return protocol_ == 0x02; }
    void deriveSession();
    [[nodiscard]] Bytes derive(const Bytes& key, std::uint8_t constant, std::size_t size) const;
    [[nodiscard]] Bytes deriveScp02(const Bytes& key, std::uint16_t constant) const;
    [[nodiscard]] Bytes cryptogram(bool ofCard) const;
    [[nodiscard]] Bytes commandMac(const Bytes& header, const Bytes& data);
    [[nodiscard]] Bytes encryptKey(const Bytes& key) const;
    [[nodiscard]] Answer receive(const Bytes& response) const;
    [[nodiscard]] Bytes counterBlock(std::uint8_t first) const;

    Connection* chip_;
    DomainKeys keys_;
    std::uint8_t protocol_ = 0;
    std::uint8_t option_ = 0;
    std::uint8_t level_ = 0;
    std::size_t size_ = 8;
    Bytes hostChallenge_;
    Bytes cardChallenge_;
    Bytes sequenceCounter_;
    Bytes initialized_;
    Bytes encryptionKey_;
    Bytes macKey_;
    Bytes responseMacKey_;
    Bytes dataEncryptionKey_;
    Bytes chaining_;
    std::uint32_t counter_ = 0;
};

} // namespace cancuoc::card::test
