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

const cancuoc::PaceProtocol pace =
    *cancuoc::PaceProtocol::from({cancuoc::ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2"), 13});
const cancuoc::ChipAuthenticationProtocol chipAuthentication = *cancuoc::ChipAuthenticationProtocol::from(
    cancuoc::ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.2.2"));
const ElementaryFile dataGroup1{0x0101, 0x01, "DG1"};
const ElementaryFile dataGroup3{0x0103, 0x03, "DG3"};
const ElementaryFile dataGroup14{0x010E, 0x0E, "DG14"};

// A chip with a session to it.
class Dialogue {
public:
    explicit Dialogue(peer::CardContent content)
        : chip_(std::move(content), std::string(peer::inventedCan), std::string(peer::inventedMrz)),
          connection_(
              "OpenPACE", peer::fromHex("3B80800101"),
              [this](cancuoc::BytesView command) { return chip_.transmit(command); },
              [this] { chip_.reset(); }),
          session_(connection_), files_(session_) {}

    void openPace(const AccessKey& key) {
        const cancuoc::PaceResult result = cancuoc::Pace(session_, random_).perform(pace, key);
        CHECK(result.password == key.type());
        const cancuoc::Bytes applicationIdentifier = peer::fromHex("A0000002471001");
        session_.transmitExpectingSuccess(cancuoc::selectApplication(applicationIdentifier),
                                          "Selecting the application");
    }

    cancuoc::Bytes read(const ElementaryFile& file) { return files_.read(file); }

    cancuoc::ChipAuthenticationResult authenticateChip() {
        return cancuoc::ChipAuthentication(session_, random_).perform(chipAuthentication, keyInDataGroup14());
    }

private:
    cancuoc::EllipticCurvePublicKey keyInDataGroup14() {
        const peer::Bytes file = read(dataGroup14);
        const auto securityInfos = peer::dataObjects(peer::find(peer::find(file, 0x6E)->value, 0x31)->value);
        const auto subjectPublicKeyInfo = peer::find(securityInfos.back().value, 0x30);
        return cancuoc::decodeEllipticCurvePublicKey(subjectPublicKeyInfo->whole).value();
    }

    peer::Library library_;
    peer::OpenPaceChip chip_;
    cancuoc::InProcessConnection connection_;
    cancuoc::SystemRandom random_;
    cancuoc::CardSession session_;
    cancuoc::FileReader files_;
};

AccessKey canKey() {
    return AccessKey::fromCan(peer::inventedCan);
}

cancuoc::Bytes expectedDataGroup1() {
    return peer::CardContent::invented().files.at(0x0101);
}

} // namespace

TEST_CASE("PACE with the CAN") {
    Dialogue dialogue(peer::CardContent::invented());
    dialogue.openPace(canKey());
    CHECK(dialogue.read(dataGroup1) == expectedDataGroup1());
}

TEST_CASE("PACE with the MRZ") {
    Dialogue dialogue(peer::CardContent::invented());
    dialogue.openPace(AccessKey::fromMrz(peer::inventedMrz));
    CHECK(dialogue.read(dataGroup1) == expectedDataGroup1());
}

TEST_CASE("a wrong CAN and a wrong MRZ are named as such") {
    Dialogue dialogue(peer::CardContent::invented());
    CHECK_THROWS_AS(dialogue.openPace(AccessKey::fromCan("000002")), cancuoc::WrongAccessKey);
    const AccessKey otherExpiry = AccessKey::fromMrzInformation(
        "299000001", cancuoc::dateFromIso("2099-01-01"), cancuoc::dateFromIso("2125-01-01"));
    CHECK_THROWS_AS(dialogue.openPace(otherExpiry), cancuoc::WrongAccessKey);
    dialogue.openPace(canKey());
    CHECK(dialogue.read(dataGroup1) == expectedDataGroup1());
}

TEST_CASE("Chip Authentication") {
    Dialogue dialogue(peer::CardContent::invented());
    dialogue.openPace(canKey());
    const cancuoc::ChipAuthenticationResult result = dialogue.authenticateChip();
    CHECK(result.proven);
    CHECK(result.reason.empty());
    CHECK(dialogue.read(dataGroup1) == expectedDataGroup1());
}

TEST_CASE("a chip without DG14's private key does not prove itself") {
    peer::CardContent content = peer::CardContent::invented();
    content.chipAuthenticationKey = peer::generateKey("brainpoolP256r1");
    Dialogue dialogue(std::move(content));
    dialogue.openPace(canKey());
    const cancuoc::ChipAuthenticationResult result = dialogue.authenticateChip();
    CHECK_FALSE(result.proven);
    CHECK_FALSE(result.reason.empty());
}

TEST_CASE("DG3 stays closed") {
    Dialogue dialogue(peer::CardContent::invented());
    dialogue.openPace(canKey());
    CHECK_THROWS_AS(dialogue.read(dataGroup3), cancuoc::CardError);
}

TEST_CASE("fifty dialogues with fresh keys") {
    for (int i = 0; i < 50; ++i) {
        Dialogue dialogue(peer::CardContent::invented());
        dialogue.openPace(canKey());
        REQUIRE(dialogue.authenticateChip().proven);
        REQUIRE(dialogue.read(dataGroup1) == expectedDataGroup1());
    }
}
