// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/terminal_authentication.hpp"

#include "card/applets/emrtd/data_object.hpp"

#include <algorithm>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint16_t publicKeyReference = 0x83;
constexpr std::uint16_t verifySelfDescriptiveCertificate = 0x00BE;

/// The reference in DO'83'; data objects of other tags are ignored. Nothing for malformed data.
std::optional<Bytes> readReference(Bytes data) {
    DataObjectReader reader(data);
    std::optional<Bytes> reference;
    while (!reader.atEnd()) {
        const auto object = reader.next();
        if (!object || (object->tag == publicKeyReference && reference)) {
            return std::nullopt;
        }
        if (object->tag == publicKeyReference) {
            reference = object->value;
        }
    }
    return reference && !reference->empty() && reference->size() <= maximumReferenceLength ? reference
                                                                                           : std::nullopt;
}

bool isDocumentVerifier(CvRole role) {
    return role == CvRole::DomesticDocumentVerifier || role == CvRole::ForeignDocumentVerifier;
}

/// 7.1.4.3.6: a CVCA certifies CVCAs and document verifiers, a document verifier terminals, a terminal
/// nobody.
bool mayCertify(CvRole issuer, CvRole holder) {
    switch (issuer) {
    case CvRole::CountryVerifyingAuthority:
        return holder == CvRole::CountryVerifyingAuthority || isDocumentVerifier(holder);
    case CvRole::DomesticDocumentVerifier:
    case CvRole::ForeignDocumentVerifier:
        return holder == CvRole::InspectionSystem;
    case CvRole::InspectionSystem:
        break;
    }
    return false;
}

/// 7.1.4.3.3: whether the chip takes its date from the certificate.
bool isAccurate(CvRole issuer, CvRole holder) {
    return holder != CvRole::InspectionSystem || issuer == CvRole::DomesticDocumentVerifier;
}

} // namespace

bool compressPublicKey(crypto::StandardizedDomainParameters domainParameters, Bytes publicKey,
                       CompressedPublicKey& compressed) {
    constexpr auto hash = crypto::HashAlgorithm::Sha1;
    if (crypto::isModpGroup(domainParameters)) {
        return compressed.resize(crypto::digestSize(hash)) &&
               crypto::digest(hash, {publicKey}, compressed.bytes());
    }
    // 04 || X || Y
    return publicKey.size() % 2 == 1 && compressed.assign(publicKey.subspan(1, publicKey.size() / 2));
}

StatusWord TerminalAuthentication::setVerificationTemplate(Bytes data) {
    issuerReference_.clear();
    const auto reference = readReference(data);
    if (!reference) {
        return StatusWord::WrongData;
    }
    CertifiedKey issuer;
    if (!findIssuer(*reference, issuer)) {
        return StatusWord::ReferencedDataNotFound;
    }
    return issuerReference_.assign(*reference) ? StatusWord::Success : StatusWord::InternalError;
}

bool TerminalAuthentication::findIssuer(Bytes reference, CertifiedKey& issuer) const {
    if (imported_ && std::ranges::equal(imported_->holderReference.view(), reference)) {
        issuer = *imported_;
        return true;
    }
    return trustPoints_.find(reference, issuer);
}

StatusWord TerminalAuthentication::verifyCertificate(const Command& command) {
    const auto chosen = issuerReference_;
    issuerReference_.clear();
    terminalIsChosen_ = false;
    if ((command.p1 << 8 | command.p2) != verifySelfDescriptiveCertificate) {
        return StatusWord::IncorrectParameters;
    }
    CertifiedKey issuer;
    if (chosen.empty() || !findIssuer(chosen.view(), issuer)) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    const auto certificate = readCvCertificate(command.data);
    if (!certificate || !std::ranges::equal(certificate->authorityReference, chosen.view())) {
        return StatusWord::WrongData;
    }
    if (!guard_.holds([&] { return issuer.verifies({certificate->body}, certificate->signature); })) {
        return StatusWord::AuthenticationFailed;
    }
    return import(*certificate, issuer);
}

// 7.1.4.3.5, after the signature was verified.
StatusWord TerminalAuthentication::import(const CvCertificate& certificate, const CertifiedKey& issuer) {
    const bool isLink = certificate.role == CvRole::CountryVerifyingAuthority;
    if (!guard_.holds([&] {
            const auto currentDate = trustPoints_.currentDate();
            return mayCertify(issuer.role, certificate.role) && currentDate &&
                   (isLink ||
                    (certificate.expirationDate >= *currentDate && issuer.expirationDate >= *currentDate));
        })) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    CertifiedKey known;
    CertifiedKey holder;
    if (trustPoints_.find(certificate.holderReference, known) || !holder.assign(certificate, &issuer)) {
        return StatusWord::WrongData;
    }
    if (isLink) {
        return importLink(holder, issuer);
    }
    // 7.1.4.3.6: the effective authorization
    holder.rights = static_cast<std::uint8_t>(holder.rights & issuer.rights);
    if (!guard_.holds([&] { return (holder.rights & ~issuer.rights) == 0; })) {
        return StatusWord::InternalError;
    }
    if (isAccurate(issuer.role, holder.role) && !trustPoints_.advanceDate(holder.effectiveDate)) {
        return StatusWord::MemoryFailure;
    }
    imported_ = holder;
    return StatusWord::Success;
}

// 7.1.4.3.2: link certificates are signed with the CVCA key of the most recent effective date.
StatusWord TerminalAuthentication::importLink(const CertifiedKey& holder, const CertifiedKey& issuer) {
    CertifiedKey recent;
    if (!trustPoints_.load(true, recent) ||
        !std::ranges::equal(recent.holderReference.view(), issuer.holderReference.view())) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    return trustPoints_.enable(holder) ? StatusWord::Success : StatusWord::MemoryFailure;
}

StatusWord TerminalAuthentication::setAuthenticationTemplate(Bytes data) {
    terminalIsChosen_ = false;
    const auto reference = readReference(data);
    if (!reference) {
        return StatusWord::WrongData;
    }
    if (!imported_ || imported_->role != CvRole::InspectionSystem ||
        !std::ranges::equal(imported_->holderReference.view(), *reference)) {
        return StatusWord::ReferencedDataNotFound;
    }
    terminalIsChosen_ = true;
    return StatusWord::Success;
}

StatusWord TerminalAuthentication::getChallenge(const Command& command, RandomSource& random,
                                                Response& response) {
    challenge_.clear();
    if (command.p1 != 0 || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    if (!command.data.empty() || command.expectedLength.value_or(0) < challengeSize) {
        return StatusWord::WrongLength;
    }
    if (!challenge_.resize(challengeSize) || !random.fill(challenge_.bytes()) ||
        !response.append(challenge_.view())) {
        challenge_.clear();
        return StatusWord::InternalError;
    }
    return StatusWord::Success;
}

StatusWord TerminalAuthentication::externalAuthenticate(const Command& command,
                                                        const TerminalBinding& binding,
                                                        std::uint8_t& rights) {
    const auto challenge = challenge_;
    challenge_.clear();
    if (command.p1 != 0 || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    if (!terminalIsChosen_ || !imported_ || challenge.empty()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    if (!guard_.holds([&] {
            return imported_->verifies(
                {binding.chipIdentifier, challenge.view(), binding.compressedPublicKey}, command.data);
        })) {
        return StatusWord::AuthenticationFailed;
    }
    rights = imported_->rights;
    return StatusWord::Success;
}

void TerminalAuthentication::reset() {
    issuerReference_.clear();
    imported_.reset();
    terminalIsChosen_ = false;
    challenge_.clear();
}

} // namespace cancuoc::card::emrtd
