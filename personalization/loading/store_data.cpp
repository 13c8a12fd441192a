// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/store_data.hpp"

#include "host/base/error.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

// P1 (GlobalPlatform Card Specification 2.3.1, 11.11.2.1)
constexpr std::uint8_t lastBlock = 0x80;
constexpr std::uint8_t encrypted = 0x60;
constexpr std::uint8_t dataGroupingFormat = 0x08;

constexpr std::uint8_t storeDataInstruction = 0xE2;

constexpr std::uint8_t largestKeyId = 127;
constexpr std::size_t maximumTrustPoints = 2;

void appendDataGrouping(Bytes& stream, std::uint16_t identifier, BytesView value) {
    constexpr std::size_t longestShortForm = 0xFE;
    constexpr std::size_t longestValue = 0xFFFF;
    if (value.empty() || value.size() > longestValue) {
        throw BadConfiguration("The file " + toHex(toBigEndian(identifier, 2)) + " has " +
                               std::to_string(value.size()) + " bytes; a chip takes 1 to 65535.");
    }
    append(stream, toBigEndian(identifier, 2));
    if (value.size() > longestShortForm) {
        stream.push_back(0xFF);
    }
    append(stream, toBigEndian(value.size(), value.size() > longestShortForm ? 2 : 1));
    append(stream, value);
}

CommandApdu storeData(std::uint8_t encryption, Bytes data) {
    return {0x80, storeDataInstruction, static_cast<std::uint8_t>(encryption | dataGroupingFormat), 0x00,
            std::move(data)};
}

CommandApdu storeSecret(std::uint16_t identifier, BytesView secret, const SecretEncryption& encryption) {
    Bytes data;
    appendDataGrouping(data, identifier, encryption(secret));
    return storeData(encrypted, std::move(data));
}

SecretBytes encoded(const ChipKeyPair& keyPair) {
    return SecretBytes(concat(Bytes{keyPair.standardizedDomainParameters}, keyPair.privateKey.view()));
}

// Number of the hash function (TR-03111), public exponent, both primes.
SecretBytes encoded(const RsaChipKey& key) {
    const auto hash = static_cast<std::uint8_t>(1 + static_cast<int>(key.hash));
    return SecretBytes(concat(Bytes{hash}, toBigEndian(key.publicExponent, 4), key.firstPrime.view(),
                              key.secondPrime.view()));
}

// Byte 1: bit 1 Basic Access Control, bit 2 PACE; byte 2: bit 1 SELECT of the master file answers 6D00.
SecretBytes encoded(const AccessProfile& profile) {
    return SecretBytes(
        Bytes{static_cast<std::uint8_t>((profile.basicAccessControl ? 1 : 0) | (profile.pace ? 2 : 0)),
              static_cast<std::uint8_t>(profile.refusesMasterFileSelection ? 1 : 0)});
}

// YYMMDD, one digit a byte.
SecretBytes encoded(Date date) {
    SecretBytes digits(viewOf(toYearMonthDay(date)));
    for (std::uint8_t& digit : digits.span()) {
        digit = static_cast<std::uint8_t>(digit - '0');
    }
    return digits;
}

/// The commands for passwords, keys and settings, each encrypted by itself.
class Secrets {
public:
    Secrets(const SecretEncryption& encryption, std::size_t maximumCommandData)
        : encryption_(encryption), maximumCommandData_(maximumCommandData) {}

    void add(std::uint16_t identifier, const SecretBytes& value) {
        CommandApdu command = storeSecret(identifier, value.view(), encryption_);
        if (command.data.size() > maximumCommandData_) {
            throw BadConfiguration("The key or certificate " + toHex(toBigEndian(identifier, 2)) +
                                   " does not fit into one command to this chip.");
        }
        commands.push_back(std::move(command));
    }
    void addPassword(std::uint16_t identifier, const SecretBytes& password) {
        if (!password.empty()) {
            add(identifier, password);
        }
    }
    void addKey(std::uint16_t identifier, const ChipKeyPair& keyPair) {
        if (!keyPair.privateKey.empty()) {
            add(identifier, encoded(keyPair));
        }
    }

    std::vector<CommandApdu> commands;

private:
    const SecretEncryption& encryption_;
    std::size_t maximumCommandData_;
};

void addKeys(Secrets& secrets, const DataGroupings& groupings, const ChipKeys& keys) {
    secrets.addKey(groupings.chipAuthentication, keys.chipAuthentication);
    for (const auto& [keyId, keyPair] : keys.identifiedChipAuthentication) {
        if (keyId > largestKeyId) {
            throw BadConfiguration("A key of Chip Authentication has the keyId " + std::to_string(keyId) +
                                   "; a chip takes 0 to 127.");
        }
        secrets.addKey(static_cast<std::uint16_t>(groupings.identifiedChipAuthentication | keyId), keyPair);
    }
    if (keys.rsaActiveAuthentication) {
        secrets.add(groupings.rsaActiveAuthentication, encoded(*keys.rsaActiveAuthentication));
    } else {
        secrets.addKey(groupings.activeAuthentication, keys.activeAuthentication);
    }
}

void addConfiguration(Secrets& secrets, const DataGroupings& groupings,
                      const ChipConfiguration& configuration) {
    if (configuration.profile) {
        secrets.add(groupings.protocolProfile, encoded(*configuration.profile));
    }
    if (configuration.trustPoints.size() > maximumTrustPoints) {
        throw BadConfiguration("A chip takes two trust points at most.");
    }
    for (std::size_t index = 0; index < configuration.trustPoints.size(); ++index) {
        secrets.add(static_cast<std::uint16_t>(groupings.firstTrustPoint + index),
                    SecretBytes(configuration.trustPoints[index]));
    }
    if (configuration.currentDate) {
        secrets.add(groupings.currentDate, encoded(*configuration.currentDate));
    }
}

} // namespace

std::vector<CommandApdu> storeFileCommands(const CardImage& image, const DataGroupings& groupings,
                                           std::size_t maximumCommandData) {
    Bytes stream;
    if (!image.cardAccess.empty()) {
        appendDataGrouping(stream, groupings.cardAccess, image.cardAccess);
    }
    for (const auto& file : image.files) {
        appendDataGrouping(stream, file.fileIdentifier, file.content);
    }
    std::vector<CommandApdu> commands;
    for (BytesView rest = stream; !rest.empty();) {
        const BytesView part = rest.first(std::min(rest.size(), maximumCommandData));
        commands.push_back(storeData(0x00, toBytes(part)));
        rest = rest.subspan(part.size());
    }
    return commands;
}

std::vector<CommandApdu> storeSecretCommands(const CardImage& image, const DataGroupings& groupings,
                                             const SecretEncryption& encryption,
                                             std::size_t maximumCommandData) {
    Secrets secrets(encryption, maximumCommandData);
    secrets.addPassword(groupings.cardAccessNumber, image.cardAccessNumber);
    secrets.addPassword(groupings.mrzInformation, image.mrzInformation);
    addKeys(secrets, groupings, image.keys);
    addConfiguration(secrets, groupings, image.configuration);
    return std::move(secrets.commands);
}

void numberBlocks(std::vector<CommandApdu>& commands) {
    CommandApdu* last = nullptr;
    std::uint8_t block = 0;
    for (CommandApdu& command : commands) {
        if (command.ins == storeDataInstruction) {
            command.p2 = block++;
            last = &command;
        }
    }
    if (last != nullptr) {
        last->p1 |= lastBlock;
    }
}

} // namespace cancuoc::personalization
