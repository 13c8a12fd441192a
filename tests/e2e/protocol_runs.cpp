// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/protocol_runs.hpp"

#include "host/access/active_authentication.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/access/generic_mapping.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "tests/e2e/scripted_pair.hpp"

#include <doctest/doctest.h>
#include <string>

namespace cancuoc::e2e {
namespace {

constexpr unsigned brainpoolP256r1 = 13;
const Bytes ldsApplication = fromHex("A0000002471001");

/// What one run is made of, chosen before it begins.
struct Run {
    Bytes nonce;
    Bytes chipMappingKey;
    Bytes terminalMappingKey;
    Bytes chipKey;
    Bytes terminalKey;
    Bytes chipAuthenticationKey;
    Bytes terminalChipAuthenticationKey;
    Bytes activeAuthenticationKey;
    std::string can;
};

class RunMaker {
public:
    explicit RunMaker(std::uint64_t seed)
        : random_(seed), curve_(EllipticCurve::standardized(brainpoolP256r1)) {}

    [[nodiscard]] const EllipticCurve& curve() const { return curve_; }

    [[nodiscard]] Run make() {
        Run run;
        run.nonce = random_.bytes(16);
        run.chipMappingKey = privateKey();
        run.terminalMappingKey = privateKey();
        run.chipKey = privateKey();
        run.terminalKey = privateKey();
        run.chipAuthenticationKey = privateKey();
        run.terminalChipAuthenticationKey = privateKey();
        run.activeAuthenticationKey = privateKey();
        for (const auto byte : random_.bytes(6)) {
            run.can.push_back(static_cast<char>('0' + byte % 10));
        }
        return run;
    }

    /// Changes the chip's key until PACE's shared secret begins with a zero byte.
    void forceZeroInPace(Run& run) {
        const auto mapping = curve_.multiply(run.terminalMappingKey, *curve_.basePoint());
        const auto shared = curve_.multiply(run.chipMappingKey, *mapping);
        const auto generator = mapGenerically(curve_, run.nonce, *shared);
        run.chipKey = scalarThatGivesZero(*curve_.multiply(run.terminalKey, *generator));
    }

    /// Changes the terminal's key until Chip Authentication's shared secret begins with a zero byte.
    void forceZeroInChipAuthentication(Run& run) {
        const auto chipPublicKey = curve_.multiply(run.chipAuthenticationKey, *curve_.basePoint());
        run.terminalChipAuthenticationKey = scalarThatGivesZero(*chipPublicKey);
    }

    /// The shared secret that PACE has to come to.
    [[nodiscard]] SecretBytes paceSecret(const Run& run) const {
        const auto mapping = curve_.multiply(run.terminalMappingKey, *curve_.basePoint());
        const auto shared = curve_.multiply(run.chipMappingKey, *mapping);
        const auto generator = mapGenerically(curve_, run.nonce, *shared);
        const auto publicKey = curve_.multiply(run.terminalKey, *generator);
        return curve_.xCoordinate(*curve_.multiply(run.chipKey, *publicKey));
    }

    /// The shared secret that Chip Authentication has to come to.
    [[nodiscard]] SecretBytes chipAuthenticationSecret(const Run& run) const {
        const auto publicKey = curve_.multiply(run.chipAuthenticationKey, *curve_.basePoint());
        return curve_.xCoordinate(*curve_.multiply(run.terminalChipAuthenticationKey, *publicKey));
    }

private:
    Bytes privateKey() { return toBytes(EllipticCurveKeyPair::generate(curve_, random_).privateKey()); }

    /// A scalar whose product with `point` has an x-coordinate that begins with a zero byte.
    Bytes scalarThatGivesZero(const EC_POINT& point) {
        auto scalar = privateKey();
        scalar.front() = 0; // room to count upwards below the group order
        auto product = curve_.multiply(scalar, point);
        while (curve_.xCoordinate(*product).view().front() != 0) {
            product = curve_.add(*product, point);
            for (auto digit = scalar.rbegin(); ++*digit == 0; ++digit) {
            }
        }
        return scalar;
    }

    TerminalRandom random_;
    EllipticCurve curve_;
};

void perform(ChipInProcess& chip, TerminalRandom& random, const Run& run, const EllipticCurve& curve,
             bool withMrz) {
    chip.personalize({.cardAccessNumber = Bytes(run.can.begin(), run.can.end()),
                      .mrzInformation = toBytes(viewOf("299000001199010182401014")),
                      .chipAuthenticationKey = run.chipAuthenticationKey,
                      .activeAuthenticationKey = run.activeAuthenticationKey});
    chip.random().set(concat(run.nonce, run.chipMappingKey, run.chipKey));
    random.script.set(concat(run.terminalMappingKey, run.terminalKey, run.terminalChipAuthenticationKey));

    CardSession session(chip.connection());
    const auto protocol =
        PaceProtocol::from({ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2"), brainpoolP256r1});
    REQUIRE(protocol.has_value());
    using namespace std::chrono;
    const auto key = withMrz ? AccessKey::fromMrzInformation("299000001", 2099y / 1 / 1, 2024y / 1 / 1)
                             : AccessKey::fromCan(run.can);
    static_cast<void>(Pace(session, random).perform(*protocol, key));
    CHECK(chip.random().exhausted());
    session.transmitExpectingSuccess(selectApplication(ldsApplication), "Selecting the application");

    const auto chipAuthenticationProtocol =
        ChipAuthenticationProtocol::from(ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.2.2"));
    REQUIRE(chipAuthenticationProtocol.has_value());
    const auto chipKeys = EllipticCurveKeyPair::fromPrivateKey(curve, run.chipAuthenticationKey);
    const auto proof = ChipAuthentication(session, random)
                           .perform(*chipAuthenticationProtocol,
                                    EllipticCurvePublicKey{curve, toBytes(chipKeys.publicKey())});
    CHECK_MESSAGE(proof.proven, proof.reason);
    CHECK(random.script.exhausted());

    const auto signer = EllipticCurveKeyPair::fromPrivateKey(curve, run.activeAuthenticationKey);
    constexpr HashAlgorithm hashes[] = {HashAlgorithm::Sha256};
    const EvpKey publicKey = signer.toEvpKey();
    const auto evidence = ActiveAuthentication(session, random).perform(*publicKey);
    CHECK(verifyActiveAuthentication(evidence, *publicKey, hashes));
}

} // namespace

void checkProtocolRuns(std::uint64_t seed, int count) {
    ChipInProcess chip(seed);
    TerminalRandom random(seed + 1);
    RunMaker maker(seed + 2);
    int forcedInPace = 0;
    int forcedInChipAuthentication = 0;
    for (int index = 0; index < count; ++index) {
        CAPTURE(seed);
        CAPTURE(index);
        auto run = maker.make();
        if (index % 10 == 0) {
            maker.forceZeroInPace(run);
            REQUIRE(maker.paceSecret(run).view().front() == 0);
            ++forcedInPace;
        }
        if (index % 10 == 5 || index % 50 == 0) {
            maker.forceZeroInChipAuthentication(run);
            REQUIRE(maker.chipAuthenticationSecret(run).view().front() == 0);
            ++forcedInChipAuthentication;
        }
        perform(chip, random, run, maker.curve(), index % 2 == 1);
        static_cast<void>(chip.takeDialogue());
    }
    MESSAGE("runs: " << count << ", with a leading zero byte forced: " << forcedInPace << " in PACE, "
                     << forcedInChipAuthentication << " in Chip Authentication");
}

} // namespace cancuoc::e2e
