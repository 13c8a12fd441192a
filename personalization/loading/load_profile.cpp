// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/load_profile.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/loading/profile_element.hpp"
#include "personalization/loading/shipped_profiles.hpp"

#include <algorithm>
#include <filesystem>

namespace cancuoc::personalization {

namespace {

using Json = nlohmann::json;

constexpr std::size_t shortestIdentifier = 5; // ISO/IEC 7816-4, 12.2.3
constexpr std::size_t longestIdentifier = 16;

ProductIdentification readIdentification(const ProfileElement& element) {
    ProductIdentification identification;
    identification.atr = element.bytes("atr", 2, 33, ProfileElement::Presence::Optional);
    identification.atrMask = element.bytes("atrMask", 2, 33, ProfileElement::Presence::Optional);
    if (identification.atr.size() != identification.atrMask.size()) {
        element.refuse("atrMask", "must be as long as atr");
    }
    if (const auto production = element.optionalChild("productionData")) {
        identification.fabricator = production->bytes("fabricator", 2, 2, ProfileElement::Presence::Optional);
        identification.type = production->bytes("type", 2, 2, ProfileElement::Presence::Optional);
        identification.operatingSystem =
            production->bytes("operatingSystem", 2, 2, ProfileElement::Presence::Optional);
        production->expectNothingElse();
    }
    element.expectNothingElse();
    return identification;
}

SecurityLevel readLevel(const ProfileElement& channel) {
    std::uint8_t bits = 0;
    for (const std::string& protection : channel.texts("protection")) {
        bits = static_cast<std::uint8_t>(
            bits | channel.choice<std::uint8_t>("protection", protection,
                                                {{"C-MAC", 0x01},
                                                 {"C-DECRYPTION", security_level::commandEncryption},
                                                 {"R-MAC", security_level::responseMac},
                                                 {"R-ENCRYPTION", security_level::responseEncryption}}));
    }
    constexpr SecurityLevel levels[] = {SecurityLevel::CommandMac, SecurityLevel::CommandMacAndEncryption,
                                        SecurityLevel::CommandAndResponseMac,
                                        SecurityLevel::CommandMacAndEncryptionResponseMac,
                                        SecurityLevel::CommandAndResponseMacAndEncryption};
    for (const SecurityLevel level : levels) {
        if (static_cast<std::uint8_t>(level) == bits) {
            return level;
        }
    }
    channel.refuse("protection", "must be C-MAC, with C-DECRYPTION or R-MAC or both, or all four");
}

SecureChannelProtocol readChannel(const ProfileElement& element) {
    SecureChannelProtocol channel;
    channel.identifier = element.choice<std::uint8_t>("protocol", element.text("protocol"),
                                                      {{"SCP02", 0x02}, {"SCP03", 0x03}});
    channel.option = element.byte("option");
    const Bytes known = channel.identifier == 0x02 ? Bytes{0x15, 0x55}
                                                   : Bytes{0x00, 0x01, 0x10, 0x11, 0x60, 0x61, 0x70, 0x71};
    if (std::find(known.begin(), known.end(), channel.option) == known.end()) {
        element.refuse("option", channel.identifier == 0x02
                                     ? "must be 15 or 55 with SCP02"
                                     : "must be 00, 10, 60 or 70 with SCP03, or one more in S16 mode");
    }
    return channel;
}

void checkLevel(const ProfileElement& element, const SecureChannelProtocol& channel, SecurityLevel level) {
    const bool protectsResponses = static_cast<std::uint8_t>(level) >= security_level::responseMac;
    const bool offersIt = channel.identifier == 0x03 && (channel.option & 0x60) != 0;
    if (protectsResponses && !offersIt) {
        element.refuse("protection", "cannot hold R-MAC: the protocol with this option does not offer it");
    }
}

KeyScheme readKeys(const ProfileElement& element, const SecureChannelProtocol& channel) {
    KeyScheme scheme;
    scheme.keyVersion = element.byte("version");
    if (scheme.keyVersion == 0 || scheme.keyVersion > 0x7F) {
        element.refuse("version", "must be 01 to 7F");
    }
    scheme.keySize = element.number("size", 16, 32);
    if (scheme.keySize % 8 != 0 || (channel.identifier == 0x02 && scheme.keySize != 16)) {
        element.refuse("size", channel.identifier == 0x02 ? "must be 16 with SCP02" : "must be 16, 24 or 32");
    }
    scheme.diversification =
        element.choice<std::optional<Diversification>>("diversification", element.text("diversification"),
                                                       {{"none", std::nullopt},
                                                        {"EMV", Diversification::Emv},
                                                        {"VISA2", Diversification::Visa2},
                                                        {"KDF3", Diversification::Kdf3}});
    const bool ofAes = scheme.diversification == Diversification::Kdf3;
    if (scheme.diversification && ofAes != (channel.identifier == 0x03)) {
        element.refuse("diversification", ofAes ? "makes keys of AES, which SCP02 does not take"
                                                : "makes keys of 3DES, which SCP03 does not take");
    }
    element.expectNothingElse();
    return scheme;
}

std::vector<LoadingStep> readSteps(const ProfileElement& profile) {
    std::vector<LoadingStep> steps;
    for (const std::string& name : profile.texts("steps")) {
        const auto step = profile.choice<LoadingStep>("steps", name,
                                                      {{"packages", LoadingStep::Packages},
                                                       {"open", LoadingStep::Open},
                                                       {"files", LoadingStep::Files},
                                                       {"secrets", LoadingStep::Secrets},
                                                       {"activate", LoadingStep::Activate},
                                                       {"read back", LoadingStep::ReadBack},
                                                       {"replace keys", LoadingStep::ReplaceKeys},
                                                       {"lock", LoadingStep::Lock}});
        if (std::find(steps.begin(), steps.end(), step) != steps.end()) {
            profile.refuse("steps", "must hold \"" + name + "\" once");
        }
        steps.push_back(step);
    }
    return steps;
}

// A chip counts as good after it was read back and locked, whatever a profile says.
void checkSteps(const ProfileElement& profile, const std::vector<LoadingStep>& steps, bool hasIssuerKeys,
                bool hasPackages) {
    const auto place = [&steps](LoadingStep step) {
        return std::find(steps.begin(), steps.end(), step) - steps.begin();
    };
    const auto end = static_cast<std::ptrdiff_t>(steps.size());
    for (const LoadingStep needed : {LoadingStep::Open, LoadingStep::Files, LoadingStep::Secrets,
                                     LoadingStep::Activate, LoadingStep::ReadBack, LoadingStep::Lock}) {
        if (place(needed) == end) {
            profile.refuse("steps", "must hold open, files, secrets, activate, read back and lock");
        }
    }
    const std::ptrdiff_t replacing = place(LoadingStep::ReplaceKeys);
    const bool replaces = replacing != end;
    const bool bringsPackages = place(LoadingStep::Packages) != end;
    if ((bringsPackages && place(LoadingStep::Packages) != 0) ||
        place(LoadingStep::Open) != (bringsPackages ? 1 : 0) ||
        place(LoadingStep::Files) > place(LoadingStep::Activate) ||
        place(LoadingStep::Secrets) > place(LoadingStep::Activate) ||
        place(LoadingStep::Activate) > place(LoadingStep::ReadBack) ||
        (replaces && replacing < place(LoadingStep::ReadBack)) || place(LoadingStep::Lock) != end - 1) {
        profile.refuse(
            "steps",
            "must go: packages, if at all; open; files and secrets in either order; activate; read back; "
            "replace keys, if at all; lock");
    }
    if (bringsPackages != hasPackages) {
        profile.refuse("packages", "must be there when the steps hold \"packages\", and only then");
    }
    if (replaces != hasIssuerKeys) {
        profile.refuse("issuerKeys", "must be there when the steps hold \"replace keys\", and only then");
    }
}

DataGroupings readGroupings(const ProfileElement& element) {
    DataGroupings groupings;
    const std::pair<const char*, std::uint16_t*> members[] = {
        {"cardAccess", &groupings.cardAccess},
        {"cardAccessNumber", &groupings.cardAccessNumber},
        {"mrzInformation", &groupings.mrzInformation},
        {"chipAuthentication", &groupings.chipAuthentication},
        {"activeAuthentication", &groupings.activeAuthentication},
        {"rsaActiveAuthentication", &groupings.rsaActiveAuthentication},
        {"protocolProfile", &groupings.protocolProfile},
        {"firstTrustPoint", &groupings.firstTrustPoint},
        {"currentDate", &groupings.currentDate},
        {"identifiedChipAuthentication", &groupings.identifiedChipAuthentication}};
    for (const auto& [name, value] : members) {
        *value = static_cast<std::uint16_t>(
            fromBigEndian(element.bytes(name, 2, 2, ProfileElement::Presence::Required)));
    }
    element.expectNothingElse();
    return groupings;
}

std::string readText(const std::string& nameOrFile) {
    std::string known;
    for (const ShippedProfile& profile : shippedProfiles()) {
        if (profile.name == nameOrFile) {
            return std::string(profile.text);
        }
        known += (known.empty() ? "" : ", ") + std::string(profile.name);
    }
    if (!std::filesystem::exists(nameOrFile)) {
        throw BadConfiguration("There is no load profile " + nameOrFile + ": name a file, or one of " +
                               known + ".");
    }
    return toText(readFile(nameOrFile, LoadProfile::maximumFileSize));
}

LoadProfile readProfile(const ProfileElement& element) {
    constexpr auto required = ProfileElement::Presence::Required;
    LoadProfile profile;
    profile.name = element.text("name");
    profile.identification = readIdentification(element.child("identification"));
    profile.issuerDomain = element.bytes("issuerDomain", shortestIdentifier, longestIdentifier, required);
    profile.application = element.bytes("application", shortestIdentifier, longestIdentifier, required);
    const ProfileElement channel = element.child("secureChannel");
    profile.channel = readChannel(channel);
    profile.channel.domain = profile.issuerDomain;
    profile.level = readLevel(channel);
    checkLevel(channel, profile.channel, profile.level);
    channel.expectNothingElse();
    profile.transportKeys = readKeys(element.child("transportKeys"), profile.channel);
    if (const auto keys = element.optionalChild("issuerKeys")) {
        profile.issuerKeys = readKeys(*keys, profile.channel);
        if (profile.issuerKeys->keyVersion == profile.transportKeys.keyVersion) {
            keys->refuse("version", "must differ from that of the transport keys: it tells them apart");
        }
    }
    profile.maximumCommandData = element.number("maximumCommandData", 140, 65535);
    if (element.has("packages")) {
        for (const ProfileElement& package : element.children("packages")) {
            profile.packages.push_back(readAppletPackage(package));
        }
    }
    profile.steps = readSteps(element);
    checkSteps(element, profile.steps, profile.issuerKeys.has_value(), !profile.packages.empty());
    profile.files = element.choice<FileCommands>(
        "files", element.text("files"),
        {{"STORE DATA", FileCommands::StoreData}, {"CREATE FILE", FileCommands::CreateFile}});
    profile.groupings = readGroupings(element.child("groupings"));
    const ProfileElement states = element.child("states");
    profile.activatedState = states.byte("activated");
    profile.lockedState = states.byte("locked");
    states.expectNothingElse();
    element.expectNothingElse();
    return profile;
}

LoadProfile withFiles(LoadProfile profile, const std::string& nameOrFile) {
    for (AppletPackage& package : profile.packages) {
        readCapFile(package, std::filesystem::path(nameOrFile).parent_path(), profile.maximumCommandData);
    }
    return profile;
}

} // namespace

bool LoadProfile::bringsApplication() const {
    return std::any_of(packages.begin(), packages.end(), [this](const AppletPackage& package) {
        return std::any_of(
            package.installations.begin(), package.installations.end(),
            [this](const Installation& installed) { return installed.application == application; });
    });
}

LoadProfile LoadProfile::parse(std::string_view text, const std::string& source) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) {
        throw BadConfiguration("The load profile " + source + " is no JSON object.");
    }
    return readProfile(ProfileElement(json, "The load profile " + source + ": ", ""));
}

std::string LoadProfile::textOf(const std::string& nameOrFile) {
    std::string text = readText(nameOrFile);
    static_cast<void>(withFiles(parse(text, nameOrFile), nameOrFile));
    return text;
}

LoadProfile LoadProfile::find(const std::string& nameOrFile) {
    return withFiles(parse(readText(nameOrFile), nameOrFile), nameOrFile);
}

std::vector<std::string> LoadProfile::names() {
    std::vector<std::string> names;
    for (const ShippedProfile& profile : shippedProfiles()) {
        names.emplace_back(profile.name);
    }
    return names;
}

const LoadProfile& LoadProfile::cancuoc() {
    static const LoadProfile profile = find("cancuoc");
    return profile;
}

} // namespace cancuoc::personalization
