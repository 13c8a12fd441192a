// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "host/base/bytes.hpp"
#include "host/base/date.hpp"

namespace cancuoc::qr {

/// The header of a Visible Digital Seal (Doc 9303-13, 2.2, table 1).
struct SealHeader {
    int version = 4;                  ///< 3 or 4; they differ in the certificate reference and in lengths
    std::string issuingCountry;       ///< one to three capitals, as in the MRZ
    std::string signerIdentifier;     ///< the signer's two-letter country code and two characters of its own
    std::string certificateReference; ///< serial number of its certificate in hexadecimal capitals; version
                                      ///< 3: five characters, version 4: 1 to 255
    Date documentIssueDate{};
    Date signatureDate{};
    std::uint8_t featureDefinition = 1; ///< 1 to 254
    std::uint8_t documentType = 0;      ///< odd: of ICAO; even: of a State's own

    bool operator==(const SealHeader&) const = default;
};

/// A document feature: a tag, whose meaning the document profile tells, and a value (Doc 9303-13, 2.3).
struct SealFeature {
    std::uint8_t tag = 0; ///< 0 to 254
    Bytes value;          ///< version 3: at most 255 bytes

    bool operator==(const SealFeature&) const = default;
};

/// What a seal says, without its signature.
struct SealContent {
    SealHeader header;
    std::vector<SealFeature> features;

    bool operator==(const SealContent&) const = default;
};

/// Largest seal that is read or written, in bytes: more than any symbol holds.
constexpr std::size_t maximumSealLength = 3072;

/// The header and the message zone: the bytes that are signed.
/// @throws MalformedData if a field does not have the form above
[[nodiscard]] Bytes encodeSealContent(const SealContent& content);

/// Signs for a bar code signer: returns r || s over the bytes (BSI TR-03111, 5.2.1). trust::pkcs11Signer
/// makes one for a key that stays in its token.
using SealSigner = std::function<Bytes(BytesView toBeSigned)>;

/// The whole seal, as it goes into a symbol.
/// @throws MalformedData as encodeSealContent, or if the seal is too long; what `sign` throws
[[nodiscard]] Bytes signSeal(const SealContent& content, const SealSigner& sign);

/// A seal as it was read.
struct DigitalSeal {
    SealContent content;
    Bytes signedBytes; ///< header and message zone as they stand in the symbol
    Bytes signature;   ///< r || s

    /// Reads the bytes of a symbol.
    /// @throws MalformedData if they are no seal of version 3 or 4; says what is wrong
    [[nodiscard]] static DigitalSeal decode(BytesView bytes);
};

/// Whether the bytes of a symbol begin as a seal does: with the magic constant DC.
[[nodiscard]] bool isDigitalSeal(BytesView bytes);

/// A date as three bytes: the number MMDDYYYY (Doc 9303-13, 2.3.1).
/// @throws MalformedData for a year outside 0 to 9999
[[nodiscard]] Bytes encodeSealDate(Date date);

/// @throws MalformedData for another length or a day that no calendar has
[[nodiscard]] Date decodeSealDate(BytesView bytes);

} // namespace cancuoc::qr
