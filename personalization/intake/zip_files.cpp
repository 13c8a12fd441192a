// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/zip_files.hpp"

#include "personalization/intake/order_path.hpp"
#include "personalization/intake/order_refused.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

[[noreturn]] void refuse(const Rule* rule, std::vector<std::string> details = {}) {
    throw OrderRefused({rule, 0, "", std::move(details)});
}

ZipArchive openArchive(BytesView bytes) {
    auto archive = ZipArchive::open(bytes, ZipArchive::Consistency::Required);
    if (!archive) {
        refuse(ruleNamed("zip.structure"));
    }
    return *std::move(archive);
}

std::string normal(const std::filesystem::path& path) {
    return path.lexically_normal().generic_string();
}

} // namespace

ZipFiles::ZipFiles(Bytes archive, const ZipLimits& limits)
    : archive_(std::move(archive)), zip_(openArchive(archive_)) {
    readDirectory(limits);
    enterOnlyFolder();
}

void ZipFiles::readDirectory(const ZipLimits& limits) {
    constexpr std::uint64_t withoutRatio = std::uint64_t{1} << 20U;
    const std::uint64_t count = zip_.count();
    if (count > limits.entries) {
        refuse(ruleNamed("zip.entries"), {std::to_string(count), std::to_string(limits.entries)});
    }
    const std::uint64_t most = std::min(limits.unpackedBytes, withoutRatio + limits.ratio * archive_.size());
    std::uint64_t unpacked = 0;
    for (std::uint64_t index = 0; index < count; ++index) {
        const auto entry = zip_.entry(index);
        if (!entry) {
            refuse(ruleNamed("zip.structure"));
        }
        const std::string place = std::to_string(index + 1);
        std::string name = entry->name;
        const bool isFolder = name.ends_with('/');
        if (isFolder) {
            name.pop_back();
        }
        if (!staysInOrder(name)) {
            refuse(ruleNamed("zip.path"), {place});
        }
        if (!entry->isPlain) {
            refuse(ruleNamed("zip.method"), {place});
        }
        // Each is at most what is left, so that sizes of a forged archive do not overflow.
        if (entry->size > most - unpacked) {
            refuse(ruleNamed("zip.unpacked"), {std::to_string(most)});
        }
        unpacked += entry->size;
        if (!isFolder && !entries_.emplace(normal(name), Entry{index, entry->size}).second) {
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
    return {zip_.read(found->second.index, static_cast<std::size_t>(found->second.size))};
}

} // namespace cancuoc::personalization
