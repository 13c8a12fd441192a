// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/globalplatform/key_diversification.hpp"
#include "personalization/globalplatform/secure_channel.hpp"
#include "personalization/loading/applet_package.hpp"
#include "personalization/loading/store_data.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::personalization {

/// What tells a chip product from others before anything is written to it. What is empty is not looked at.
struct ProductIdentification {
    Bytes atr;     ///< the answer to reset, under the mask
    Bytes atrMask; ///< as long as `atr`
    // Card production life cycle data, GET DATA 9F7F, 2 bytes each.
    Bytes fabricator;
    Bytes type;
    Bytes operatingSystem;
};

/// The keys that chips of a product hold at some time.
struct KeyScheme {
    std::uint8_t keyVersion = 0;
    std::size_t keySize = 16;                         ///< bytes
    std::optional<Diversification> diversification{}; ///< without one, all chips hold the same keys
};

/// The steps that a profile orders; the names are those of the JSON form.
enum class LoadingStep {
    Packages,    ///< "packages": LOAD and INSTALL put applets on the chip
    Open,        ///< "open": INSTALL [for personalization]
    Files,       ///< "files"
    Secrets,     ///< "secrets": passwords, keys and settings, by encrypted STORE DATA
    Activate,    ///< "activate": SET STATUS of the application
    ReadBack,    ///< "read back"
    ReplaceKeys, ///< "replace keys": PUT KEY puts the issuer's keys in place of the transport keys
    Lock,        ///< "lock": SET STATUS of the card
};

/// How files come into a chip.
enum class FileCommands {
    StoreData,  ///< STORE DATA with data groupings
    CreateFile, ///< CREATE FILE (ISO/IEC 7816-9) and UPDATE BINARY (ISO/IEC 7816-4)
};

/// What the line must know of a chip product. The form in JSON is described in README.md, "Load profiles".
struct LoadProfile {
    static constexpr std::size_t maximumFileSize = 65536;

    std::string name;
    ProductIdentification identification;
    Bytes issuerDomain; ///< application identifier of the security domain that takes the data
    Bytes application;  ///< application identifier of the eMRTD application
    SecureChannelProtocol channel;
    SecurityLevel level = SecurityLevel::CommandMacAndEncryption;
    KeyScheme transportKeys;
    std::optional<KeyScheme> issuerKeys{};
    std::size_t maximumCommandData =
        0; ///< of one command, secure channel included, where the reader takes it
    std::vector<AppletPackage> packages{}; ///< put on the chip before it is opened for the document
    std::vector<LoadingStep> steps;
    FileCommands files = FileCommands::StoreData;
    DataGroupings groupings;
    std::uint8_t activatedState = 0; ///< of the application
    std::uint8_t lockedState = 0;    ///< of the card

    [[nodiscard]] bool replacesKeys() const { return issuerKeys.has_value(); }

    /// Whether blanks come without the application: it is among those that the packages bring.
    [[nodiscard]] bool bringsApplication() const;

    /// This project's chip, by STORE DATA.
    [[nodiscard]] static const LoadProfile& cancuoc();

    /// The profile in JSON `text`; `source` names it in messages. The files of its packages are not opened.
    /// Throws BadConfiguration, naming the element and the rule that it breaks.
    [[nodiscard]] static LoadProfile parse(std::string_view text, const std::string& source);

    /// The profile that ships under this name, or the one in the file with this path, with the files of its
    /// packages, which stand beside it. Throws BadConfiguration when there is neither, like parse() and like
    /// readCapFile().
    [[nodiscard]] static LoadProfile find(const std::string& nameOrFile);

    /// The JSON text of the profile that find() gives, checked. Throws like find().
    [[nodiscard]] static std::string textOf(const std::string& nameOrFile);

    /// The names of the profiles that ship.
    [[nodiscard]] static std::vector<std::string> names();
};

} // namespace cancuoc::personalization
