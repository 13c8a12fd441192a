// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/manager/secure_channel.hpp"
#include "card/core/status_word.hpp"
#include "card/storage/object_store.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::manager {

/// Secure channel protocols, as key information names them.
enum class ChannelProtocol : std::uint8_t { Scp02 = 0x02, Scp03 = 0x03 };

/// The protocol of the chip's secure channel and its option "i".
struct ChannelOption {
    ChannelProtocol protocol = ChannelProtocol::Scp03;
    std::uint8_t i = 0x60;
};

/// Decodes the two bytes of a channel option; nothing when the chip does not know it.
[[nodiscard]] std::optional<ChannelOption> decodeChannelOption(std::span<const std::uint8_t> stored);

/// The chip's channel option; SCP03 with i=60 unless another was chosen.
[[nodiscard]] ChannelOption readChannelOption(const ObjectStore& store);

/// The secure channel keys of the issuer domain: the published transport keys of a blank chip, until the
/// issuer puts his own in their place.
class KeySet {
public:
    /// The store outlives the object.
    explicit KeySet(const ObjectStore& store) : store_(&store) {}

    /// Whether the transport keys, which everybody knows, still hold.
    [[nodiscard]] bool isTransport() const;

    /// The key version number: the issuer's, or 30 (SCP03) and 20 (SCP02) of the transport keys.
    [[nodiscard]] std::uint8_t version() const;

    /// Length of each key in bytes.
    [[nodiscard]] std::size_t keySize() const;

    /// Reads the keys; false when the memory fails.
    [[nodiscard]] bool load(StaticKeys& keys) const;

    /// PUT KEY for three keys at once (GlobalPlatform Card Specification, 11.8; Amendment D, 7.2): `data` is
    /// the command data, whose keys are encrypted under the data encryption key of `channel`. Writes the
    /// answer, version and key check values, to `response`. WrongData (6A80) for keys of another type or form
    /// and for wrong check values.
    [[nodiscard]] StatusWord replace(std::span<const std::uint8_t> data, const SecureChannel& channel,
                                     Transaction& transaction, Response& response) const;

private:
    const ObjectStore* store_;
};

} // namespace cancuoc::card::manager
