// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/chip_authentication.hpp"
#include "card/applets/emrtd/pace_configuration.hpp"
#include "card/core/configuration.hpp"
#include "card/crypto/digest.hpp"
#include "card/storage/object_store.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// A SecurityInfo of a stored file, as far as the chip reads it: its first bytes, which hold the protocol and
/// the integers after it (Doc 9303-11, 9.2).
class SecurityInfo {
public:
    /// The object identifier of the protocol, without tag and length.
    [[nodiscard]] std::span<const std::uint8_t> protocol() const;

    /// The first integer after the protocol, of one byte; nothing when something else stands there.
    [[nodiscard]] std::optional<std::uint8_t> version() const;

    /// The second integer after the protocol: parameterId or keyId. False when something else stands there;
    /// true and nothing in `identifier` when the SecurityInfo ends before it.
    [[nodiscard]] bool readIdentifier(std::optional<std::uint8_t>& identifier) const;

    /// The object identifier after the version, without tag and length; empty when there is none.
    [[nodiscard]] std::span<const std::uint8_t> algorithm() const;

private:
    friend class SecurityInfoReader;
    static constexpr std::size_t maximumHead = 48;

    [[nodiscard]] std::span<const std::uint8_t> head() const { return std::span(bytes_).first(size_); }

    std::array<std::uint8_t, maximumHead> bytes_{};
    std::size_t size_ = 0;
};

/// Walks the SecurityInfos of a file in the store: a SET, or in EF.DG14 a SET in DO'6E'.
class SecurityInfoReader {
public:
    /// The store outlives the reader. An absent file has no SecurityInfos and is well-formed.
    SecurityInfoReader(const ObjectStore& store, ObjectIdentifier file);

    /// The next SecurityInfo; nothing at the end and when the file is malformed.
    [[nodiscard]] std::optional<SecurityInfo> next();

    /// Whether everything read so far had its proper form.
    [[nodiscard]] bool wellFormed() const { return wellFormed_; }

private:
    [[nodiscard]] bool enter(std::uint8_t tag);

    const ObjectStore* store_;
    ObjectIdentifier file_;
    std::size_t position_ = 0;
    std::size_t end_ = 0;
    bool wellFormed_ = true;
};

/// The configurations that the files announce, up to what the chip has room for.
using PaceConfigurations = std::array<PaceConfiguration, configuration::maximumProtocolConfigurations>;
using ChipAuthenticationConfigurations =
    std::array<ChipAuthenticationConfiguration, configuration::maximumProtocolConfigurations>;

/// What reading a list of configurations came to: how many there are, and whether the chip can serve every
/// one that the file announces.
struct ConfigurationCount {
    std::size_t count = 0;
    bool complete = true;
};

/// Reads the PACEInfos of EF.CardAccess, version 2 with standardized domain parameters (Doc 9303-11, 9.2.1).
[[nodiscard]] ConfigurationCount readPaceConfigurations(const ObjectStore& store,
                                                        PaceConfigurations& configurations);

/// Reads the ChipAuthenticationInfos of EF.DG14, version 1 (Doc 9303-11, 9.2.5).
[[nodiscard]] ConfigurationCount
readChipAuthenticationConfigurations(const ObjectStore& store,
                                     ChipAuthenticationConfigurations& configurations);

/// How many public keys of Chip Authentication EF.DG14 holds (Doc 9303-11, 9.2.6).
[[nodiscard]] std::size_t countChipAuthenticationPublicKeys(const ObjectStore& store);

/// The hash function that the ActiveAuthenticationInfo of EF.DG14 announces (Doc 9303-11, 9.2.4); nothing
/// when there is none or it names no plain ECDSA signature of TR-03111.
[[nodiscard]] std::optional<crypto::HashAlgorithm> readActiveAuthenticationHash(const ObjectStore& store);

/// Whether EF.DG14 announces Terminal Authentication version 1 (Doc 9303-11, 9.2.8).
[[nodiscard]] bool announcesTerminalAuthentication(const ObjectStore& store);

} // namespace cancuoc::card::emrtd
