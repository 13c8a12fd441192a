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

/// What a chip does that lets authenticated terminals alone read DG3 and DG4.
class FingerprintGuard {
public:
    /// @param documentNumber with its check digit, by which terminals know the chip; empty: PACE names it
    explicit FingerprintGuard(const FingerprintPki& pki, std::string_view documentNumber = "")
        : documentNumber_(toBytes(viewOf(documentNumber))) {
        terminalVerifier.trustPoints.emplace(pki.cvca.reference(), pki.cvca.selfSigned().body().publicKey);
        cvca.authorityReferences = {pki.cvca.reference()};
    }

    TerminalVerifier terminalVerifier;
    lds::Cvca cvca;

    /// What `chip` does not do by itself; nothing for the rest.
    std::optional<ResponseApdu> answer(const ReceivedCommand& command, const TestChip& chip) {
        switch (command.ins) {
        case 0xA4:
            if (command.p1 == 0x04) {
                applicationSelected_ = true;
                return chip.application.empty() ? std::optional(statusOnly(0x9000)) : std::nullopt;
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
            return authenticateTerminal(command, chip);
        case 0x86:
            if (const Bytes key = valueOf(valueOf(command.data, 0x7C), 0x80);
                !key.empty() && applicationSelected_) {
                terminalVerifier.compressedTerminalKey = compressPoint(key);
            }
            return std::nullopt;
        default:
            return authenticateTerminal(command, chip);
        }
    }

private:
    std::optional<ResponseApdu> authenticateTerminal(const ReceivedCommand& command, const TestChip& chip) {
        if (!applicationSelected_) {
            return std::nullopt;
        }
        terminalVerifier.identifier =
            documentNumber_.empty() ? compressPoint(chip.paceKey()) : documentNumber_;
        if (terminalVerifier.compressedTerminalKey.empty() && chip.chipAuthenticationMapping) {
            terminalVerifier.compressedTerminalKey = compressPoint(chip.paceTerminalKey());
        }
        return terminalVerifier.process(command);
    }

    Bytes documentNumber_;
    bool applicationSelected_ = false;
};

/// A card behind the tests' own chip that lets authenticated terminals read DG3 and DG4.
class FingerprintCard : public FingerprintGuard {
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
        : FingerprintGuard(pki, documentNumber), chip_({}) {
        for (const auto& [file, content] : files) {
            chip_.files[lds::fileIdentifier(file)] = content;
            chip_.shortIdentifiers[lds::shortFileId(file)] = lds::fileIdentifier(file);
        }
        chip_.intercept = [this](const ReceivedCommand& command) { return answer(command, chip_); };
    }

    [[nodiscard]] TestChip& chip() { return chip_; }

private:
    static std::map<lds::FileId, Bytes> filesOf(const personalization::CardImage& image) {
        std::map<lds::FileId, Bytes> files{{lds::FileId::CardAccess, image.cardAccess}};
        for (const auto& file : image.files) {
            files[static_cast<lds::FileId>(file.fileIdentifier)] = file.content;
        }
        return files;
    }

    TestChip chip_;
};

} // namespace cancuoc::test
