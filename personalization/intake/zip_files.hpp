// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/archive/zip_archive.hpp"
#include "personalization/intake/order_files.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace cancuoc::personalization {

/// What an archive may take; one of a few kilobytes can unpack to more than any disk.
struct ZipLimits {
    std::size_t entries = 300'000;
    std::uint64_t unpackedBytes = std::uint64_t{4} << 30U; ///< of all entries together
    std::uint64_t ratio = 100; ///< unpacked bytes for a byte of the archive, beyond the first MiB
};

/// The files in a ZIP archive, read in memory; nothing is unpacked to a disk. Where all entries stand in one
/// folder, paths begin in it. Entries are stored or deflated and not encrypted; archives in archives stay
/// closed.
class ZipFiles : public OrderFiles {
public:
    /// Throws OrderRefused when the archive is damaged, an entry's path leads out of it, a name stands twice,
    /// or it goes beyond the limits. What entries say of their size is checked again when they are read.
    explicit ZipFiles(Bytes archive, const ZipLimits& limits = {});

    [[nodiscard]] OrderFile read(const std::filesystem::path& path, std::size_t maximumSize) const override;

private:
    struct Entry {
        std::uint64_t index = 0;
        std::uint64_t size = 0; ///< unpacked, as the archive says
    };

    void readDirectory(const ZipLimits& limits);
    void enterOnlyFolder();

    Bytes archive_;
    ZipArchive zip_; ///< views `archive_`
    std::map<std::string, Entry> entries_;
};

} // namespace cancuoc::personalization
