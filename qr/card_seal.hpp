// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qr/digital_seal.hpp"
#include "qr/payload.hpp"

namespace cancuoc::qr {

/// The document profile `cancuoc`: the fields of the Vietnamese card's QR in a digital seal. Even document
/// types are for profiles of a State's own (Doc 9303-13, 3.1.1). Numbers and dates are packed (C40, dates of
/// three bytes); name and residence are UTF-8 in normalization form C, because C40 has no diacritics.
///
/// | tag | field | encoding |
/// |---|---|---|
/// | 1 | personal identification number | C40, 12 digits |
/// | 2 | full name | UTF-8 |
/// | 3 | birth date | date |
/// | 4 | sex | C40, `M` or `F` |
/// | 5 | residence | UTF-8 |
/// | 6 | former number | C40; absent if there is none |
///
/// The issue date stands in the header.
constexpr std::uint8_t cardSealDocumentType = 84;
constexpr std::uint8_t cardSealFeatureDefinition = 1;

/// The content of a card's seal.
/// @param header signer, certificate, version and signature date; the rest is set here
/// @throws MalformedData if the number is not 12 digits, a date is not ddmmyyyy, the sex is neither Nam nor
/// Nữ,
///         a text is not UTF-8, or one of the four additional fields, which a seal does not have, is not
///         empty
[[nodiscard]] SealContent sealContentOf(const Payload& payload, SealHeader header);

/// What a card's seal says; `additional` stays empty.
/// @throws MalformedData if it is a seal of another profile, a field is missing, doubled or has another form
[[nodiscard]] Payload payloadOf(const SealContent& content);

} // namespace cancuoc::qr
