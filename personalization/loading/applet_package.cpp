// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/applet_package.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/crypto/digest.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

// GlobalPlatform Card Specification 2.3.1, 11.5.2.3.2: C9 has what the application itself is given.
Installation readInstallation(const ProfileElement& element) {
    constexpr auto required = ProfileElement::Presence::Required;
    constexpr auto optional = ProfileElement::Presence::Optional;
    constexpr std::size_t longestParameters = 120; // with their header in a field of 127
    Installation installation;
    installation.module = element.bytes("module", 5, 16, required);
    installation.application = element.bytes("application", 5, 16, optional);
    if (installation.application.empty()) {
        installation.application = installation.module;
    }
    if (element.has("privileges")) {
        installation.privileges = element.bytes("privileges", 1, 3, required);
        if (installation.privileges.size() == 2) {
            element.refuse("privileges", "must be 1 or 3 bytes in hexadecimal digits");
        }
    }
    installation.parameters = encodeTlv(0xC9, element.bytes("parameters", 0, longestParameters, optional));
    element.expectNothingElse();
    return installation;
}

CapFile decodeCap(const std::filesystem::path& file, BytesView archive) {
    try {
        return CapFile::decode(archive);
    } catch (const MalformedData& error) {
        throw BadConfiguration(file.string() + " is no CAP file: " + error.what());
    }
}

void requireApplet(const CapFile& cap, const Bytes& module, const std::filesystem::path& file) {
    const auto& applets = cap.applets();
    if (std::find(applets.begin(), applets.end(), module) == applets.end()) {
        throw BadConfiguration(file.string() + " has no applet " + toHex(module) + ".");
    }
}

} // namespace

AppletPackage readAppletPackage(const ProfileElement& element) {
    AppletPackage package;
    package.file = element.text("file");
    package.sha256 = element.bytes("sha256", 32, 32, ProfileElement::Presence::Required);
    if (element.has("applets")) { // a library has none
        for (const ProfileElement& applet : element.children("applets")) {
            package.installations.push_back(readInstallation(applet));
        }
    }
    element.expectNothingElse();
    return package;
}

void readCapFile(AppletPackage& package, const std::filesystem::path& folder,
                 std::size_t maximumCommandData) {
    const auto file = folder / package.file;
    const Bytes archive = cancuoc::readFile(file, CapFile::maximumArchiveSize);
    if (digest(HashAlgorithm::Sha256, archive) != package.sha256) {
        throw BadConfiguration(file.string() +
                               " is not the file that the load profile names: its SHA-256 is " +
                               toLowerCaseHex(digest(HashAlgorithm::Sha256, archive)) + ".");
    }
    auto cap = std::make_shared<const CapFile>(decodeCap(file, archive));
    for (Installation& installation : package.installations) {
        requireApplet(*cap, installation.module, file);
        installation.loadFile = cap->package().identifier;
    }
    constexpr std::size_t mostOverhead = 32; // MAC and padding of SCP03 in S16 mode
    constexpr std::size_t mostBlocks = 256;  // 11.6.2.2: numbered in one byte
    if (encodeTlv(0xC4, cap->loadFileData()).size() > mostBlocks * (maximumCommandData - mostOverhead)) {
        throw BadConfiguration(file.string() + " has " + std::to_string(cap->loadFileData().size()) +
                               " bytes to load, more than 256 commands of this load profile hold.");
    }
    package.cap = std::move(cap);
}

void putOnChip(const AppletPackage& package, IssuerSecurityDomain& domain, std::size_t blockSize) {
    const Bytes code = package.cap->loadFileData();
    domain.load({package.cap->package().identifier, code}, blockSize);
    for (const Installation& installation : package.installations) {
        domain.install(installation);
    }
}

} // namespace cancuoc::personalization
