// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/zip_files.hpp"

#include "personalization/intake/order_path.hpp"
#include "personalization/intake/order_refused.hpp"

#include <zip.h>

#include <algorithm>

namespace cancuoc::personalization {

namespace {

[[noreturn]] void refuse(const Rule* rule, std::vector<std::string> details = {}) {
    throw OrderRefused({rule, 0, "", std::move(details)});
}

zip_t* openArchive(const Bytes& archive) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(archive.data(), archive.size(), 0, &error);
    zip_t* opened = nullptr;
    if (source != nullptr) {
        opened = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
        if (opened == nullptr) {
            zip_source_free(source);
        }
    }
    zip_error_fini(&error);
    if (opened == nullptr) {
        refuse(ruleNamed("zip.structure"));
    }
    return opened;
}

zip_stat_t statOf(zip_t* archive, zip_uint64_t index) {
    constexpr zip_uint64_t needed =
        ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    zip_stat_t stat;
    if (zip_stat_index(archive, index, 0, &stat) != 0 || (stat.valid & needed) != needed) {
        refuse(ruleNamed("zip.structure"));
    }
    return stat;
}

bool isPlain(const zip_stat_t& stat) {
    return stat.encryption_method == ZIP_EM_NONE &&
           (stat.comp_method == ZIP_CM_STORE || stat.comp_method == ZIP_CM_DEFLATE);
}

std::string normal(const std::filesystem::path& path) {
    return path.lexically_normal().generic_string();
}

} // namespace

void ZipFiles::Close::operator()(zip* archive) const {
    zip_discard(archive);
}

ZipFiles::ZipFiles(Bytes archive, const ZipLimits& limits)
    : archive_(std::move(archive)), zip_(openArchive(archive_)) {
    readDirectory(limits);
    enterOnlyFolder();
}

ZipFiles::~ZipFiles() = default;

void ZipFiles::readDirectory(const ZipLimits& limits) {
    constexpr std::uint64_t withoutRatio = std::uint64_t{1} << 20U;
    const auto count =
        static_cast<std::uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(zip_.get(), 0), 0));
    if (count > limits.entries) {
        refuse(ruleNamed("zip.entries"), {std::to_string(count), std::to_string(limits.entries)});
    }
    const std::uint64_t most = std::min(limits.unpackedBytes, withoutRatio + limits.ratio * archive_.size());
    std::uint64_t unpacked = 0;
    for (std::uint64_t index = 0; index < count; ++index) {
        const zip_stat_t stat = statOf(zip_.get(), index);
        const std::string place = std::to_string(index + 1);
        std::string name = stat.name;
        const bool isFolder = name.ends_with('/');
        if (isFolder) {
            name.pop_back();
        }
        if (!staysInOrder(name)) {
            refuse(ruleNamed("zip.path"), {place});
        }
        if (!isPlain(stat)) {
            refuse(ruleNamed("zip.method"), {place});
        }
        // Each is at most what is left, so that sizes of a forged archive do not overflow.
        if (stat.size > most - unpacked) {
            refuse(ruleNamed("zip.unpacked"), {std::to_string(most)});
        }
        unpacked += stat.size;
        if (!isFolder && !entries_.emplace(normal(name), Entry{index, stat.size}).second) {
            refuse(ruleNamed("zip.twice"), {place});
        }
    }
}

void ZipFiles::enterOnlyFolder() {
    if (entries_.empty()) {
        return;
    }
    const std::string& first = entries_.begin()->first;
    const std::string folder = first.substr(0, first.find('/') + 1); // empty when it stands in no folder
    if (folder.empty() || !std::all_of(entries_.begin(), entries_.end(), [&folder](const auto& entry) {
            return entry.first.starts_with(folder);
        })) {
        return;
    }
    std::map<std::string, Entry> inside;
    for (const auto& [name, entry] : entries_) {
        inside.emplace(name.substr(folder.size()), entry);
    }
    entries_ = std::move(inside);
}

OrderFile ZipFiles::read(const std::filesystem::path& path, std::size_t maximumSize) const {
    const auto found = entries_.find(normal(path));
    if (!staysInOrder(path) || found == entries_.end() || found->second.size > maximumSize) {
        return {};
    }
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
        zip_fopen_index(zip_.get(), found->second.index, 0), &zip_fclose);
    if (file == nullptr) {
        return {};
    }
    // One byte more than the archive says: reading it makes libzip compare the CRC, and finds an entry that
    // goes on.
    Bytes content(static_cast<std::size_t>(found->second.size) + 1);
    std::size_t size = 0;
    zip_int64_t count = 0;
    while (size < content.size() &&
           (count = zip_fread(file.get(), content.data() + size, content.size() - size)) > 0) {
        size += static_cast<std::size_t>(count);
    }
    if (count < 0 || size != found->second.size) {
        return {};
    }
    content.resize(size);
    return {std::move(content)};
}

} // namespace cancuoc::personalization
