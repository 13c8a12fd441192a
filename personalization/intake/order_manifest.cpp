// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/order_manifest.hpp"

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "personalization/intake/order_path.hpp"
#include "personalization/intake/order_refused.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::size_t digestDigits = 64;
constexpr std::size_t behindDigest = 2; // two spaces, or a space and an asterisk for a binary file

[[noreturn]] void refuse() {
    throw OrderRefused({ruleNamed("manifest.structure"), 0, "", {}});
}

Bytes digestFrom(std::string_view digits) {
    try {
        return fromHex(digits);
    } catch (const Error&) {
        refuse();
    }
}

std::string normal(const std::filesystem::path& path) {
    return path.lexically_normal().generic_string();
}

} // namespace

OrderManifest OrderManifest::decode(std::string_view text) {
    OrderManifest manifest;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        const bool parted = line.size() > digestDigits + behindDigest && line[digestDigits] == ' ' &&
                            (line[digestDigits + 1] == ' ' || line[digestDigits + 1] == '*');
        if (!parted || line.substr(0, digestDigits).find(' ') != std::string_view::npos) {
            refuse();
        }
        const std::filesystem::path path(line.substr(digestDigits + behindDigest));
        const Bytes digest = digestFrom(line.substr(0, digestDigits));
        if (!staysInOrder(path) || digest.size() != sizeOf(HashAlgorithm::Sha256) ||
            !manifest.digests_.emplace(normal(path), digest).second) {
            refuse();
        }
    }
    return manifest;
}

bool OrderManifest::vouchesFor(const std::filesystem::path& path, BytesView content) const {
    const auto found = digests_.find(normal(path));
    return found != digests_.end() && found->second == digest(HashAlgorithm::Sha256, content);
}

ListedFiles::ListedFiles(std::unique_ptr<OrderFiles> files, OrderManifest manifest)
    : files_(std::move(files)), manifest_(std::move(manifest)) {}

OrderFile ListedFiles::read(const std::filesystem::path& path, std::size_t maximumSize) const {
    OrderFile file = files_->read(path, maximumSize);
    if (file.content && !manifest_.vouchesFor(path, *file.content)) {
        return {std::nullopt, FileRefusal::NotAsSigned};
    }
    return file;
}

} // namespace cancuoc::personalization
