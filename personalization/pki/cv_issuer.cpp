// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/cv_issuer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/lds/certificate_reference.hpp"

namespace cancuoc::personalization {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using trust::CertificateHolderAuthorization;
using trust::CertificateHolderRole;
using trust::CvCertificate;
using trust::CvCertificateBody;

constexpr std::size_t sequenceLength = 5;
constexpr std::size_t roleShift = 6; // the role is in the two highest bits (BSI TR-03110-4, table 2)

CertificateHolderAuthorization authorizationOf(CertificateHolderRole role, const TerminalRights& rights) {
    auto bits = static_cast<unsigned>(role) << roleShift;
    for (const int number : rights) {
        bits |= number == 3 ? CertificateHolderAuthorization::dataGroup3
                            : CertificateHolderAuthorization::dataGroup4;
    }
    return {ObjectIdentifier::fromText(CertificateHolderAuthorization::inspectionSystem),
            Bytes{static_cast<std::uint8_t>(bits)}};
}

CvCertificateBody authorityBody(const CvKey& key, const std::string& reference, Date effectiveDate) {
    const auto validity = longestValidity(CertificateHolderRole::Cvca, effectiveDate);
    return {reference,
            key.publicKey(true),
            reference,
            authorizationOf(CertificateHolderRole::Cvca, {3, 4}),
            effectiveDate,
            Date(sys_days(effectiveDate) + validity),
            {}};
}

CvCertificate selfSigned(const CvKey& key, const CvCertificateBody& body) {
    return CvCertificate::assemble(body, key.sign(body.encode()));
}

bool isDocumentVerifier(CertificateHolderRole role) {
    return role == CertificateHolderRole::DomesticDocumentVerifier ||
           role == CertificateHolderRole::ForeignDocumentVerifier;
}

void refuseUnless(bool condition, const std::string& reason) {
    if (!condition) {
        throw BadConfiguration(reason);
    }
}

// The whole chain is on the curve that the CVCA's certificate tells (TR-03110-3, A.7.2).
void requireSuitableKey(const CvRequest& request, const CvIssuer& issuer) {
    const auto& wanted = issuer.key().scheme;
    const auto scheme = request.publicKey().scheme();
    refuseUnless(scheme == wanted, "The request is for another kind of key, or another hash algorithm, than "
                                   "the issuer's; the chip takes one chain of one kind.");
    if (scheme.kind == SignatureScheme::Kind::EcdsaPlain) {
        refuseUnless(request.publicKey().curve()->parameterId() == issuer.curve()->parameterId(),
                     "The request is for a key on another curve than the CVCA's.");
        return;
    }
    const auto bits = [](const EVP_PKEY& key) { return EVP_PKEY_get_bits(&key); };
    refuseUnless(bits(*request.publicKey().toEvpKey(std::nullopt)) >= bits(*issuer.key().key),
                 "The request is for a shorter key than the issuer's.");
}

} // namespace

days longestValidity(CertificateHolderRole role, Date effectiveDate) {
    const months span = role == CertificateHolderRole::Cvca       ? months(36)
                        : role == CertificateHolderRole::Terminal ? months(1)
                                                                  : months(3);
    const Date end = effectiveDate + span;
    const sys_days last = end.ok() ? sys_days(end) : sys_days(end.year() / end.month() / std::chrono::last);
    return last - sys_days(effectiveDate) - days(1);
}

CvIssuer CvIssuer::createAuthority(CvKey key, const std::string& holderReference, Date effectiveDate) {
    refuseUnless(
        lds::isCertificateReference(holderReference),
        fmt::format("\"{}\" names no CVCA: country code, mnemonic and a sequence number of 5 letters or "
                    "digits, like VNCVCA00001.",
                    holderReference));
    auto certificate = selfSigned(key, authorityBody(key, holderReference, effectiveDate));
    auto curve = certificate.body().publicKey.curve();
    return {std::move(key), std::move(certificate), std::move(curve)};
}

CvIssuer CvIssuer::successor(CvKey key, Date effectiveDate) const {
    return createAuthority(std::move(key), nextReference(certificate_.body().holderReference), effectiveDate);
}

CvCertificate CvIssuer::issueLink(const CvIssuer& successor) const {
    CvCertificateBody body = successor.certificate().body();
    body.authorityReference = certificate_.body().holderReference;
    return sign(std::move(body));
}

CvCertificate CvIssuer::issue(const CvRequest& request, const CvGrant& grant) const {
    const auto& own = certificate_.body();
    refuseUnless(lds::isCertificateReference(request.holderReference()),
                 "The request names no holder: country code, mnemonic and a sequence number of 5 letters or "
                 "digits.");
    const auto ownRole = own.authorization.role();
    refuseUnless((ownRole == CertificateHolderRole::Cvca && isDocumentVerifier(grant.role)) ||
                     (isDocumentVerifier(ownRole) && grant.role == CertificateHolderRole::Terminal),
                 "A CVCA certifies document verifiers, and a document verifier terminals.");
    for (const int number : grant.rights) {
        refuseUnless(own.authorization.mayRead(number),
                     fmt::format("The issuer has no right to DG{} that it could give.", number));
    }
    refuseUnless(
        grant.validity >= days(0) && grant.validity <= longestValidity(grant.role, grant.effectiveDate),
        fmt::format("A {} may be certified for {} days at most (Doc 9303-12, table 2).", nameOf(grant.role),
                    longestValidity(grant.role, grant.effectiveDate).count() + 1));
    refuseUnless(certificate_.isValidOn(grant.effectiveDate),
                 "The issuer's own certificate is not valid on that day; make the next one first.");
    requireSuitableKey(request, *this);
    auto publicKey = request.publicKey();
    if (auto* const point = std::get_if<trust::CvPublicKey::EllipticCurvePoint>(&publicKey.key)) {
        point->curve.reset(); // inherited
    }
    const Date last = Date(sys_days(grant.effectiveDate) + grant.validity);
    return sign({own.holderReference,
                 std::move(publicKey),
                 request.holderReference(),
                 authorizationOf(grant.role, grant.rights),
                 grant.effectiveDate,
                 std::min(last, own.expirationDate),
                 {}});
}

CvCertificate CvIssuer::sign(const CvCertificateBody& body) const {
    const Bytes signature = key_.sign(body.encode());
    return CvCertificate::assemble(body, signature);
}

std::string nextReference(const std::string& reference) {
    const auto start = reference.size() - std::min(reference.size(), sequenceLength);
    const std::string sequence = reference.substr(start);
    if (sequence.size() != sequenceLength || !isDigits(sequence) || sequence == "99999") {
        throw BadConfiguration("\"" + reference + "\" does not end with a number that could be counted on.");
    }
    return fmt::format("{}{:05}", reference.substr(0, start), std::stoi(sequence) + 1);
}

} // namespace cancuoc::personalization
