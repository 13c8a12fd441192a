// SPDX-License-Identifier: Apache-2.0
// openpace_protocol_card NUMBER FILE [CVCA.cvcert]: a chip of the project's with as many protocols as fit
// into one document. Documents 0 to 3 have PACE with 3DES, AES-128, AES-192 or AES-256 on each curve that the
// chip knows, 4 and 5 with two of the ciphers in each group of DH, and Chip Authentication with keys in all
// of them. Its CAN and its MRZ are those of the test documents. With a certificate, that is its trust point.
#include "card/ports/host/virtual_chip.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/file.hpp"
#include "host/crypto/diffie_hellman.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/lds/card_access.hpp"
#include "host/lds/common_data.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/support/chip_profiles.hpp"

#include <iostream>

namespace {

using namespace cancuoc;

constexpr int curves[] = {8, 10, 12, 13, 15, 16, 17, 18};
constexpr int groups[] = {0, 1, 2};

struct Protocol {
    /// The arc of the cipher: 1 for 3DES to 4 for AES-256.
    int cipher;
    int domainParameters;
};

std::vector<Protocol> protocolsOf(int document) {
    std::vector<Protocol> protocols;
    if (document < 4) {
        for (const int curve : curves) {
            protocols.push_back({document + 1, curve});
        }
        return protocols;
    }
    for (const int cipher : {2 * document - 7, 2 * document - 6}) {
        for (const int group : groups) {
            protocols.push_back({cipher, group});
        }
    }
    return protocols;
}

bool isGroup(int domainParameters) {
    return domainParameters <= 2;
}

ObjectIdentifier identifier(const std::string& family, int arc, int cipher) {
    return ObjectIdentifier::fromText("0.4.0.127.0.7.2.2." + family + "." + std::to_string(arc) + "." +
                                      std::to_string(cipher));
}

// As PKCS#3 writes it (Doc 9303-11, 9.6).
Bytes encodePublicKey(const DiffieHellmanKeyPair& pair) {
    const auto integer = [](BytesView number) {
        return encodeTlv(0x02, number[0] < 0x80 ? toBytes(number) : concat(Bytes{0x00}, number));
    };
    const auto& group = pair.group();
    const auto parameters = encodeTlv(0x30, integer(group.encodeElement(group.prime())),
                                      integer(group.encodeElement(group.generator())));
    return encodeTlv(0x30, encodeTlv(0x30, fromHex("06092A864886F70D010301"), parameters),
                     encodeTlv(0x03, Bytes{0x00}, integer(pair.publicKey())));
}

struct StaticKey {
    Bytes privateKey;
    lds::ChipAuthenticationPublicKeyInfo info;
};

StaticKey makeKey(int domainParameters, RandomSource& random) {
    const auto id = static_cast<unsigned>(domainParameters);
    if (isGroup(domainParameters)) {
        const auto pair = DiffieHellmanKeyPair::generate(DiffieHellmanGroup::standardized(id), random);
        return {toBytes(pair.privateKey()),
                {ObjectIdentifier::fromText(std::string(lds::oid::chipAuthenticationPublicKeyDh)),
                 encodePublicKey(pair), domainParameters}};
    }
    const auto pair = EllipticCurveKeyPair::generate(EllipticCurve::standardized(id), random);
    return {toBytes(pair.privateKey()),
            {ObjectIdentifier::fromText(std::string(lds::oid::chipAuthenticationPublicKeyEcdh)),
             encodeSubjectPublicKeyInfo(pair.curve(), pair.publicKey(), CurveEncoding::Explicit),
             domainParameters}};
}

test::ChipDocument makeDocument(int number) {
    constexpr std::uint16_t firstChipAuthenticationKey = 0x8300;
    SystemRandom random;
    lds::SecurityInfos infos;
    for (const auto& [cipher, domainParameters] : protocolsOf(number)) {
        infos.infos.emplace_back(
            lds::PaceInfo{identifier("4", isGroup(domainParameters) ? 1 : 2, cipher), 2, domainParameters});
    }
    test::ChipDocument document = test::makeDocument(test::DocumentProfile::VietnameseCard2021);
    document.files[0x011C] = lds::CardAccess{infos}.encode();

    document.secrets.erase(0x8003);
    for (const auto& [cipher, domainParameters] : protocolsOf(number)) {
        infos.infos.emplace_back(lds::ChipAuthenticationInfo{
            identifier("3", isGroup(domainParameters) ? 1 : 2, cipher), 1, domainParameters});
        const auto grouping = static_cast<std::uint16_t>(firstChipAuthenticationKey | domainParameters);
        if (document.secrets.count(grouping) == 0) {
            const auto key = makeKey(domainParameters, random);
            document.secrets[grouping] =
                concat(Bytes{static_cast<std::uint8_t>(domainParameters)}, key.privateKey);
            infos.infos.emplace_back(key.info);
        }
    }
    infos.infos.emplace_back(lds::TerminalAuthenticationInfo{
        ObjectIdentifier::fromText(std::string(lds::oid::terminalAuthentication)), 1, {}});
    infos.infos.emplace_back(lds::ActiveAuthenticationInfo{
        ObjectIdentifier::fromText(std::string(lds::oid::activeAuthentication)), 1,
        ObjectIdentifier::fromText(std::string(lds::oid::ecdsaPlainSha256))});
    document.files[0x010E] = lds::DataGroup14{infos}.encode();
    test::hashDataGroups(document);
    return document;
}

void personalize(const std::string& state, const test::ChipDocument& document) {
    card::host::VirtualChip chip{std::filesystem::path(state)};
    chip.powerOn();
    InProcessConnection connection("chip in this process", chip.atr(),
                                   [&chip](BytesView command) { return chip.transmit(command); });
    test::personalize(connection, document);
}

} // namespace

int main(int count, char** arguments) {
    try {
        if (count != 3 && count != 4) {
            throw std::invalid_argument("usage: openpace_protocol_card NUMBER FILE [CVCA.cvcert]");
        }
        auto document = makeDocument(std::stoi(arguments[1]));
        if (count == 4) {
            document.secrets[0x8007] = readFile(arguments[3], 4096);
            document.secrets[0x8009] = fromHex("020601010001");
        }
        personalize(arguments[2], document);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "openpace_protocol_card: " << error.what() << '\n';
        return 1;
    }
}
