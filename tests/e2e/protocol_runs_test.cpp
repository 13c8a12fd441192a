// SPDX-License-Identifier: Apache-2.0
// Our chip and our host run PACE, Chip and Active Authentication with each other, with fresh random passwords
// and keys in each run and with numbers that begin with a zero byte wherever one can. The environment says
// which runs: CANCUOC_FIRST_RUN and CANCUOC_RUNS, otherwise the first hundred.
#include "host/access/active_authentication.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "host/apdu/tlv.hpp"
#include "tests/e2e/protocol_run.hpp"
#include "tests/e2e/scripted_pair.hpp"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <map>

namespace cancuoc::e2e {
namespace {

const Bytes ldsApplication = fromHex("A0000002471001");

std::size_t environmentNumber(const char* name, std::size_t otherwise) {
    const char* const value = std::getenv(name);
    return value != nullptr ? std::stoul(value) : otherwise;
}

/// Whether `message` carries the data object.
bool carries(const Bytes& message, std::uint32_t tag, const Bytes& value) {
    const auto object = encodeTlv(tag, value);
    return std::search(message.begin(), message.end(), object.begin(), object.end()) != message.end();
}

ChipAuthenticationProtocol chipAuthenticationOf(const PaceProtocol& pace) {
    const unsigned keyAgreement = pace.keyAgreement() == KeyAgreement::DiffieHellman ? 1 : 2;
    const auto protocol = ChipAuthenticationProtocol::from(
        ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3." + std::to_string(keyAgreement) + "." +
                                   std::to_string(1 + static_cast<int>(pace.cipher))));
    REQUIRE(protocol.has_value());
    return *protocol;
}

ChipPublicKey chipPublicKeyOf(const ProtocolRun& run) {
    auto element = run.group.multiply(run.staticKey, run.group.generator());
    if (const auto* const curve = std::get_if<EllipticCurve>(&run.protocol.domainParameters)) {
        return EllipticCurvePublicKey{*curve, std::move(element)};
    }
    return DiffieHellmanPublicKey{std::get<DiffieHellmanGroup>(run.protocol.domainParameters),
                                  std::move(element)};
}

void personalize(ChipInProcess& chip, const ProtocolRun& run) {
    const auto parameterId = static_cast<std::uint8_t>(*run.protocol.parameterId);
    chip.announce(
        {{lds::PaceInfo{run.protocol.protocol, 2, parameterId},
          lds::ChipAuthenticationInfo{chipAuthenticationOf(run.protocol).protocol, 1, parameterId}}});
    chip.personalize({.cardAccessNumber = Bytes(run.can.begin(), run.can.end()),
                      .mrzInformation = toBytes(viewOf("299000001199010182401014")),
                      .chipAuthenticationKey = {run.staticKey, parameterId, parameterId},
                      .activeAuthenticationKey = {run.activeAuthenticationKey}});
}

// Commands and responses of the third and the fourth step carry them (Doc 9303-11, 4.4.5, table 4).
void checkKeysOnTheWire(const std::vector<Bytes>& dialogue, const ProtocolRun& run) {
    REQUIRE(dialogue.size() == 10);
    CHECK(carries(dialogue[4], 0x81, run.mapping.terminalPublicKey));
    CHECK(carries(dialogue[5], 0x82, run.mapping.chipPublicKey));
    CHECK(carries(dialogue[6], 0x83, run.agreement.terminalPublicKey));
    CHECK(carries(dialogue[7], 0x84, run.agreement.chipPublicKey));
}

void performPace(ChipInProcess& chip, CardSession& session, TerminalRandom& random, const ProtocolRun& run) {
    using namespace std::chrono;
    const auto key = run.withMrz ? AccessKey::fromMrzInformation("299000001", 2099y / 1 / 1, 2024y / 1 / 1)
                                 : AccessKey::fromCan(run.can);
    static_cast<void>(chip.takeDialogue());
    const auto result = Pace(session, random).perform(run.protocol, key);
    CHECK(chip.random().exhausted());
    checkKeysOnTheWire(chip.takeDialogue(), run);
    REQUIRE(result.chipAuthenticationData.has_value() ==
            (run.protocol.mapping == MappingType::ChipAuthentication));
    if (result.chipAuthenticationData) {
        CHECK(result.chipAuthenticationData->proves(std::get<EllipticCurvePublicKey>(chipPublicKeyOf(run))));
        CHECK(toHex(result.chipAuthenticationData->chipAuthenticationData) ==
              toHex(run.group.divide(run.mapping.chipKey, run.staticKey)));
    }
}

void performChipAuthentication(CardSession& session, TerminalRandom& random, const ProtocolRun& run) {
    const auto proof = ChipAuthentication(session, random)
                           .perform(chipAuthenticationOf(run.protocol), chipPublicKeyOf(run),
                                    toShortestBigEndian(*run.protocol.parameterId));
    CHECK_MESSAGE(proof.proven, proof.reason);
    CHECK(toHex(proof.terminalPublicKey) == toHex(run.chipAuthentication->terminalPublicKey));
}

void performActiveAuthentication(CardSession& session, TerminalRandom& random, const ProtocolRun& run) {
    const auto signer = EllipticCurveKeyPair::fromPrivateKey(EllipticCurve::standardized(brainpoolP256r1),
                                                             run.activeAuthenticationKey);
    constexpr HashAlgorithm hashes[] = {HashAlgorithm::Sha256};
    const EvpKey publicKey = signer.toEvpKey();
    const auto evidence = ActiveAuthentication(session, random).perform(*publicKey);
    CHECK(verifyActiveAuthentication(evidence, *publicKey, hashes));
}

void perform(ChipInProcess& chip, TerminalRandom& random, const ProtocolRun& run) {
    personalize(chip, run);
    chip.random().set(concat(run.nonce, run.mapping.chipKey, run.agreement.chipKey));
    random.script.set(concat(run.mapping.terminalKey, run.agreement.terminalKey,
                             run.chipAuthentication ? run.chipAuthentication->terminalKey : Bytes{}));
    CardSession session(chip.connection());
    performPace(chip, session, random, run);
    session.transmitExpectingSuccess(selectApplication(ldsApplication), "Selecting the application");
    if (run.chipAuthentication) {
        performChipAuthentication(session, random, run);
        performActiveAuthentication(session, random, run);
    }
    CHECK(random.script.exhausted());
}

/// Whether the secret or the public key of Chip Authentication begins with a zero byte, as was chosen.
bool chipAuthenticationHasForcedZero(const ProtocolRun& run) {
    const auto& group = run.group;
    const auto& chosen = *run.chipAuthentication;
    return chosen.zeroInSecret
               ? group.beginsWithZero(group.multiply(run.staticKey, chosen.terminalPublicKey), Part::X)
               : group.beginsWithZero(chosen.terminalPublicKey, run.part);
}

} // namespace

TEST_CASE("the chip has 108 ways to run PACE") {
    CHECK(paceProtocolsOfChip().size() == 108);
}

TEST_CASE("PACE with every mapping, group and cipher, Chip and Active Authentication") {
    const auto first = environmentNumber("CANCUOC_FIRST_RUN", 0);
    const auto count = environmentNumber("CANCUOC_RUNS", 100);
    const auto protocols = paceProtocolsOfChip();
    ChipInProcess chip(1);
    TerminalRandom random(2);
    std::map<std::string_view, int> forced;
    int chipAuthentications = 0;
    for (std::size_t number = first; number < first + count; ++number) {
        CAPTURE(number);
        const auto run = makeProtocolRun(number, protocols);
        CAPTURE(run.protocol.protocol.toText());
        CAPTURE(nameOf(run.protocol.domainParameters));
        CAPTURE(nameOf(run.forced));
        REQUIRE(run.hasForcedZero());
        ++forced[nameOf(run.forced)];
        if (run.chipAuthentication) {
            REQUIRE(chipAuthenticationHasForcedZero(run));
            ++chipAuthentications;
        }
        perform(chip, random, run);
    }
    MESSAGE("runs of PACE: " << count << ", of Chip and Active Authentication: " << chipAuthentications);
    for (const auto& [what, runs] : forced) {
        MESSAGE("with a leading zero byte in " << what << ": " << runs);
    }
}

} // namespace cancuoc::e2e
