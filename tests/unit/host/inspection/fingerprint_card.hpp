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

/// A card behind the tests' own chip that lets authenticated terminals read DG3 and DG4.
class FingerprintCard {
public:
    /// A card of the issuer's, which opens by PACE with the CAN.
    FingerprintCard(const personalization::CardImage& image, const FingerprintPki& pki)
        : FingerprintCard(filesOf(image), pki) {
        chip_.password = toBytes(AccessKey::fromNumber(TestCard::record().number).encoded());
        chip_.paceCurve = EllipticCurve::standardized(13);
        chip_.chipAuthenticationKey = EllipticCurveKeyPair::fromPrivateKey(
            EllipticCurve::standardized(image.keys.chipAuthentication.standardizedDomainParameters),
            image.keys.chipAuthentication.privateKey.view());
        auto key = std::make_shared<EllipticCurveKeyPair>(EllipticCurveKeyPair::fromPrivateKey(
            EllipticCurve::standardized(image.keys.activeAuthentication.standardizedDomainParameters),
            image.keys.activeAuthentication.privateKey.view()));
        chip_.activeAuthentication = [key](BytesView challenge) {
            return plainFromDerSignature(signEcdsa(*key, HashAlgorithm::Sha256, challenge),
                                         key->curve().orderSize());
        };
    }

    /// A card of anybody's, free to read. Its keys are the chip's.
    /// @param documentNumber with its check digit, by which terminals know the chip
    FingerprintCard(const std::map<lds::FileId, Bytes>& files, const FingerprintPki& pki,
                    std::string_view documentNumber = "")
        : chip_({}), documentNumber_(toBytes(viewOf(documentNumber))) {
        for (const auto& [file, content] : files) {
            chip_.files[lds::fileIdentifier(file)] = content;
            chip_.shortIdentifiers[lds::shortFileId(file)] = lds::fileIdentifier(file);
        }
        terminalVerifier.trustPoints.emplace(pki.cvca.reference(), pki.cvca.selfSigned().body().publicKey);
        cvca.authorityReferences = {pki.cvca.reference()};
        chip_.intercept = [this](const ReceivedCommand& command) { return answer(command); };
    }

    TerminalVerifier terminalVerifier;
    lds::Cvca cvca;

    [[nodiscard]] TestChip& chip() { return chip_; }

private:
    static std::map<lds::FileId, Bytes> filesOf(const personalization::CardImage& image) {
        std::map<lds::FileId, Bytes> files{{lds::FileId::CardAccess, image.cardAccess}};
        for (const auto& file : image.files) {
            files[static_cast<lds::FileId>(file.fileIdentifier)] = file.content;
        }
        return files;
    }

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
            return (command.p1 == 0x83 || command.p1 == 0x84) && !terminalVerifier.accepted()
                       ? std::optional(statusOnly(0x6982))
                       : std::nullopt;
        case 0x22:
            if (command.p1p2() == 0x41A6) { // MSE:Set KAT
                terminalVerifier.compressedTerminalKey = compressPoint(valueOf(command.data, 0x91));
                return std::nullopt;
            }
            return authenticateTerminal(command);
        case 0x86:
            if (const Bytes key = valueOf(valueOf(command.data, 0x7C), 0x80); !key.empty()) {
                terminalVerifier.compressedTerminalKey = compressPoint(key);
            }
            return std::nullopt;
        default:
            return authenticateTerminal(command);
        }
    }

    std::optional<ResponseApdu> authenticateTerminal(const ReceivedCommand& command) {
        if (!applicationSelected_) {
            return std::nullopt;
        }
        terminalVerifier.identifier =
            documentNumber_.empty() ? compressPoint(chip_.paceKey()) : documentNumber_;
        return terminalVerifier.process(command);
    }

    TestChip chip_;
    Bytes documentNumber_; // empty where PACE names the chip
    bool applicationSelected_ = false;
};

} // namespace cancuoc::test
