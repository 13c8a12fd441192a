// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/file.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <zip.h>

#include <map>
#include <stdexcept>
#include <string>

namespace cancuoc::test {

/// Something that a ZIP holds.
struct ZipEntry {
    std::string name;
    Bytes content;
    bool encrypted = false;
};

/// A ZIP archive, deflated.
inline Bytes zipOf(const std::vector<ZipEntry>& entries) {
    const TemporaryDirectory folder;
    const auto file = folder.path() / "archive.zip";
    int error = 0;
    zip_t* archive = zip_open(file.c_str(), ZIP_CREATE, &error);
    if (archive == nullptr) {
        throw std::runtime_error("no ZIP");
    }
    for (const ZipEntry& entry : entries) {
        zip_source_t* source = zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
        const zip_int64_t index = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            throw std::runtime_error("no ZIP entry " + entry.name);
        }
        if (entry.encrypted) {
            zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "secret");
        }
    }
    if (zip_close(archive) != 0) {
        throw std::runtime_error("no ZIP");
    }
    return readFile(file, std::size_t{1} << 28U);
}

inline std::vector<ZipEntry> entriesOf(const std::map<std::string, Bytes>& files,
                                       const std::string& folder = "") {
    std::vector<ZipEntry> entries;
    for (const auto& [name, content] : files) {
        entries.push_back({folder + name, content});
    }
    return entries;
}

/// `archive` with a name written over with another of the same length, wherever it stands.
inline Bytes renamed(Bytes archive, const std::string& from, const std::string& to) {
    std::string text = toText(archive);
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return {text.begin(), text.end()};
}

} // namespace cancuoc::test
