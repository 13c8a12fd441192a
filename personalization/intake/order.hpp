// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/order_files.hpp"
#include "personalization/intake/record_source.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>

namespace cancuoc::personalization {

/// An order as it was handed in: its records, and the pictures that they name.
struct Order {
    static constexpr std::size_t maximumFileBytes = std::size_t{1} << 30;

    std::unique_ptr<OrderFiles> files;
    std::unique_ptr<RecordSource> records;
};

/// Opens an order: a file of records (CSV or JSON lines, told apart by their first byte) with its pictures
/// below its folder, or a folder with one records.csv or records.jsonl.
/// Throws Error when it cannot be read or has more than Order::maximumFileBytes, OrderRefused when none of
/// its records can be taken.
[[nodiscard]] Order openOrder(const std::filesystem::path& path);

/// The records in `text`, CSV or JSON lines. Throws OrderRefused when a CSV's header is wrong.
[[nodiscard]] std::unique_ptr<RecordSource> recordsIn(std::string text);

} // namespace cancuoc::personalization
