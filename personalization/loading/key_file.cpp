// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/key_file.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/globalplatform/pkcs11_master_key.hpp"
#include "personalization/loading/profile_element.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::size_t maximumFileSize = 16384;
constexpr const char* master = "master";

// Messages of the element name the rule alone, never the text that breaks it.
SecretBytes readKey(const ProfileElement& element, const std::string& name, std::size_t shortest,
                    std::size_t longest) {
    return SecretBytes(element.bytes(name, shortest, longest, ProfileElement::Presence::Required));
}

std::shared_ptr<const MasterKey> readMasterKey(const ProfileElement& element, const std::string& name,
                                               Diversification method) {
    const std::string text = element.text(name);
    if (text.starts_with("pkcs11:")) {
        return pkcs11MasterKey(text);
    }
    const std::size_t longest = method == Diversification::Kdf3 ? 32 : 16;
    SecretBytes key = readKey(element, name, 16, longest);
    if (key.size() % 8 != 0) {
        element.refuse(name, "must have 16, 24 or 32 bytes");
    }
    return std::make_shared<MasterKeyInMemory>(std::move(key));
}

std::unique_ptr<KeySource> readSource(const ProfileElement& element, bool hasOneKey,
                                      const KeyScheme& scheme) {
    const char* const encryption = hasOneKey ? master : "encryption";
    const char* const mac = hasOneKey ? master : "mac";
    const char* const dataEncryption = hasOneKey ? master : "dataEncryption";
    if (!scheme.diversification) {
        const auto key = [&](const char* name) {
            return readKey(element, name, scheme.keySize, scheme.keySize);
        };
        return std::make_unique<CommonKeys>(
            SecurityDomainKeys{scheme.keyVersion, key(encryption), key(mac), key(dataEncryption)});
    }
    const auto key = [&](const char* name) { return readMasterKey(element, name, *scheme.diversification); };
    DiversifiedKeys::MasterKeys keys{key(encryption), nullptr, nullptr};
    keys.mac = hasOneKey ? keys.encryption : key(mac);
    keys.dataEncryption = hasOneKey ? keys.encryption : key(dataEncryption);
    return std::make_unique<DiversifiedKeys>(*scheme.diversification, std::move(keys), scheme.keySize,
                                             scheme.keyVersion);
}

} // namespace

std::unique_ptr<KeySource> readKeyFile(const std::filesystem::path& file, const KeyScheme& scheme) {
    const SecretBytes text(readFile(file, maximumFileSize));
    const auto json = nlohmann::json::parse(text.view().begin(), text.view().end(), nullptr, false);
    if (!json.is_object()) {
        throw BadConfiguration("The key file " + file.string() + " is no JSON object.");
    }
    const ProfileElement element(json, "The key file " + file.string() + ": ", "");
    auto source = readSource(element, json.contains(master), scheme);
    element.expectNothingElse();
    return source;
}

std::unique_ptr<KeySource> publishedTransportKeys(const KeyScheme& scheme) {
    SecurityDomainKeys keys = SecurityDomainKeys::transport(scheme.keyVersion);
    if (scheme.diversification || scheme.keySize != keys.encryption.size()) {
        throw BadConfiguration("The chips of this load profile do not hold the published test keys; give "
                               "their transport keys in a file.");
    }
    return std::make_unique<CommonKeys>(std::move(keys));
}

} // namespace cancuoc::personalization
