// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <filesystem>

namespace cancuoc::personalization {

/// The content of a deviation list (Doc 9303-12, 10.2: DeviationList, in DER) that says what the JSON in
/// `file` says:
///
///     { "deviations": [
///         { "documents": { "documentType": "ID",
///                          "documentSigner": "document-signer-001.pem",
///                          "issued": ["2026-01-02", "2026-03-31"],
///                          "documentNumbers": ["299000001"] },
///           "descriptions": [ { "type": "LDS-DGHashWrong", "dataGroup": 12,
///                               "description": "Hash of an earlier date of issue" } ] } ] }
///
/// Every member of `documents` may be missing, and limits them where it is there: all limits together tell
/// which documents are meant. `documentSigner` is the file of its certificate, from the folder of `file` on.
/// `type` is CertOrKey-DSSignature, CertOrKey-DSEncoding, CertOrKey-CSCAEncoding, CertOrKey-AAKeyCompromised,
/// LDS-DGMalformed, LDS-DGHashWrong, LDS-SODSignatureWrong, LDS-COMInconsistent, MRZ-WrongData,
/// MRZ-WrongCheckDigit, Chip, or a dotted object identifier. `dataGroup` (1 to 16), `mrzField` (0 to 9) and
/// `certificateField` (0 to 9), at most one of them, are its parameter. `description` is text of a
/// PrintableString.
/// @throws BadConfiguration naming what is wrong and where
[[nodiscard]] Bytes deviationListOf(const std::filesystem::path& file);

} // namespace cancuoc::personalization
