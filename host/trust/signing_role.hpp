// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/document_security_object.hpp"

#include <span>
#include <string_view>

namespace cancuoc::trust {

/// What a certificate below a CSCA signs, and what tells it apart (Doc 9303-12, 7.1.1, table 6).
struct SigningRole {
    std::string_view file;                               ///< what is signed, in messages
    std::string_view signer;                             ///< who signs, in messages
    std::string_view contentType;                        ///< of the signed content, dotted
    std::string_view contentName;                        ///< of the signed content, in messages
    std::span<const std::string_view> otherContentTypes; ///< that States have used for it as well, dotted
    std::string_view purpose; ///< the one extended key usage, dotted; empty: the extension must be absent
};

inline constexpr SigningRole documentSignerRole{"EF.SOD",
                                                "Document Signer",
                                                lds::DocumentSecurityObject::contentType,
                                                "an LDSSecurityObject",
                                                lds::DocumentSecurityObject::otherContentTypes,
                                                ""};
inline constexpr SigningRole cardSecuritySignerRole{
    "EF.CardSecurity", "Document Signer", "0.4.0.127.0.7.3.2.1", "SecurityInfos", {}, ""};
inline constexpr SigningRole masterListSignerRole{
    "the master list", "Master List Signer", "2.23.136.1.1.2", "a CSCA master list", {}, "2.23.136.1.1.3"};

inline constexpr SigningRole deviationListSignerRole{
    "the deviation list", "Deviation List Signer", "2.23.136.1.1.7", "a deviation list", {},
    "2.23.136.1.1.8"};

/// Doc 9303-12, 7.1.3; what it signs is no CMS.
inline constexpr SigningRole barCodeSignerRole{"the digital seal", "Bar Code Signer", "", "", {},
                                               "2.23.136.1.1.11.1"};

} // namespace cancuoc::trust
