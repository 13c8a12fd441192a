// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/object_identifier.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cancuoc::lds {

/// Object identifiers of the protocols of TR-03110 and Doc 9303-11, 9.2, and of the curves' signature
/// formats.
namespace oid {
inline constexpr std::string_view pace = "0.4.0.127.0.7.2.2.4";
inline constexpr std::string_view paceEcdhGmAesCbcCmac128 = "0.4.0.127.0.7.2.2.4.2.2";
inline constexpr std::string_view chipAuthenticationPublicKeyDh = "0.4.0.127.0.7.2.2.1.1";
inline constexpr std::string_view chipAuthenticationPublicKeyEcdh = "0.4.0.127.0.7.2.2.1.2";
inline constexpr std::string_view chipAuthentication = "0.4.0.127.0.7.2.2.3";
inline constexpr std::string_view chipAuthenticationEcdhAesCbcCmac128 = "0.4.0.127.0.7.2.2.3.2.2";
inline constexpr std::string_view terminalAuthentication = "0.4.0.127.0.7.2.2.2";
inline constexpr std::string_view cardInfoLocator = "0.4.0.127.0.7.2.2.6";
inline constexpr std::string_view eidSecurity = "0.4.0.127.0.7.2.2.7";
inline constexpr std::string_view privilegedTerminal = "0.4.0.127.0.7.2.2.8";
inline constexpr std::string_view efDir = "2.23.136.1.1.13";
inline constexpr std::string_view activeAuthentication = "2.23.136.1.1.5";
inline constexpr std::string_view ecdsaPlainSha256 = "0.4.0.127.0.7.1.1.4.1.3";
} // namespace oid

/// PACEInfo (Doc 9303-11, 9.2.1).
struct PaceInfo {
    ObjectIdentifier protocol;
    int version = 2;
    std::optional<int> parameterId; ///< standardized domain parameters (Doc 9303-11, 9.5.1)

    friend bool operator==(const PaceInfo&, const PaceInfo&) = default;
};

/// PACEDomainParameterInfo (Doc 9303-11, 9.2.2): proprietary domain parameters, kept as they are written.
struct PaceDomainParameterInfo {
    ObjectIdentifier protocol;
    Bytes domainParameter; ///< AlgorithmIdentifier, DER
    std::optional<int> parameterId;

    friend bool operator==(const PaceDomainParameterInfo&, const PaceDomainParameterInfo&) = default;
};

/// ChipAuthenticationInfo (Doc 9303-11, 9.2.5).
struct ChipAuthenticationInfo {
    ObjectIdentifier protocol;
    int version = 1;
    std::optional<int> keyId;

    friend bool operator==(const ChipAuthenticationInfo&, const ChipAuthenticationInfo&) = default;
};

/// ChipAuthenticationDomainParameterInfo (BSI TR-03110-3, A.1.1.2): the domain parameters of Chip
/// Authentication version 2, whose keys need not carry them.
struct ChipAuthenticationDomainParameterInfo {
    ObjectIdentifier protocol;
    Bytes domainParameter; ///< AlgorithmIdentifier, DER, as written
    std::optional<int> keyId;

    friend bool operator==(const ChipAuthenticationDomainParameterInfo&,
                           const ChipAuthenticationDomainParameterInfo&) = default;
};

/// ChipAuthenticationPublicKeyInfo (Doc 9303-11, 9.2.6).
struct ChipAuthenticationPublicKeyInfo {
    ObjectIdentifier protocol;
    Bytes subjectPublicKeyInfo; ///< SubjectPublicKeyInfo, DER, as written
    std::optional<int> keyId;

    friend bool operator==(const ChipAuthenticationPublicKeyInfo&,
                           const ChipAuthenticationPublicKeyInfo&) = default;
};

/// TerminalAuthenticationInfo (Doc 9303-11, 9.2.8).
struct TerminalAuthenticationInfo {
    ObjectIdentifier protocol;
    int version = 1;
    Bytes efCvca; ///< the optional FileID, DER, as written; empty when absent

    friend bool operator==(const TerminalAuthenticationInfo&, const TerminalAuthenticationInfo&) = default;
};

/// ActiveAuthenticationInfo (Doc 9303-11, 9.2.4): the signature format of an ECDSA key in DG15.
struct ActiveAuthenticationInfo {
    ObjectIdentifier protocol;
    int version = 1;
    ObjectIdentifier signatureAlgorithm;

    friend bool operator==(const ActiveAuthenticationInfo&, const ActiveAuthenticationInfo&) = default;
};

/// EFDIRInfo (Doc 9303-11, 9.2.10): a signed copy of EF.DIR, where a card has more than the eMRTD
/// application.
struct EfDirInfo {
    ObjectIdentifier protocol;
    Bytes efDir; ///< the content of EF.DIR

    friend bool operator==(const EfDirInfo&, const EfDirInfo&) = default;
};

/// CardInfoLocator (BSI TR-03110-3, A.1.1.6): where to learn more about the card.
struct CardInfoLocator {
    ObjectIdentifier protocol;
    std::string url;
    Bytes efCardInfo; ///< the optional FileID, DER, as written; empty when absent

    friend bool operator==(const CardInfoLocator&, const CardInfoLocator&) = default;
};

/// EIDSecurityInfo (BSI TR-03110-3, A.1.1.5): hashes of the eID application's data groups.
struct EidSecurityInfo {
    ObjectIdentifier protocol;
    Bytes eidSecurityObject; ///< SEQUENCE of hash algorithm and hashes, DER, as written
    Bytes eidVersionInfo;    ///< SEQUENCE, DER, as written; empty when absent

    friend bool operator==(const EidSecurityInfo&, const EidSecurityInfo&) = default;
};

struct SecurityInfos;

/// PrivilegedTerminalInfo (BSI TR-03110-3, A.1.1.9): SecurityInfos for privileged terminals only.
struct PrivilegedTerminalInfo {
    ObjectIdentifier protocol;
    Bytes privilegedTerminalInfos; ///< the SET, as written

    /// Reads the SET. Throws MalformedData.
    [[nodiscard]] SecurityInfos securityInfos() const;

    friend bool operator==(const PrivilegedTerminalInfo&, const PrivilegedTerminalInfo&) = default;
};

/// A SecurityInfo of another protocol, kept as it is written.
struct UnknownSecurityInfo {
    ObjectIdentifier protocol;
    Bytes encoded; ///< the whole SEQUENCE

    friend bool operator==(const UnknownSecurityInfo&, const UnknownSecurityInfo&) = default;
};

using SecurityInfo =
    std::variant<PaceInfo, PaceDomainParameterInfo, ChipAuthenticationInfo,
                 ChipAuthenticationDomainParameterInfo, ChipAuthenticationPublicKeyInfo,
                 TerminalAuthenticationInfo, ActiveAuthenticationInfo, EfDirInfo, CardInfoLocator,
                 EidSecurityInfo, PrivilegedTerminalInfo, UnknownSecurityInfo>;

/// SecurityInfos ::= SET OF SecurityInfo (Doc 9303-11, 9.2): EF.CardAccess, and inside DG14 and
/// EF.CardSecurity.
struct SecurityInfos {
    static constexpr std::size_t maximumLength = 16384;
    static constexpr std::size_t maximumCount = 64;

    std::vector<SecurityInfo> infos;

    /// Reads the SET. A SecurityInfo that a protocol needs is an error in a wrong form; one that only
    /// informs, or is of an unknown protocol, is kept as UnknownSecurityInfo. Throws MalformedData.
    [[nodiscard]] static SecurityInfos decode(BytesView set);

    /// Writes the SET with its elements in the order of DER (X.690, 11.6).
    [[nodiscard]] Bytes encode() const;

    /// All infos of one kind, in the order of the file: `infos.all<PaceInfo>()`.
    template <class Info>
    [[nodiscard]] std::vector<Info> all() const {
        std::vector<Info> found;
        for (const SecurityInfo& info : infos) {
            if (const Info* match = std::get_if<Info>(&info)) {
                found.push_back(*match);
            }
        }
        return found;
    }

    friend bool operator==(const SecurityInfos&, const SecurityInfos&) = default;
};

} // namespace cancuoc::lds
