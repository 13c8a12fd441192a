// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/random.hpp"
#include "host/reader/connection.hpp"
#include "personalization/issuance/card_image.hpp"
#include "personalization/loading/load_profile.hpp"
#include "personalization/loading/scp03_channel.hpp"

#include <optional>
#include <string>

namespace cancuoc::personalization {

/// How far a chip has come, as the chip itself says.
enum class ChipLifeCycle {
    Blank,        ///< not activated; it may hold a part of a card
    Personalized, ///< activated, can be read, not locked
    Locked,       ///< nothing can be written any more, and the chip tells its serial no more
};

/// Writes card images to chips through SCP03 (C-MAC, C-DECRYPTION, R-MAC), over a connection that must
/// outlive it.
class CardLoader {
public:
    /// Selects the issuer domain and opens the secure channel. Throws what Scp03Channel::open throws, and
    /// CardError when the chip has no issuer domain.
    CardLoader(Connection& connection, const Scp03Keys& keys, RandomSource& random,
               LoadProfile profile = LoadProfile::cancuoc());

    /// The chip's serial as hexadecimal digits: its key diversification data.
    [[nodiscard]] std::string serial() const;

    /// Blank or Personalized. Throws CardError when the chip does not tell.
    [[nodiscard]] ChipLifeCycle lifeCycle();

    /// Writes all files and secrets of the image. Throws CardError naming the step that the chip refused.
    void load(const CardImage& image);

    /// Makes the card readable; the chip refuses unless it holds everything. Throws CardError.
    void activate();

    /// Closes the chip for writing, for ever. Throws CardError.
    void lock();

private:
    ResponseApdu transmit(const CommandApdu& command, const char* action);

    LoadProfile profile_;
    SecretBytes dataEncryptionKey_;
    Scp03Channel channel_;
};

/// The serial of the chip, by INITIALIZE UPDATE without authentication; nothing when the chip is locked.
/// Throws CardError when the chip has no issuer domain or does not answer as one.
[[nodiscard]] std::optional<std::string> readChipSerial(Connection& connection, std::uint8_t keyVersion,
                                                        RandomSource& random,
                                                        const LoadProfile& profile = LoadProfile::cancuoc());

/// How far the chip has come. Opens a secure channel unless the chip is locked.
/// Throws what CardLoader's constructor throws.
[[nodiscard]] ChipLifeCycle examineChip(Connection& connection, const Scp03Keys& keys, RandomSource& random,
                                        const LoadProfile& profile = LoadProfile::cancuoc());

} // namespace cancuoc::personalization
