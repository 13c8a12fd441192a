// SPDX-License-Identifier: Apache-2.0
#include "personalization/archive/zip_archive.hpp"

#include <zip.h>

#include <algorithm>

namespace cancuoc::personalization {

void ZipArchive::Discard::operator()(zip* archive) const {
    zip_discard(archive);
}

std::optional<ZipArchive> ZipArchive::open(BytesView bytes, Consistency consistency) {
    zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
    if (source == nullptr) {
        return std::nullopt;
    }
    const int flags = consistency == Consistency::Required ? ZIP_RDONLY | ZIP_CHECKCONS : ZIP_RDONLY;
    zip_t* const archive = zip_open_from_source(source, flags, nullptr);
    if (archive == nullptr) {
        zip_source_free(source);
        return std::nullopt;
    }
    return ZipArchive(archive);
}

std::uint64_t ZipArchive::count() const {
    return static_cast<std::uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(archive_.get(), 0), 0));
}

std::optional<ZipArchive::Entry> ZipArchive::entry(std::uint64_t index) const {
    constexpr zip_uint64_t needed =
        ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    zip_stat_t stat{};
    if (zip_stat_index(archive_.get(), index, 0, &stat) != 0 || (stat.valid & needed) != needed) {
        return std::nullopt;
    }
    const bool isPlain = stat.encryption_method == ZIP_EM_NONE &&
                         (stat.comp_method == ZIP_CM_STORE || stat.comp_method == ZIP_CM_DEFLATE);
    return Entry{stat.name, stat.size, isPlain};
}

std::optional<Bytes> ZipArchive::read(std::uint64_t index, std::size_t size) const {
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive_.get(), index, 0),
                                                                 &zip_fclose);
    if (file == nullptr) {
        return std::nullopt;
    }
    // One byte more than the archive says: reading it makes libzip compare the CRC, and finds an entry that
    // goes on.
    Bytes content(size + 1);
    std::size_t filled = 0;
    zip_int64_t count = 0;
    while (filled < content.size() &&
           (count = zip_fread(file.get(), content.data() + filled, content.size() - filled)) > 0) {
        filled += static_cast<std::size_t>(count);
    }
    if (count < 0 || filled != size) {
        return std::nullopt;
    }
    content.resize(size);
    return content;
}

} // namespace cancuoc::personalization
