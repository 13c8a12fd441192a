// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>

namespace cancuoc::personalization {

/// Why a file of an order is not handed out.
enum class FileRefusal {
    Absent, ///< there is none, its path or a link leads out of the order, or it is too large or unreadable
    NotAsSigned ///< the signed list of the order does not have it, or has it with other content
};

/// A file of an order: its content, or why there is none.
struct OrderFile {
    std::optional<Bytes> content;
    FileRefusal refusal = FileRefusal::Absent; ///< where there is no content
};

/// The files of one order, and no others: whatever path a record names, nothing outside is opened.
class OrderFiles {
public:
    OrderFiles() = default;
    OrderFiles(const OrderFiles&) = delete;
    OrderFiles& operator=(const OrderFiles&) = delete;
    virtual ~OrderFiles() = default;

    /// A file by its path inside of the order, when it has at most `maximumSize` bytes.
    [[nodiscard]] virtual OrderFile read(const std::filesystem::path& path,
                                         std::size_t maximumSize) const = 0;
};

/// The files below a folder.
class FolderFiles : public OrderFiles {
public:
    explicit FolderFiles(const std::filesystem::path& folder);

    [[nodiscard]] OrderFile read(const std::filesystem::path& path, std::size_t maximumSize) const override;

private:
    std::filesystem::path folder_; ///< canonical
};

} // namespace cancuoc::personalization
