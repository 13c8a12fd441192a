// SPDX-License-Identifier: Apache-2.0
// The host's protocols against a chip whose cryptography is OpenPACE's, without a reader in between.
#include "host/access/access_key.hpp"
#include "host/access/card_session.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/access/file_reader.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "host/base/error.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/reader/in_process_connection.hpp"
#include "tests/interop/openpace/openpace_chip.hpp"

#include <doctest/doctest.h>

namespace {

using cancuoc::AccessKey;
using cancuoc::ElementaryFile;

// The arcs of a protocol's key agreement and cipher behind those of its family.
cancuoc::ObjectIdentifier protocolOf(const std::string& family, const peer::Protocols& protocols) {
    return cancuoc::ObjectIdentifier::fromText("0.4.0.127.0.7.2.2." + family +
                                               (protocols.diffieHellman() ? ".1." : ".2.") +
                                               std::to_string(protocols.cipher));
}

constexpr std::string_view pin = "123456";
constexpr std::string_view puk = "9876543210";

const ElementaryFile dataGroup1{0x0101, 0x01, "DG1"};
const ElementaryFile dataGroup3{0x0103, 0x03, "DG3"};
const ElementaryFile dataGroup14{0x010E, 0x0E, "DG14"};

// A chip with a session to it.
class Dialogue {
public:
    explicit Dialogue(const peer::Protocols& protocols = {})
        : Dialogue(peer::CardContent::invented(protocols), protocols) {}

    explicit Dialogue(peer::CardContent content, const peer::Protocols& protocols = {})
        : protocols_(protocols), expectedDataGroup1_(content.files.at(0x0101)),
          chip_(std::move(content), {std::string(peer::inventedCan), std::string(peer::inventedMrz),
                                     std::string(pin), std::string(puk)}),
          connection_(
              "OpenPACE", peer::fromHex("3B8580018073C0014076"), // with extended length
              [this](cancuoc::BytesView command) { return chip_.transmit(command); },
              [this] { chip_.reset(); }),
          session_(connection_), files_(session_) {}

    void openPace(const AccessKey& key) {
        const auto pace = cancuoc::PaceProtocol::from(
            {protocolOf("4", protocols_), static_cast<unsigned>(protocols_.domainParameters)});
        const cancuoc::PaceResult result = cancuoc::Pace(session_, random_).perform(pace.value(), key);
        CHECK(result.password == key.type());
        const cancuoc::Bytes applicationIdentifier = peer::fromHex("A0000002471001");
        session_.transmitExpectingSuccess(cancuoc::selectApplication(applicationIdentifier),
                                          "Selecting the application");
    }

    cancuoc::Bytes read(const ElementaryFile& file) { return files_.read(file); }

    cancuoc::ChipAuthenticationResult authenticateChip() {
        const auto protocol = cancuoc::ChipAuthenticationProtocol::from(protocolOf("3", protocols_));
        return cancuoc::ChipAuthentication(session_, random_).perform(protocol.value(), keyInDataGroup14());
    }

    /// Whether DG1 reads as it stands on the chip.
    bool readsDataGroup1() { return read(dataGroup1) == expectedDataGroup1_; }

private:
    cancuoc::ChipPublicKey keyInDataGroup14() {
        const peer::Bytes file = read(dataGroup14);
        const auto securityInfos = peer::dataObjects(peer::find(peer::find(file, 0x6E)->value, 0x31)->value);
        const auto subjectPublicKeyInfo = peer::find(securityInfos.back().value, 0x30);
        return cancuoc::decodeChipPublicKey(subjectPublicKeyInfo->whole).value();
    }

    peer::Library library_;
    peer::Protocols protocols_;
    peer::Bytes expectedDataGroup1_;
    peer::OpenPaceChip chip_;
    cancuoc::InProcessConnection connection_;
    cancuoc::SystemRandom random_;
    cancuoc::CardSession session_;
    cancuoc::FileReader files_;
};

AccessKey canKey() {
    return AccessKey::fromCan(peer::inventedCan);
}

} // namespace

TEST_CASE("PACE with every password") {
    for (const auto& makeKey :
         {+[] { return canKey(); }, +[] { return AccessKey::fromMrz(peer::inventedMrz); },
          +[] { return AccessKey::fromPin(pin); }, +[] { return AccessKey::fromPuk(puk); }}) {
        Dialogue dialogue;
        dialogue.openPace(makeKey());
        CHECK(dialogue.readsDataGroup1());
    }
}

TEST_CASE("PACE and Chip Authentication on every curve with every cipher, and in every group of DH") {
    int dialogues = 0;
    for (const int domainParameters : {0, 1, 2, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18}) {
        for (int cipher = 1; cipher <= 4; ++cipher) {
            // libeac checks the long primes of DH anew in each dialogue, which takes its time.
            const bool isLong = domainParameters == 1 || domainParameters == 2;
            if (isLong && cipher != domainParameters + 2) {
                continue;
            }
            CAPTURE(domainParameters);
            CAPTURE(cipher);
            Dialogue dialogue({cipher, domainParameters});
            dialogue.openPace(canKey());
            const cancuoc::ChipAuthenticationResult result = dialogue.authenticateChip();
            CHECK_MESSAGE(result.proven, result.reason);
            CHECK(dialogue.readsDataGroup1());
            ++dialogues;
        }
    }
    CHECK(dialogues == 50);
}

TEST_CASE("a wrong CAN and a wrong MRZ are named as such") {
    Dialogue dialogue;
    CHECK_THROWS_AS(dialogue.openPace(AccessKey::fromCan("000002")), cancuoc::WrongAccessKey);
    const AccessKey otherExpiry = AccessKey::fromMrzInformation(
        "299000001", cancuoc::dateFromIso("2099-01-01"), cancuoc::dateFromIso("2125-01-01"));
    CHECK_THROWS_AS(dialogue.openPace(otherExpiry), cancuoc::WrongAccessKey);
    dialogue.openPace(canKey());
    CHECK(dialogue.readsDataGroup1());
}

TEST_CASE("Chip Authentication") {
    Dialogue dialogue;
    dialogue.openPace(canKey());
    const cancuoc::ChipAuthenticationResult result = dialogue.authenticateChip();
    CHECK(result.proven);
    CHECK(result.reason.empty());
    CHECK(dialogue.readsDataGroup1());
}

TEST_CASE("a chip without DG14's private key does not prove itself") {
    peer::CardContent content = peer::CardContent::invented();
    content.chipAuthenticationKey = peer::generateKey(13);
    Dialogue dialogue(std::move(content));
    dialogue.openPace(canKey());
    const cancuoc::ChipAuthenticationResult result = dialogue.authenticateChip();
    CHECK_FALSE(result.proven);
    CHECK_FALSE(result.reason.empty());
}

TEST_CASE("DG3 stays closed") {
    Dialogue dialogue;
    dialogue.openPace(canKey());
    CHECK_THROWS_AS(dialogue.read(dataGroup3), cancuoc::CardError);
}

TEST_CASE("fifty dialogues with fresh keys") {
    for (int i = 0; i < 50; ++i) {
        Dialogue dialogue;
        dialogue.openPace(canKey());
        REQUIRE(dialogue.authenticateChip().proven);
        REQUIRE(dialogue.readsDataGroup1());
    }
}
