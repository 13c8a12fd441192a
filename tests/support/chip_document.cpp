// SPDX-License-Identifier: Apache-2.0
#include "tests/support/chip_document.hpp"

#include "host/access/select.hpp"
#include "host/base/error.hpp"
#include "host/base/random.hpp"
#include "host/crypto/cipher.hpp"
#include "host/crypto/padding.hpp"
#include "personalization/globalplatform/secure_channel.hpp"

#include <algorithm>

namespace cancuoc::test {
namespace {

using personalization::SecureChannel;
using personalization::SecurityDomainKeys;

constexpr std::uint8_t lastBlock = 0x80;

void send(SecureChannel& channel, std::uint8_t ins, std::uint8_t p1, std::uint8_t p2, const Bytes& data) {
    const ResponseApdu response = channel.transmit({0x80, ins, p1, p2, data});
    if (!response.sw.isSuccess()) {
        throw CardError("The chip refuses its personalization with " + describe(response.sw) + ".",
                        response.sw.value());
    }
}

} // namespace

ChipDocument documentOf(const personalization::CardImage& image) {
    const auto stored = [](const personalization::ChipKeyPair& pair) {
        return concat(Bytes{pair.standardizedDomainParameters}, pair.privateKey.view());
    };
    ChipDocument document;
    document.files[0x011C] = image.cardAccess;
    for (const auto& file : image.files) {
        document.files[file.fileIdentifier] = file.content;
    }
    document.secrets[0x8001] = toBytes(image.cardAccessNumber.view());
    document.secrets[0x8002] = toBytes(image.mrzInformation.view());
    document.secrets[0x8003] = stored(image.keys.chipAuthentication);
    document.secrets[0x8004] = stored(image.keys.activeAuthentication);
    return document;
}

Bytes grouping(std::uint16_t identifier, const Bytes& value) {
    const bool isLong = value.size() >= 0xFF;
    return concat(toBigEndian(identifier, 2), isLong ? Bytes{0xFF} : Bytes{},
                  toBigEndian(value.size(), isLong ? 2 : 1), value);
}

Bytes encryptedGrouping(std::uint16_t identifier, const Bytes& value) {
    const SecurityDomainKeys keys = SecurityDomainKeys::transport();
    return grouping(identifier, encryptCbc(BlockCipher::Aes128, keys.dataEncryption.view(), Bytes(16),
                                           padded(value, 16)));
}

std::vector<StoreData> groupingsOf(const ChipDocument& document, std::size_t commandData) {
    Bytes stream;
    for (const auto& [identifier, content] : document.files) {
        append(stream, grouping(identifier, content));
    }
    std::vector<StoreData> commands;
    for (std::size_t at = 0; at < stream.size(); at += commandData) {
        const BytesView part = BytesView(stream).subspan(at, std::min(commandData, stream.size() - at));
        commands.push_back({0x00, toBytes(part)});
    }
    for (const auto& [identifier, value] : document.secrets) {
        commands.push_back({0x60, encryptedGrouping(identifier, value)});
    }
    return commands;
}

void personalize(Connection& connection, const ChipDocument& document) {
    const Bytes application = fromHex("A0000002471001");
    const CommandApdu select = selectApplication(fromHex("A000000151000000"));
    if (!ResponseApdu::decode(connection.transmit(select.encode())).sw.isSuccess()) {
        throw CardError("The chip has no issuer domain.", 0x6A82);
    }
    SystemRandom random;
    SecureChannel channel =
        SecureChannel::open(connection, SecurityDomainKeys::transport(),
                            personalization::SecurityLevel::CommandMacAndEncryptionResponseMac, random);
    send(channel, 0xE6, 0x20, 0x00, concat(fromHex("000007"), application, fromHex("000000")));
    const std::vector<StoreData> commands = groupingsOf(document);
    for (std::size_t block = 0; block < commands.size(); ++block) {
        const auto last = static_cast<std::uint8_t>(block + 1 == commands.size() ? lastBlock : 0);
        send(channel, 0xE2, commands[block].p1 | last, static_cast<std::uint8_t>(block),
             commands[block].data);
    }
    send(channel, 0xF0, 0x40, 0x0F, application);
}

} // namespace cancuoc::test
