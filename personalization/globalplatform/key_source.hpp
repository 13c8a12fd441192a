// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/globalplatform/key_diversification.hpp"
#include "personalization/globalplatform/security_domain_keys.hpp"

#include <memory>

namespace cancuoc::personalization {

/// Where the keys of chips come from. Serves several threads at a time.
class KeySource {
public:
    KeySource() = default;
    KeySource(const KeySource&) = delete;
    KeySource& operator=(const KeySource&) = delete;
    virtual ~KeySource() = default;

    /// The version under which chips hold these keys.
    [[nodiscard]] virtual std::uint8_t keyVersion() const = 0;

    /// The keys of the chip with these key diversification data, 10 bytes. Throws ReaderUnavailable when a
    /// token that holds master keys does not answer.
    [[nodiscard]] virtual SecurityDomainKeys keysOf(BytesView keyDiversificationData) const = 0;
};

/// The same keys in every chip.
class CommonKeys final : public KeySource {
public:
    explicit CommonKeys(SecurityDomainKeys keys) : keys_(std::move(keys)) {}

    [[nodiscard]] std::uint8_t keyVersion() const override { return keys_.keyVersion; }
    [[nodiscard]] SecurityDomainKeys keysOf(BytesView) const override { return keys_.copy(); }

private:
    SecurityDomainKeys keys_;
};

/// Keys that follow from master keys.
class DiversifiedKeys final : public KeySource {
public:
    struct MasterKeys {
        std::shared_ptr<const MasterKey> encryption;
        std::shared_ptr<const MasterKey> mac;
        std::shared_ptr<const MasterKey> dataEncryption;
    };

    /// Sizes as for diversify().
    DiversifiedKeys(Diversification method, MasterKeys masterKeys, std::size_t keySize,
                    std::uint8_t keyVersion)
        : method_(method), masterKeys_(std::move(masterKeys)), keySize_(keySize), keyVersion_(keyVersion) {}

    [[nodiscard]] std::uint8_t keyVersion() const override { return keyVersion_; }
    [[nodiscard]] SecurityDomainKeys keysOf(BytesView keyDiversificationData) const override {
        return diversify(method_, {*masterKeys_.encryption, *masterKeys_.mac, *masterKeys_.dataEncryption},
                         keyDiversificationData, keySize_, keyVersion_);
    }

private:
    Diversification method_;
    MasterKeys masterKeys_;
    std::size_t keySize_;
    std::uint8_t keyVersion_;
};

} // namespace cancuoc::personalization
