// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/ecdsa.hpp"
#include "host/crypto/public_key_compression.hpp"
#include "host/lds/cvca.hpp"
#include "host/lds/data_group.hpp"
#include "host/lds/security_infos.hpp"
#include "tests/unit/host/access/terminal_verifier.hpp"
#include "tests/unit/host/inspection/test_card.hpp"
#include "tests/unit/host/trust/test_cv_pki.hpp"

namespace cancuoc::test {

/// The certificates of a country that reads fingers: CVCA, document verifier, inspection system.
struct FingerprintPki {
    CvKeyPair cvca = CvKeyPair::ecdsa("UTCVCA00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    CvKeyPair documentVerifier = CvKeyPair::ecdsa("UTDV00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    CvKeyPair inspectionSystem = CvKeyPair::ecdsa("UTIS00001", HashAlgorithm::Sha256, "brainpoolP256r1");

    [[nodiscard]] trust::TerminalKeys terminalKeys(std::uint8_t rights = 0x03) const {
        trust::TerminalKeys keys;
        keys.addCertificate(cvca.selfSigned());
        keys.addCertificate(cvca.issue(documentVerifier, 0x83));
        keys.addTerminal(documentVerifier.issue(inspectionSystem, rights),
                         [key = inspectionSystem](BytesView toBeSigned) { return key.sign(toBeSigned); });
        return keys;
    }
};

/// A card of the issuer's, behind the tests' own chip, that lets authenticated terminals read DG3.
class FingerprintCard {
public:
    FingerprintCard(const personalization::CardImage& image, const FingerprintPki& pki) : chip_({}) {
        for (const auto& file : image.files) {
            const auto identifier = static_cast<lds::FileId>(file.fileIdentifier);
            chip_.files[file.fileIdentifier] = file.content;
            chip_.shortIdentifiers[lds::shortFileId(identifier)] = file.fileIdentifier;
        }
        chip_.files[cardAccess] = image.cardAccess;
        chip_.shortIdentifiers[lds::shortFileId(lds::FileId::CardAccess)] = cardAccess;
        chip_.password = toBytes(AccessKey::fromNumber(TestCard::record().number).encoded());
        chip_.paceCurve = EllipticCurve::standardized(13);
        chip_.chipAuthenticationKey = EllipticCurveKeyPair::fromPrivateKey(
            EllipticCurve::standardized(image.keys.chipAuthentication.standardizedDomainParameters),
            image.keys.chipAuthentication.privateKey.view());
        activeAuthenticationKey_ = EllipticCurveKeyPair::fromPrivateKey(
            EllipticCurve::standardized(image.keys.activeAuthentication.standardizedDomainParameters),
            image.keys.activeAuthentication.privateKey.view());
        terminalVerifier.trustPoints.emplace(pki.cvca.reference(), pki.cvca.selfSigned().body().publicKey);
        cvca.authorityReferences = {pki.cvca.reference()};
        chip_.intercept = [this](const ReceivedCommand& command) { return answer(command); };
    }

    TerminalVerifier terminalVerifier;
    lds::Cvca cvca;

    [[nodiscard]] TestChip& chip() { return chip_; }

private:
    static constexpr std::uint16_t cardAccess = 0x011C;

    // What the tests' chip does not do by itself; nothing for the rest.
    std::optional<ResponseApdu> answer(const ReceivedCommand& command) {
        switch (command.ins) {
        case 0xA4:
            if (command.p1 == 0x04) {
                applicationSelected_ = true;
                return statusOnly(0x9000);
            }
            return std::nullopt;
        case 0xB0:
            if (applicationSelected_ && command.p1 == 0x9C) {
                return ResponseApdu{cvca.encode(), status_word::success};
            }
            return command.p1 == 0x83 && !terminalVerifier.accepted() ? std::optional(statusOnly(0x6982))
                                                                      : std::nullopt;
        case 0x88:
            return ResponseApdu{plainFromDerSignature(
                                    signEcdsa(*activeAuthenticationKey_, HashAlgorithm::Sha256, command.data),
                                    activeAuthenticationKey_->curve().orderSize()),
                                status_word::success};
        case 0x86:
            if (const Bytes key = valueOf(valueOf(command.data, 0x7C), 0x80); !key.empty()) {
                terminalVerifier.compressedTerminalKey = compressPoint(key);
            }
            return std::nullopt;
        default:
            return applicationSelected_ ? authenticateTerminal(command) : std::nullopt;
        }
    }

    std::optional<ResponseApdu> authenticateTerminal(const ReceivedCommand& command) {
        terminalVerifier.identifier = compressPoint(chip_.paceKey());
        return terminalVerifier.process(command);
    }

    TestChip chip_;
    std::optional<EllipticCurveKeyPair> activeAuthenticationKey_;
    bool applicationSelected_ = false;
};

} // namespace cancuoc::test
