// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/card_loader.hpp"

#include "personalization/globalplatform/card_data.hpp"
#include "personalization/loading/loading_commands.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

void requireSuccess(const ResponseApdu& response, const char* action) {
    if (!response.sw.isSuccess()) {
        throw CardError(std::string(action) + ": the chip answered " + describe(response.sw) + ".",
                        response.sw.value());
    }
}

ResponseApdu exchange(Connection& connection, const CommandApdu& command) {
    return ResponseApdu::decode(connection.transmit(command.encode()));
}

// GlobalPlatform Card Specification 2.3.1, 11.9
void selectIssuerDomain(Connection& connection, const LoadProfile& profile) {
    requireSuccess(
        exchange(connection, {0x00, 0xA4, 0x04, 0x00, profile.issuerDomain, CommandApdu::maximumShortLe}),
        "Selecting the issuer domain");
}

SecureChannel openChannel(Connection& connection, const SecurityDomainKeys& keys, RandomSource& random,
                          const LoadProfile& profile) {
    selectIssuerDomain(connection, profile);
    return SecureChannel::open(connection, keys, profile.level, random, profile.channel);
}

// 11.3: GET DATA
ResponseApdu getData(Connection& connection, std::uint16_t tag) {
    return exchange(connection, {0x80,
                                 0xCA,
                                 static_cast<std::uint8_t>(tag >> 8U),
                                 static_cast<std::uint8_t>(tag),
                                 {},
                                 CommandApdu::maximumShortLe});
}

bool matchesUnderMask(BytesView bytes, BytesView expected, BytesView mask) {
    if (bytes.size() != expected.size()) {
        return false;
    }
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (((bytes[at] ^ expected[at]) & mask[at]) != 0) {
            return false;
        }
    }
    return true;
}

[[noreturn]] void refuseProduct(const LoadProfile& profile, const std::string& what) {
    throw CardError("The chip is not of the product " + profile.name + ": its " + what +
                        " differs from the load profile. Take it out, or choose the profile of its product.",
                    status_word::conditionsOfUseNotSatisfied.value());
}

void requireProduct(Connection& connection, const LoadProfile& profile) {
    const ProductIdentification& expected = profile.identification;
    if (!expected.atr.empty() && !matchesUnderMask(connection.atr(), expected.atr, expected.atrMask)) {
        refuseProduct(profile, "answer to reset");
    }
    if (expected.fabricator.empty() && expected.type.empty() && expected.operatingSystem.empty()) {
        return;
    }
    constexpr std::uint16_t productionDataTag = 0x9F7F;
    const ResponseApdu response = getData(connection, productionDataTag);
    requireSuccess(response, "Asking the chip for its production data");
    const ProductionLifeCycleData found = decodeProductionLifeCycleData(response.data);
    const auto differs = [](const Bytes& wanted, const Bytes& given) {
        return !wanted.empty() && wanted != given;
    };
    if (differs(expected.fabricator, found.fabricator) || differs(expected.type, found.type) ||
        differs(expected.operatingSystem, found.operatingSystem)) {
        refuseProduct(profile, "card production life cycle data");
    }
}

// The selected domain's answer to INITIALIZE UPDATE, with the keys of its choice; none when it is closed.
std::optional<InitializeUpdateResponse> askIssuerDomain(Connection& connection, RandomSource& random,
                                                        const LoadProfile& profile) {
    try {
        return initializeUpdate(connection, 0x00, random.bytes(hostChallengeSizeOf(profile.channel)));
    } catch (const CardError& error) {
        if (StatusWord(error.statusWord()) != status_word::conditionsOfUseNotSatisfied) {
            throw;
        }
        return std::nullopt;
    }
}

const SecurityDomainKeys& keysWithVersion(std::uint8_t version, const ChipDomainKeys& keys) {
    if (keys.issuer && keys.issuer->keyVersion == version) {
        return *keys.issuer;
    }
    if (keys.transport.keyVersion != version) {
        throw AuthenticationRefused("The chip holds keys of version " + toHex(BytesView(&version, 1)) +
                                    "; this line has none of that version.");
    }
    return keys.transport;
}

} // namespace

CardLoader::CardLoader(Connection& connection, const SecurityDomainKeys& keys, RandomSource& random,
                       const LoadProfile& profile)
    : profile_(profile), domain_(openChannel(connection, keys, random, profile_)) {}

std::string CardLoader::serial() const {
    return toHex(domain_.channel().keyDiversificationData());
}

ChipLifeCycle CardLoader::lifeCycle() {
    const auto card = domain_.registry(RegistryScope::IssuerSecurityDomain, profile_.issuerDomain);
    const auto applications = domain_.registry(RegistryScope::Applications, profile_.application);
    if (!card.empty() && applications.empty() && profile_.bringsApplication()) {
        return ChipLifeCycle::Blank;
    }
    if (card.empty() || applications.empty()) {
        throw CardError("The chip does not have the application " + toHex(profile_.application) + ".",
                        status_word::fileNotFound.value());
    }
    // Table 11-6: the states of a card are numbered in their order.
    if (card.front().lifeCycleState >= profile_.lockedState) {
        return ChipLifeCycle::Locked;
    }
    return applications.front().lifeCycleState == profile_.activatedState ? ChipLifeCycle::Personalized
                                                                          : ChipLifeCycle::Blank;
}

void CardLoader::load(const CardImage& image) {
    const SecureChannel& channel = domain_.channel();
    const std::size_t room =
        std::min(channel.maximumCommandData(), profile_.maximumCommandData - channel.maximumOverhead());
    for (const AppletPackage& package : profile_.packages) {
        putOnChip(package, domain_, room);
    }
    domain_.openForPersonalization(profile_.application);
    const auto encryption = [&channel](BytesView secret) { return channel.encryptSecret(secret); };
    for (const CommandApdu& command : loadingCommands(image, profile_, encryption, room)) {
        domain_.transmit(command, "Writing to the chip");
    }
}

void CardLoader::activate() {
    domain_.setStatus(StatusOf::Application, profile_.activatedState, profile_.application);
}

void CardLoader::replaceKeys(const SecurityDomainKeys& keys) {
    domain_.putKeys(keys, keyVersion());
}

void CardLoader::lock() {
    domain_.setStatus(StatusOf::Card, profile_.lockedState);
}

std::optional<std::string> readChipSerial(Connection& connection, RandomSource& random,
                                          const LoadProfile& profile) {
    constexpr std::uint16_t keyDiversificationTag = 0x00CF;
    selectIssuerDomain(connection, profile);
    const auto card = askIssuerDomain(connection, random, profile);
    // A chip that is locked with keys of its own answers with something that passes, and tells no data.
    if (!card || getData(connection, keyDiversificationTag).sw == status_word::securityStatusNotSatisfied) {
        return std::nullopt;
    }
    requireProduct(connection, profile);
    return toHex(card->keyDiversificationData);
}

std::optional<CardLoader> openLoader(Connection& connection, const ChipDomainKeys& keys, RandomSource& random,
                                     const LoadProfile& profile) {
    selectIssuerDomain(connection, profile);
    const auto card = askIssuerDomain(connection, random, profile);
    if (!card) {
        return std::nullopt;
    }
    return CardLoader(connection, keysWithVersion(card->keyVersion, keys), random, profile);
}

ChipLifeCycle examineChip(Connection& connection, const ChipDomainKeys& keys, RandomSource& random,
                          const LoadProfile& profile) {
    auto loader = openLoader(connection, keys, random, profile);
    return loader ? loader->lifeCycle() : ChipLifeCycle::Locked;
}

void lockChip(Connection& connection, const ChipDomainKeys& keys, RandomSource& random,
              const LoadProfile& profile) {
    auto loader = openLoader(connection, keys, random, profile);
    if (!loader) {
        throw CardError("The chip cannot be locked: it opens no secure channel any more.",
                        status_word::conditionsOfUseNotSatisfied.value());
    }
    if (profile.replacesKeys()) {
        if (!keys.issuer) {
            throw BadConfiguration("The load profile " + profile.name +
                                   " replaces the transport keys; give the issuer's keys.");
        }
        if (loader->keyVersion() != keys.issuer->keyVersion) {
            loader->replaceKeys(*keys.issuer);
            loader.emplace(connection, *keys.issuer, random, profile);
        }
    }
    loader->lock();
}

} // namespace cancuoc::personalization
