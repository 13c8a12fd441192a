// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// A package of Java Card with its version.
struct CapPackage {
    Bytes identifier; ///< 5 to 16 bytes
    std::uint8_t majorVersion = 0;
    std::uint8_t minorVersion = 0;
};

/// The components of a CAP file by their names, "Header" and so on; each holds its tag and size.
using CapComponents = std::map<std::string, Bytes>;

/// The components in a CAP file: the entries named NAME.cap of a ZIP archive (Java Card Virtual Machine
/// Specification 3.0.5, 4.1.3); others are passed over. Throws MalformedData for what is no ZIP archive, for
/// components of two packages, and for more than CapFile's limits.
[[nodiscard]] CapComponents readCapComponents(BytesView archive);

/// What a CAP file tells of itself, and what of it goes into a card (Java Card Virtual Machine Specification
/// 3.0.5, chapter 6).
class CapFile {
public:
    /// Limits: of the archive, of its entries, and of what a component's 16 bits of size allow.
    static constexpr std::size_t maximumArchiveSize = std::size_t{1} << 20;
    static constexpr std::size_t maximumEntries = 256;
    static constexpr std::size_t maximumComponentSize = 3 + 0xFFFF;

    /// Throws MalformedData, naming the component, for one that is missing or does not follow its form.
    explicit CapFile(CapComponents components);

    /// The CAP file in a ZIP archive. Throws MalformedData.
    [[nodiscard]] static CapFile decode(BytesView archive);

    [[nodiscard]] const CapPackage& package() const { return package_; }
    /// Version of the CAP format, "2.1" or "2.2".
    [[nodiscard]] const std::string& formatVersion() const { return formatVersion_; }
    /// The identifiers of the applets that can be installed from the package.
    [[nodiscard]] const std::vector<Bytes>& applets() const { return applets_; }
    /// The packages that the card must have.
    [[nodiscard]] const std::vector<CapPackage>& imports() const { return imports_; }

    /// The load file data for LOAD: the components in the order in which cards take them. Descriptor and
    /// debug components, which no card needs, stay out.
    [[nodiscard]] Bytes loadFileData() const;

private:
    CapComponents components_;
    CapPackage package_;
    std::string formatVersion_;
    std::vector<Bytes> applets_;
    std::vector<CapPackage> imports_;
};

} // namespace cancuoc::personalization
