// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/reader/connection.hpp"
#include "personalization/globalplatform/issuer_security_domain.hpp"
#include "personalization/issuance/card_image.hpp"
#include "personalization/loading/load_profile.hpp"

#include <optional>
#include <string>

namespace cancuoc::personalization {

/// How far a chip has come, as the chip itself says.
enum class ChipLifeCycle {
    Blank,        ///< not activated; it may hold a part of a card
    Personalized, ///< activated, can be read, not locked
    Locked,       ///< nothing can be written any more, and the chip tells its serial no more
};

/// The keys of one chip's issuer domain: those it comes with, and those that the issuer puts in their place.
struct ChipDomainKeys {
    SecurityDomainKeys transport;
    std::optional<SecurityDomainKeys> issuer{};
};

/// Writes card images to chips of a profile through its secure channel, over a connection that must outlive
/// it.
class CardLoader {
public:
    /// Selects the issuer domain and opens the secure channel. Throws what SecureChannel::open throws, and
    /// CardError when the chip has no issuer domain.
    CardLoader(Connection& connection, const SecurityDomainKeys& keys, RandomSource& random,
               const LoadProfile& profile = LoadProfile::cancuoc());

    /// The chip's serial as hexadecimal digits: its key diversification data. A locked chip gives another
    /// one.
    [[nodiscard]] std::string serial() const;

    /// The version of the keys that opened the channel.
    [[nodiscard]] std::uint8_t keyVersion() const { return domain_.channel().keyVersion(); }

    /// How far the chip has come. Throws CardError when the chip does not tell.
    [[nodiscard]] ChipLifeCycle lifeCycle();

    /// Puts the applets of the profile on the chip, then writes all files and secrets of the image. Throws
    /// CardError naming the step that the chip refused.
    void load(const CardImage& image);

    /// Makes the card readable; the chip refuses unless it holds everything. Throws CardError.
    void activate();

    /// Puts `keys` in place of those that opened the channel. The channel stays as it is. Throws CardError.
    void replaceKeys(const SecurityDomainKeys& keys);

    /// Closes the chip for writing, for ever. Throws CardError.
    void lock();

private:
    LoadProfile profile_;
    IssuerSecurityDomain domain_;
};

/// The serial of a chip of this profile, by INITIALIZE UPDATE without authentication; nothing when the chip
/// is locked and tells it no more. Throws CardError when the chip is of another product, has no issuer domain
/// or does not answer as one.
[[nodiscard]] std::optional<std::string> readChipSerial(Connection& connection, RandomSource& random,
                                                        const LoadProfile& profile = LoadProfile::cancuoc());

/// Opens a loader with those of the keys that the chip says it holds; none when the chip is locked and opens
/// to nobody. Throws AuthenticationRefused when the chip holds neither, and what CardLoader's constructor
/// throws.
[[nodiscard]] std::optional<CardLoader> openLoader(Connection& connection, const ChipDomainKeys& keys,
                                                   RandomSource& random,
                                                   const LoadProfile& profile = LoadProfile::cancuoc());

/// How far the chip has come. Opens a secure channel unless the chip opens to nobody. Throws like openLoader.
[[nodiscard]] ChipLifeCycle examineChip(Connection& connection, const ChipDomainKeys& keys,
                                        RandomSource& random,
                                        const LoadProfile& profile = LoadProfile::cancuoc());

/// Brings a chip that is read back to its end: puts the issuer's keys in place of the transport keys if the
/// profile says so and they are not there yet, opens the domain with them to see that they hold, and locks
/// the chip. Throws like openLoader and CardLoader::replaceKeys; CardError when the chip opens to nobody, and
/// BadConfiguration when the profile replaces keys and `keys` has none of the issuer's.
void lockChip(Connection& connection, const ChipDomainKeys& keys, RandomSource& random,
              const LoadProfile& profile = LoadProfile::cancuoc());

} // namespace cancuoc::personalization
