// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/order_files.hpp"
#include "personalization/intake/order_signature.hpp"
#include "personalization/intake/record_source.hpp"
#include "personalization/intake/zip_files.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// What a line demands of an order as a whole.
struct OrderPolicy {
    SignaturePolicy signature;
    ZipLimits zip;
};

/// An order as it was handed in: its records, and the pictures that they name.
struct Order {
    static constexpr std::size_t maximumFileBytes = std::size_t{1} << 30U;
    static constexpr std::size_t maximumSignatureBytes = std::size_t{1} << 20U;

    std::unique_ptr<OrderFiles> files;
    std::unique_ptr<RecordSource> records;
    std::string signer;            ///< whose signature was verified; empty when none was
    std::vector<Finding> findings; ///< warnings about the order as a whole
};

/// Opens an order:
/// - a folder with one records.csv or records.jsonl, and the pictures that it names;
/// - such a file of records (CSV or JSON lines, told apart by its first byte), its pictures below its folder;
/// - a ZIP archive of such a folder.
/// A signature stands beside an archive (ORDER.zip.p7s, detached) or around it (an enveloping CMS); for a
/// folder it is one on its list SHA256SUMS (SHA256SUMS.p7s, or SHA256SUMS.p7m around it), and then the
/// records and every picture must be as listed. A signature that does not verify is refused whether the
/// policy requires one or not. Throws Error when it cannot be read or has more than Order::maximumFileBytes,
/// OrderRefused when none of its records can be taken.
[[nodiscard]] Order openOrder(const std::filesystem::path& path, const OrderPolicy& policy = {});

/// The records in `text`, CSV or JSON lines. Throws OrderRefused when a CSV's header is wrong.
[[nodiscard]] std::unique_ptr<RecordSource> recordsIn(std::string text);

} // namespace cancuoc::personalization
