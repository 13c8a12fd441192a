// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct zip;

namespace cancuoc::personalization {

/// A ZIP archive in memory. What it says of itself is a claim until an entry was read.
class ZipArchive {
public:
    /// How an archive's two directories are taken.
    enum class Consistency { Required, AsItIs };

    /// What an archive says of an entry.
    struct Entry {
        std::string name;
        std::uint64_t size = 0; ///< bytes, unpacked
        bool isPlain = false;   ///< stored or deflated, and not encrypted
    };

    /// The archive in `bytes`, which outlive it; nothing when they are none.
    [[nodiscard]] static std::optional<ZipArchive> open(BytesView bytes, Consistency consistency);

    [[nodiscard]] std::uint64_t count() const;

    /// Entry `index`, from 0; nothing when the directory does not tell all of it.
    [[nodiscard]] std::optional<Entry> entry(std::uint64_t index) const;

    /// The content of an entry, which has exactly `size` bytes and the CRC that the archive says; nothing
    /// when it has others, or is not there.
    [[nodiscard]] std::optional<Bytes> read(std::uint64_t index, std::size_t size) const;

private:
    struct Discard {
        void operator()(zip* archive) const;
    };

    explicit ZipArchive(zip* archive) : archive_(archive) {}

    std::unique_ptr<zip, Discard> archive_;
};

} // namespace cancuoc::personalization
