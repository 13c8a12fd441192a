// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/zip_writer.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cancuoc::test {

using CapEntries = std::vector<std::pair<std::string, Bytes>>;

inline Bytes component(std::uint8_t tag, const char* content) {
    const Bytes bytes = fromHex(content);
    return concat(Bytes{tag}, toBigEndian(bytes.size(), 2), bytes);
}

/// A package F000000001 1.2 with two applets, which imports java.lang and javacard.framework.
inline CapEntries capEntries() {
    const std::string folder = "org/example/javacard/";
    return {{"META-INF/MANIFEST.MF", toBytes(viewOf("Manifest-Version: 1.0\n"))},
            {folder + "Applet.cap", component(3, "02 06 F00000000101 0010 06 F00000000102 0020")},
            {folder + "Class.cap", component(6, "0C")},
            {folder + "ConstantPool.cap", component(5, "0A")},
            {folder + "Debug.cap", component(12, "DD")},
            {folder + "Descriptor.cap", component(11, "0D")},
            {folder + "Directory.cap", component(2, "02")},
            {folder + "Header.cap", component(1, "DECAFFED 01 02 04 02 01 05 F000000001")},
            {folder + "Import.cap", component(4, "02 00 01 07 A0000000620001 03 01 07 A0000000620101")},
            {folder + "Method.cap", component(7, "0E0F")},
            {folder + "RefLocation.cap", component(9, "09")},
            {folder + "StaticField.cap", component(8, "08")}};
}

/// The entries in a ZIP archive.
inline Bytes zipped(const CapEntries& entries) {
    std::vector<ZipEntry> files;
    for (const auto& [name, content] : entries) {
        files.push_back({name, content});
    }
    return zipOf(files);
}

} // namespace cancuoc::test
