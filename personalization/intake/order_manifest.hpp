// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/order_files.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace cancuoc::personalization {

/// SHA256SUMS, the list of an order's files with their hashes as sha256sum(1) writes it: a signature on the
/// list is one on every file in it.
class OrderManifest {
public:
    static constexpr const char* fileName = "SHA256SUMS";
    static constexpr std::size_t maximumBytes = std::size_t{64} << 20U;

    /// Throws OrderRefused when a line is malformed, leads out of the order or names a file again.
    [[nodiscard]] static OrderManifest decode(std::string_view text);

    /// Whether the list has this file with this content.
    [[nodiscard]] bool vouchesFor(const std::filesystem::path& path, BytesView content) const;

private:
    std::map<std::string, Bytes> digests_; ///< SHA-256 by path
};

/// Files that a signed list vouches for; another, or one that was changed, is refused.
class ListedFiles : public OrderFiles {
public:
    ListedFiles(std::unique_ptr<OrderFiles> files, OrderManifest manifest);

    [[nodiscard]] OrderFile read(const std::filesystem::path& path, std::size_t maximumSize) const override;

private:
    std::unique_ptr<OrderFiles> files_;
    OrderManifest manifest_;
};

} // namespace cancuoc::personalization
