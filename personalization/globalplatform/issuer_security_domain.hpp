// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/globalplatform/registry.hpp"
#include "personalization/globalplatform/secure_channel.hpp"

#include <optional>

namespace cancuoc::personalization {

/// What SET STATUS changes (GlobalPlatform Card Specification 2.3.1, 11.10.2.1).
enum class StatusOf : std::uint8_t {
    Card = 0x80, ///< through the issuer security domain
    Application = 0x40,
};

/// Life cycle states of cards (Table 11-6) and of applications (Table 11-4).
namespace life_cycle_state {

inline constexpr std::uint8_t applicationSelectable = 0x07;
inline constexpr std::uint8_t applicationPersonalized = 0x0F;
inline constexpr std::uint8_t cardSecured = 0x0F;

} // namespace life_cycle_state

/// What an application is made from and how (11.5.2.3.2).
struct Installation {
    Bytes loadFile;                  ///< identifier of the executable load file
    Bytes module;                    ///< identifier of the class in it
    Bytes application;               ///< identifier that it gets
    Bytes privileges = {0x00};       ///< 1 or 3 bytes
    Bytes parameters = {0xC9, 0x00}; ///< install parameters; C9 with what the application itself is given
};

/// An executable load file on its way to a card (11.5.2.3.1 and 11.6).
struct LoadFile {
    Bytes identifier;
    BytesView data;     ///< the components one after another; must outlive the value
    Bytes hash{};       ///< of the data, where the card asks for it
    Bytes parameters{}; ///< load parameters
};

/// The issuer's security domain of a card, within a secure channel: the card content management of
/// GlobalPlatform Card Specification 2.3.1, chapter 11. Every function throws CardError, naming the step,
/// when the card does not answer 9000, and what SecureChannel::transmit throws.
class IssuerSecurityDomain {
public:
    explicit IssuerSecurityDomain(SecureChannel channel) : channel_(std::move(channel)) {}

    [[nodiscard]] SecureChannel& channel() { return channel_; }
    [[nodiscard]] const SecureChannel& channel() const { return channel_; }

    /// GET STATUS (11.4): all objects of a kind whose identifiers begin with `filter`; none when there are
    /// none. Asks on while the card has more. Throws MalformedData when the card answers nonsense.
    [[nodiscard]] std::vector<RegistryEntry> registry(RegistryScope scope, BytesView filter = {});

    /// SET STATUS (11.10). `application` is empty for the card.
    void setStatus(StatusOf object, std::uint8_t state, BytesView application = {});

    /// PUT KEY (11.8; Amendment D, 7.2): puts the three channel keys in place of those with version
    /// `replaced`, or beside them when it is 0. The card must answer with the version and the check values of
    /// these very keys. Throws CardError when it does not, and BadConfiguration for keys that do not fit the
    /// protocol.
    void putKeys(const SecurityDomainKeys& keys, std::uint8_t replaced);

    /// DELETE of an application or a load file (11.2), with `related` of the applications made from it too.
    void deleteObject(BytesView identifier, bool related = false);

    /// INSTALL [for load] and LOAD (11.5.2.3.1, 11.6.2.3), in blocks of at most `blockSize` bytes. Throws
    /// BadConfiguration for more than 256 blocks.
    void load(const LoadFile& file, std::size_t blockSize);

    /// INSTALL [for install], with `selectable` [and make selectable] (11.5.2.3.2).
    void install(const Installation& installation, bool selectable = true);

    /// INSTALL [for make selectable] of an application that is installed (11.5.2.3.3).
    void makeSelectable(BytesView application, BytesView privileges);

    /// INSTALL [for personalization] (11.5.2.3.7): what STORE DATA brings goes to the application.
    void openForPersonalization(BytesView application);

    /// Sends a command in the channel. `action` begins the message of the CardError.
    ResponseApdu transmit(const CommandApdu& command, const std::string& action);

private:
    void installFor(std::uint8_t purpose, Bytes data, const std::string& action);

    SecureChannel channel_;
};

} // namespace cancuoc::personalization
