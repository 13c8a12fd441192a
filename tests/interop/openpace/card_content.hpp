// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/interop/peer/apdu.hpp"

#include <openssl/evp.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace peer {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

/// What an invented card offers.
struct Protocols {
    int cipher = 2;            ///< its arc: 1 for 3DES to 4 for AES-256
    int domainParameters = 13; ///< standardized ones (Doc 9303-11, 9.5.1)

    bool diffieHellman() const { return domainParameters <= 2; }
};

/// What OpenPACE's chip holds. In a folder: EF.CardAccess.bin, EF.COM.bin, EF.SOD.bin, DG1.bin … as the files
/// stand on the card, chip-authentication.pem and, for a chip that signs, active-authentication.pem.
struct CardContent {
    std::map<std::uint16_t, Bytes> files; ///< by file identifier (Doc 9303-10, 3.11)
    Key chipAuthenticationKey{nullptr, &EVP_PKEY_free};
    Key activeAuthenticationKey{nullptr, &EVP_PKEY_free};
    Bytes trustPoint; ///< the certificate of the CVCA that opens DG3; empty for a chip without one

    static CardContent load(const std::filesystem::path& folder);
    void save(const std::filesystem::path& folder) const;

    /// A small card of an invented citizen, made with OpenSSL alone: EF.CardAccess, EF.COM, DG1, DG3 and DG14
    /// with a fresh Chip Authentication key. It is not signed.
    static CardContent invented(const Protocols& protocols = {});
};

/// The three lines in DG1 of CardContent::invented(), and the CAN that goes with them.
inline constexpr std::string_view inventedMrz = "IDVNM2990000011001299000001<<2"
                                                "9901018M2401014VNM<<<<<<<<<<<2"
                                                "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<";
inline constexpr std::string_view inventedCan = "000001";

/// The bytes of a file; Failure when there are none.
Bytes readWhole(const std::filesystem::path& path);

/// A fresh key pair on standardized domain parameters, with explicit parameters, as Doc 9303-11, 9.4.2 asks;
/// OpenPACE reads no others.
Key generateKey(int domainParameters);

} // namespace peer
