// SPDX-License-Identifier: Apache-2.0
#include "host/trust/cv_certificate.hpp"

#include "host/lds/asn1.hpp"
#include "host/lds/certificate_reference.hpp"

#include <algorithm>
#include <utility>

namespace cancuoc::trust {

namespace {

// Data objects of BSI TR-03110-3, D.2.
constexpr std::uint32_t cvCertificate = 0x7F21;
constexpr std::uint32_t certificateBody = 0x7F4E;
constexpr std::uint32_t profileIdentifier = 0x5F29;
constexpr std::uint32_t authorityReferenceTag = 0x42;
constexpr std::uint32_t publicKeyTag = 0x7F49;
constexpr std::uint32_t holderReferenceTag = 0x5F20;
constexpr std::uint32_t authorizationTag = 0x7F4C;
constexpr std::uint32_t effectiveDateTag = 0x5F25;
constexpr std::uint32_t expirationDateTag = 0x5F24;
constexpr std::uint32_t extensionsTag = 0x65;
constexpr std::uint32_t signatureTag = 0x5F37;

constexpr std::string_view certificateName = "A CV certificate";
const Bytes profileVersion1{0x00};

// D.2.1.3: six bytes YYMMDD, a digit each; the year is 20YY.
Date readDate(TlvReader& reader, std::uint32_t tag, std::string_view what) {
    const BytesView digits = reader.expect(tag, what).value;
    if (digits.size() != 6 ||
        std::any_of(digits.begin(), digits.end(), [](auto digit) { return digit > 9; })) {
        throw MalformedData(std::string(what) + " is not written as six digits.");
    }
    const auto number = [digits](std::size_t first) { return digits[first] * 10U + digits[first + 1]; };
    using namespace std::chrono;
    const Date date{year(2000 + static_cast<int>(number(0))), month(number(2)), day(number(4))};
    if (!date.ok()) {
        throw MalformedData(std::string(what) + " is no day of the calendar.");
    }
    return date;
}

Bytes encodeDate(Date date) {
    const std::string digits = toYearMonthDay(date);
    Bytes bytes;
    std::transform(digits.begin(), digits.end(), std::back_inserter(bytes),
                   [](char digit) { return static_cast<std::uint8_t>(digit - '0'); });
    return bytes;
}

} // namespace

CvCertificateBody CvCertificateBody::decode(BytesView dataObject) {
    TlvReader reader = readTlv(dataObject, certificateBody, "The certificate body").children();
    if (!equal(reader.expect(profileIdentifier, "The certificate profile identifier").value,
               profileVersion1)) {
        throw MalformedData("The CV certificate is of a profile that is not known here.");
    }
    std::string authorityReference =
        lds::readCertificateReference(reader, authorityReferenceTag, "The Certification Authority Reference");
    CvPublicKey publicKey = CvPublicKey::decode(reader.expect(publicKeyTag, "The public key").encoded);
    std::string holderReference =
        lds::readCertificateReference(reader, holderReferenceTag, "The Certificate Holder Reference");
    auto authorization = CertificateHolderAuthorization::decode(
        reader.expect(authorizationTag, "The Certificate Holder Authorization Template").encoded);
    const Date effectiveDate = readDate(reader, effectiveDateTag, "The Certificate Effective Date");
    const Date expirationDate = readDate(reader, expirationDateTag, "The Certificate Expiration Date");
    Bytes extensions;
    if (!reader.atEnd()) {
        extensions = toBytes(reader.expect(extensionsTag, "The certificate extensions").encoded);
    }
    reader.expectEnd("The certificate body");
    return {std::move(authorityReference), std::move(publicKey), std::move(holderReference),
            std::move(authorization),      effectiveDate,        expirationDate,
            std::move(extensions)};
}

Bytes CvCertificateBody::encode() const {
    return encodeTlv(certificateBody, encodeTlv(profileIdentifier, profileVersion1),
                     encodeTlv(authorityReferenceTag, viewOf(authorityReference)), publicKey.encode(),
                     encodeTlv(holderReferenceTag, viewOf(holderReference)), authorization.encode(),
                     encodeTlv(effectiveDateTag, encodeDate(effectiveDate)),
                     encodeTlv(expirationDateTag, encodeDate(expirationDate)), extensions);
}

CvCertificate::CvCertificate(CvCertificateBody body) : body_(std::move(body)) {}

CvCertificate CvCertificate::decode(BytesView certificate) {
    return lds::decodeFile(certificateName, certificate, maximumLength, [certificate] {
        TlvReader file(certificate);
        const Tlv whole = file.expect(cvCertificate, certificateName);
        const BytesView rest = file.remaining();
        if (std::any_of(rest.begin(), rest.end(),
                        [](auto byte) { return byte != 0x00 && byte != '\n' && byte != '\r'; })) {
            throw MalformedData("Something follows the CV certificate.");
        }
        TlvReader reader = whole.children();
        const Tlv body = reader.expect(certificateBody, "The certificate body");
        const Tlv signature = reader.expect(signatureTag, "The signature of a CV certificate");
        reader.expectEnd(certificateName);
        CvCertificate decoded(CvCertificateBody::decode(body.encoded));
        decoded.encoded_ = toBytes(whole.encoded);
        decoded.headerSize_ = whole.encoded.size() - whole.value.size();
        decoded.bodySize_ = body.encoded.size();
        decoded.signature_ = toBytes(signature.value);
        return decoded;
    });
}

CvCertificate CvCertificate::assemble(const CvCertificateBody& body, BytesView signature) {
    return decode(encodeTlv(cvCertificate, body.encode(), encodeTlv(signatureTag, signature)));
}

BytesView CvCertificate::bodyAndSignature() const {
    return BytesView(encoded_).subspan(headerSize_);
}

bool CvCertificate::isSelfSigned() const {
    return body_.authorityReference == body_.holderReference;
}

bool CvCertificate::isLink() const {
    return body_.authorization.role() == CertificateHolderRole::Cvca && !isSelfSigned();
}

bool CvCertificate::isValidOn(Date day) const {
    return body_.effectiveDate <= day && day <= body_.expirationDate;
}

// C.1.8: over the body with tag and length.
bool CvCertificate::isSignedBy(const CvPublicKey& authority,
                               const std::optional<EllipticCurve>& curve) const {
    try {
        const EvpKey key = authority.toEvpKey(curve);
        return verify(authority.scheme(), *key, BytesView(encoded_).subspan(headerSize_, bodySize_),
                      signature_);
    } catch (const MalformedData&) {
        return false;
    }
}

} // namespace cancuoc::trust
