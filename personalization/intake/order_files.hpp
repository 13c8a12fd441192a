// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>

namespace cancuoc::personalization {

/// The files of one order, and no others: whatever path a record names, nothing outside is opened.
class OrderFiles {
public:
    OrderFiles() = default;
    OrderFiles(const OrderFiles&) = delete;
    OrderFiles& operator=(const OrderFiles&) = delete;
    virtual ~OrderFiles() = default;

    /// The content of a file by its path inside of the order. Nothing when there is none, when the path or a
    /// link on it leads out of the order, or when it cannot be read or has more than `maximumSize` bytes.
    [[nodiscard]] virtual std::optional<Bytes> read(const std::filesystem::path& path,
                                                    std::size_t maximumSize) const = 0;
};

/// The files below a folder.
class FolderFiles : public OrderFiles {
public:
    explicit FolderFiles(std::filesystem::path folder);

    [[nodiscard]] std::optional<Bytes> read(const std::filesystem::path& path,
                                            std::size_t maximumSize) const override;

private:
    std::filesystem::path folder_; ///< canonical
};

} // namespace cancuoc::personalization
