// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/store_data.hpp"

#include "host/base/error.hpp"
#include "host/crypto/cipher.hpp"
#include "host/crypto/padding.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

// P1 (GlobalPlatform Card Specification 2.3.1, 11.11.2.1)
constexpr std::uint8_t lastBlock = 0x80;
constexpr std::uint8_t encrypted = 0x60;
constexpr std::uint8_t dataGroupingFormat = 0x08;

// Data grouping identifiers of the chip's product: files go by their file identifier.
constexpr std::uint16_t cardAccess = 0x011C;
constexpr std::uint16_t cardAccessNumber = 0x8001;
constexpr std::uint16_t mrzInformation = 0x8002;
constexpr std::uint16_t chipAuthenticationKey = 0x8003;
constexpr std::uint16_t activeAuthenticationKey = 0x8004;

constexpr std::size_t blockSize = 16;

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
    return {0x80, 0xE2, static_cast<std::uint8_t>(encryption | dataGroupingFormat), 0x00, std::move(data)};
}

CommandApdu storeSecret(std::uint16_t identifier, BytesView secret, const SecretBytes& dataEncryptionKey) {
    const SecretBytes plain(padded(secret, blockSize));
    Bytes data;
    appendDataGrouping(
        data, identifier,
        encryptCbc(BlockCipher::Aes128, dataEncryptionKey.view(), Bytes(blockSize, 0x00), plain.view()));
    return storeData(encrypted, std::move(data));
}

CommandApdu storeKey(std::uint16_t identifier, const ChipKeyPair& keyPair,
                     const SecretBytes& dataEncryptionKey) {
    const SecretBytes value(concat(Bytes{keyPair.standardizedDomainParameters}, keyPair.privateKey.view()));
    return storeSecret(identifier, value.view(), dataEncryptionKey);
}

} // namespace

std::vector<CommandApdu> storeDataCommands(const CardImage& image, const SecretBytes& dataEncryptionKey,
                                           std::size_t maximumCommandData) {
    Bytes stream;
    appendDataGrouping(stream, cardAccess, image.cardAccess);
    for (const auto& file : image.files) {
        appendDataGrouping(stream, file.fileIdentifier, file.content);
    }
    std::vector<CommandApdu> commands;
    for (BytesView rest = stream; !rest.empty();) {
        const BytesView part = rest.first(std::min(rest.size(), maximumCommandData));
        commands.push_back(storeData(0x00, toBytes(part)));
        rest = rest.subspan(part.size());
    }
    commands.push_back(storeSecret(cardAccessNumber, image.cardAccessNumber.view(), dataEncryptionKey));
    commands.push_back(storeSecret(mrzInformation, image.mrzInformation.view(), dataEncryptionKey));
    commands.push_back(storeKey(chipAuthenticationKey, image.keys.chipAuthentication, dataEncryptionKey));
    commands.push_back(storeKey(activeAuthenticationKey, image.keys.activeAuthentication, dataEncryptionKey));
    for (std::size_t block = 0; block < commands.size(); ++block) {
        commands[block].p2 = static_cast<std::uint8_t>(block);
    }
    commands.back().p1 |= lastBlock;
    return commands;
}

} // namespace cancuoc::personalization
